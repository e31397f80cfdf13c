"""Make the frozen vectors of the vault formats. Run once per format, by hand; never by the tests.

    python tests/vectors/make_vault_vectors.py tests/vectors/vault

The files it wrote are frozen: a change in them is a change of the format and needs a new major version.
Random bytes come from SHA-256 in counter mode so that a second run writes the same files.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from storage.audit import canonical, checkpoint_body, next_head, revisions_root
from storage.crypto import (
    KdfCost,
    Seeds,
    Signer,
    SlotContent,
    State,
    blob_file_name,
    derive_kek,
    encrypt_blob,
    normalise_passphrase,
    padme,
    seal_state,
    sub_key,
    wrap_slot,
)
from storage.history import Revision, revision_id
from storage.keys.header import Header

COST = KdfCost(8192, 1, 1)
TYPED = {
    "plain ascii": "lamp river stone cloud",
    "uzbek turned comma U+02BB": "oʻzbek yoʻl",
    "uzbek modifier apostrophe U+02BC": "oʼzbek yoʼl",
    "uzbek ascii apostrophe": "o'zbek yo'l",
    "uzbek grave accent": "o`zbek yo`l",
    "uzbek left quote U+2018": "o‘zbek yo‘l",
    "uzbek right quote U+2019": "o’zbek yo’l",
    "uzbek acute accent U+00B4": "o´zbek yo´l",
    "greek tonos U+0384": "o\u0384zbek yo\u0384l",
    "prime U+2032": "o′zbek yo′l",
    "modifier prime U+02B9": "oʹzbek yoʹl",
    "reversed quote U+201B": "o‛zbek yo‛l",
    "armenian apostrophe U+055A": "o\u055azbek",
    "saltillo U+A78C": "oꞌzbek",
    "fullwidth apostrophe": "o\uff07zbek",
    "fullwidth grave": "o\uff40zbek",
    "half ring U+02BE": "o\u02bezbek",
    "two words typed with acute between spaces": "o ´ z",
    "hyphen": "kun-tun",
    "hyphen U+2010": "kun‐tun",
    "non-breaking hyphen U+2011": "kun‑tun",
    "figure dash U+2012": "kun‒tun",
    "en dash": "kun–tun",
    "em dash": "kun—tun",
    "horizontal bar U+2015": "kun―tun",
    "minus sign": "kun−tun",
    "superscript minus": "kun⁻tun",
    "small hyphen U+FE63": "kun﹣tun",
    "soft hyphen is deleted": "kun\u00adtun",
    "zero width space": "дом\u200bрека",
    "zero width joiner": "дом\u200dрека",
    "byte order mark": "\ufeffдом река",
    "bidi marks": "\u202bдом\u202c \u200fрека\u2066",
    "variation selector": "камень\ufe0f",
    "no-break space": "дом\u00a0река",
    "ideographic space": "дом\u3000река",
    "tab and newline": "дом\t\nрека",
    "many spaces": "  дом    река  ",
    "line separator": "дом\u2028река",
    "decomposed й": "й ё",
    "precomposed й": "й ё",
    "decomposed azerbaijani": "şo\u0308z",
    "precomposed azerbaijani": "şöz",
    "dotted capital I": "İzmir",
    "dotless i": "ısı",
    "latin a": "a",
    "cyrillic а": "а",
    "capital letters stay": "Дом РЕКА",
    "ligature": "oﬃce",
    "fullwidth digits": "１２３",
    "tajik letters": "қалъа ҳаво ҷомӣ ӯғур",
    "hangul jamo compose": "\u1112\u1161\u11ab",
    "emoji": "🌊🌳",
    "combining marks reordered": "a\u0301\u0323",
}


class Stream:
    """Known bytes that look random."""

    def __init__(self, seed: str) -> None:
        self.seed, self.count = seed, 0

    def __call__(self, count: int) -> bytes:
        out = b""
        while len(out) < count:
            out += hashlib.sha256(f"{self.seed}/{self.count}".encode()).digest()
            self.count += 1
        return out[:count]


def pass_1() -> list[dict[str, str]]:
    def case(name: str, typed: str) -> dict[str, str]:
        normal = normalise_passphrase(bytearray(typed.encode("utf-8")))
        return {"name": name, "typed": typed, "normal_utf8_hex": bytes(normal).hex()}

    return [case(name, typed) for name, typed in TYPED.items()]


def kdf() -> list[dict[str, Any]]:
    out = []
    for typed, cost in (
        ("yetti soʻz", COST),
        ("семь слов", KdfCost(8192, 2, 2)),
        ("hafte suxan", KdfCost(16384, 1, 4)),
    ):
        salt = bytes(range(32))
        kek = derive_kek(bytearray(typed.encode()), salt, cost)
        out.append(
            {
                "typed": typed,
                "salt_hex": salt.hex(),
                "memory_kib": cost.memory_kib,
                "iterations": cost.iterations,
                "lanes": cost.lanes,
                "kek_hex": bytes(kek).hex(),
            }
        )
    return out


def slots() -> list[dict[str, Any]]:
    out = []
    for index in range(8):
        random = Stream(f"slot {index}")
        kek, vault_id = random(32), random(16)
        content = SlotContent(1, bytearray(random(32)), bytearray(random(32)), index % 2, 0)
        fields = {"master_key_hex": content.master_key.hex(), "header_key_hex": content.header_key.hex()}
        slot = wrap_slot(content, bytearray(kek), vault_id, index, random)
        out.append(
            {
                "index": index,
                "kek_hex": kek.hex(),
                "vault_id_hex": vault_id.hex(),
                "kind": 1,
                "container": index % 2,
            }
            | fields
            | {"slot_hex": slot.hex()}
        )
    return out


def headers() -> list[dict[str, Any]]:
    out = []
    for number in range(10):
        random = Stream(f"header {number}")
        passphrase = f"frozen header {number}"
        vault_id, salt, header_key, master = random(16), random(32), random(32), random(32)
        container, index = number % 2, number % 8
        kek = derive_kek(bytearray(passphrase.encode()), salt, COST)
        content = SlotContent(1, bytearray(master), bytearray(header_key), container, 0)
        slots = [random(384) for _ in range(8)]
        slots[index] = wrap_slot(content, kek, vault_id, index, random)
        state = State(bytearray(random(32)), number % 3, 100 + number, random(32))
        states = [random(144), random(144)]
        states[container] = seal_state(state, bytearray(master), vault_id, container, random)
        header = Header(number + 1, vault_id, COST, salt, tuple(slots), tuple(states), random(592))
        purposes = {"db": 32, "db-salt": 16, "blob": 32, "blob-name": 32, "log-mac": 32}
        keys = {name: sub_key(state.vault_key, vault_id, name, size).hex() for name, size in purposes.items()}
        out.append(
            {
                "passphrase": passphrase,
                "generation": number + 1,
                "slot": index,
                "container": container,
                "container_generation": state.generation,
                "vault_key_hex": state.vault_key.hex(),
                "log_size": state.log_size,
                "log_head_hex": state.log_head.hex(),
                "sub_keys_hex": keys,
                "header_hex": header.encode(bytearray(header_key)).hex(),
            }
        )
    return out


def blobs() -> list[dict[str, Any]]:
    out = []
    names = ["паспорт.jpg", "qaror.pdf", "note.txt", "ҳукм.pdf", "recording.opus"]
    for number, size in enumerate((0, 1, 100, 65_000, 65_535, 65_536, 70_001, 100_000, 131_072, 200_003)):
        random = Stream(f"blob {number}")
        blob_key, vault_id, blob_id = random(32), random(16), random(16)
        content = (hashlib.sha256(b"content %d" % number).digest() * (size // 32 + 1))[:size]
        name = names[number % 5]
        parts = list(
            encrypt_blob([content], bytearray(blob_key), vault_id, blob_id, name, "application/octet-stream")
        )
        data = b"".join(part for part, _ in parts)
        # The stream draws its own salt, so what is frozen is one file's beginning and the hash of its plaintext's parts.
        out.append(
            {
                "blob_key_hex": blob_key.hex(),
                "vault_id_hex": vault_id.hex(),
                "blob_id_hex": blob_id.hex(),
                "file_name": blob_file_name(bytearray(blob_key), blob_id),
                "name": name,
                "content_size": size,
                "content_sha256": hashlib.sha256(content).hexdigest(),
                "file_size": len(data),
                "file_sha256": hashlib.sha256(data).hexdigest(),
                "file": f"blob-{number}.bin",
                "data": data,
            }
        )
    return out


def log() -> dict[str, Any]:
    random, head, events = Stream("log"), bytes(32), []
    signer = Signer(Seeds.draw(random))
    for number in range(1, 6):
        ids = [random(32) for _ in range(number - 1)]
        event: dict[str, Any] = {"v": 1, "kind": ["new", "create", "revise", "import", "delete"][number - 1]}
        event["at"] = 1_760_000_000_000 + number
        if ids:
            event |= {"revisions": len(ids), "root": revisions_root(ids)}
        data = canonical(event)
        head = next_head(number, head, data)
        events.append(
            {"event": data.decode(), "revision_ids_hex": [one.hex() for one in ids], "head_hex": head.hex()}
        )
    body = checkpoint_body(signer.public.author, 5, head)
    keys = {"ed25519_hex": signer.public.ed25519.hex(), "mldsa_hex": signer.public.mldsa.hex()}
    return {
        "events": events,
        "author": signer.public.author,
        "public_keys": keys,
        "checkpoint": body.decode(),
        "signatures_hex": signer.sign_checkpoint(body).hex(),
    }


def revisions() -> dict[str, Any]:
    random = Stream("revision")
    signer = Signer(Seeds.draw(random))
    record, replica, parents, out = "5b2c8d1e-0000-4000-8000-000000000001", random(16).hex(), (), []
    steps: list[list[dict[str, Any]]] = [
        [
            {
                "op": "set",
                "path": "",
                "value": {"occupation": "омӯзгор", "names": [{"id": "n1", "full": "Салим"}]},
            }
        ],
        [
            {"op": "set", "path": "names/n1/full", "value": "Салимов Салим"},
            {"op": "clear", "path": "occupation"},
        ],
        [{"op": "remove", "path": ""}],
    ]
    for seq, ops in enumerate(steps, start=1):
        revision = Revision(
            record=record,
            type="person",
            author=signer.public.author,
            replica=replica,
            seq=seq,
            parents=parents,
            lamport=seq,
            claimed=1_760_000_000_000 + seq,
            nonce=random(16).hex(),
            ops=ops,
        )
        body = revision.encode()
        identity = revision_id(body)
        parents = (identity.hex(),)
        signature = signer.sign_revision(identity).hex()
        out.append({"body": body.decode(), "id_hex": identity.hex(), "signature_hex": signature})
    keys = {"ed25519_hex": signer.public.ed25519.hex(), "mldsa_hex": signer.public.mldsa.hex()}
    return {"author": signer.public.author, "public_keys": keys, "revisions": out}


def padmes() -> list[list[int]]:
    lengths = [
        2,
        3,
        9,
        100,
        1000,
        65535,
        65536,
        65537,
        66000,
        100_000,
        131_072,
        131_073,
        1_000_000,
        1_048_577,
    ]
    lengths += [5_242_880, 10_000_001, 123_456_789, 1_073_741_824, 1_073_741_825, 68_719_476_737]
    return [[length, padme(length)] for length in lengths]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = blobs()
    for blob in made:
        (folder / blob["file"]).write_bytes(blob.pop("data"))
    everything = {
        "pass-1": pass_1(),
        "kdf": kdf(),
        "slot": slots(),
        "header": headers(),
        "blob": made,
        "log": log(),
        "padme": padmes(),
        "revision": revisions(),
    }
    for name, value in everything.items():
        text = json.dumps(value, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
