"""Make the frozen vectors of what is typed from a recovery kit. Run once, by hand; never by the tests.

    python tests/vectors/make_kit_vectors.py tests/vectors/vault

`recovery-typed.json`: codes as people type them; without `code_hex` what must be refused. `share.json`: sets of shares and their code.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from storage import code_digits, split_code

SCRIPTS = {
    "arabic-indic": 0x0660,
    "extended arabic-indic": 0x06F0,
    "devanagari": 0x0966,
    "bengali": 0x09E6,
    "tibetan": 0x0F20,
    "khmer": 0x17E0,
    "full-width": 0xFF10,
    "mathematical bold": 0x1D7CE,
}


def code_of(name: str) -> bytearray:
    return bytearray(hashlib.sha256(name.encode()).digest()[:20])


def typed() -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []

    def add(name: str, code: bytearray, text: str) -> None:
        out.append({"name": name, "typed": text, "code_hex": bytes(code).hex()})

    for name, zero in SCRIPTS.items():
        code = code_of(name)
        add(name, code, " ".join(code_digits(code)).translate({0x30 + n: chr(zero + n) for n in range(10)}))
    code = code_of("separators")
    groups = code_digits(code)
    for name, sign in (
        ("dashes", "-"),
        ("en dashes", "–"),
        ("dots", "."),
        ("no spaces", ""),
        ("lines", "\n"),
    ):
        add(name, code, sign.join(groups))
    add("one by one", code, " ".join("".join(groups)))
    add("marks of direction", code, "\u200f".join(groups) + "\u200e")
    add("byte order mark and tabs", code, "\ufeff" + "\t".join(groups) + "\n")
    return out


def refused() -> list[dict[str, str]]:
    groups = code_digits(code_of("refused"))
    changed = f"{(int(groups[3]) + 1) % 65536:05d}"
    texts = {
        "one group is missing": " ".join(groups[:10]),
        "one group too many": " ".join([*groups, groups[0]]),
        "a digit is missing": " ".join(groups)[:-1],
        "a group above 65535": " ".join([*groups[:2], "65536", *groups[3:]]),
        "another digit": " ".join([*groups[:3], changed, *groups[4:]]),
        "two groups exchanged": " ".join([groups[1], groups[0], *groups[2:]]),
        "another check group": " ".join([*groups[:10], f"{(int(groups[10]) + 1) % 65536:05d}"]),
        "a letter": " ".join(groups).replace(groups[0][0], "O", 1),
        "superscript digits": " ".join(groups).replace("2", "²"),
        "roman numerals": " ".join(groups) + " Ⅷ",
        "a sign": " ".join(groups).replace(" ", "+", 1),
        "nothing": "",
    }
    return [{"name": name, "typed": text} for name, text in texts.items()]


def shares() -> list[dict[str, Any]]:
    out = []
    for number in range(10):
        code = code_of(f"shares {number}")
        made = [{"words": " ".join(one.words), "numbers": " ".join(one.numbers)} for one in split_code(code)]
        out.append({"code_hex": bytes(code).hex(), "shares": made})
    return out


def main(folder: Path) -> None:
    everything = {"recovery-typed": [*typed(), *refused()], "share": shares()}
    for name, value in everything.items():
        (folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
