"""Three hundred invented words that stand nowhere else, where they are put, and how they are found again. Invented people only."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from storage import AttachFile, KdfCost, SaveRecord, SetSetting, Vault
from tests.attacks.acts import record_id
from ui.gallery import content

COUNT = 300
TYPED = range(250, 300)
"""Those that a person types into the window; the others lie in the notebook before."""
PASSPHRASE = "ҳафт сухани тасодуфӣ дар ёд мемонанд"
PREFIX = "Щъыюканар"
_LETTERS = "абвгдежзиклмнопрстуфхцчшэюя"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1251")


def word(number: int) -> str:
    """The n-th canary: Russian letters, so that it can be written in cp1251 too."""
    digest = hashlib.sha256(f"canary {number}".encode()).digest()
    return PREFIX + "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:8])


WORDS = tuple(word(number) for number in range(COUNT))
_FORMS = {code: (PREFIX.encode(code), {one.encode(code): one for one in WORDS}) for code in ENCODINGS}


def found_in(data: bytes) -> dict[str, int]:
    """How often each canary stands in some bytes, in any encoding; the prefix alone counts too."""
    found: dict[str, int] = {}
    for prefix, words in _FORMS.values():
        at = data.find(prefix)
        while at >= 0:
            length = len(next(iter(words)))
            name = words.get(data[at : at + length], PREFIX)
            found[name] = found.get(name, 0) + 1
            at = data.find(prefix, at + 1)
    return found


def make_notebook(folder: Path) -> None:
    """A notebook of invented people with canaries in names, texts, places, file names, files, drafts and settings."""
    with Vault.create(
        folder, bytearray(PASSPHRASE.encode()), label=word(0), cost=KdfCost(8192, 1, 1)
    ) as vault:
        content.fill(vault)
        for number in range(1, 60):
            vault.write(SaveRecord("person", _person(number), record_id(7000 + number)))
        text = " ".join(word(number) for number in range(120, 240))
        interview = vault.get(content.INTERVIEW) or {}
        narratives = [{**one, "text": f"{one['text']}\n\n{text}"} for one in interview["narratives"]]
        vault.write(SaveRecord("interview", {**interview, "narratives": narratives}, content.INTERVIEW))
        vault.write(SaveRecord("evidence", {"title": f"{word(240)} {word(241)}"}, record_id(7900)))
        vault.write(AttachFile(record_id(7900), (word(242) * 500).encode(), f"{word(243)}.txt"))
        vault.write(SetSetting("seen", word(244)))


def _person(number: int) -> dict[str, Any]:
    given, family = word(number), word(60 + number)
    return {
        "names": [
            {"full": f"{given} {family}", "given": given, "family": family, "language": "ru", "kind": "legal"}
        ]
    }
