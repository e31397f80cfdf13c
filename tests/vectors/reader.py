"""A second reader of a notebook, written from docs/formats/vault.md and docs/formats/revision.md alone. Writes nothing.

    python -m tests.vectors.reader FOLDER --passphrase WORDS [--key-file FILE] [--rolling 1] [--rescue INTO]
    python -m tests.vectors.reader FOLDER --digits "12345 …"  |  --shares FILE

It uses the standard library, `cryptography` and `sqlcipher3`; for shares `shamir-mnemonic`. Nothing of Daftar.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import struct
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.cobblestone import Cobblestone256Decryptor
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlcipher3 import dbapi2

from tests.vectors.reading_revisions import apply, canonical, plain

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "vault.md"
Doc = dict[str, Any]


def hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA512(), length, salt, info).derive(key)


def aead(key: bytes, sealed: bytes, associated: bytes) -> bytes:
    return ChaCha20Poly1305(key).decrypt(bytes(12), sealed, associated)


# --- what a person offers ------------------------------------------------------------------------------------------------


def table(name: str) -> set[str]:
    """The code points of a row of the page's table of marks: `U+0027`, or `U+200B…U+200F`."""
    (line,) = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"   | {name} |")]
    found: set[str] = set()
    for token in line.split("|")[2].split():
        first, _, last = token.partition("…")
        found |= set(map(chr, range(int(first[2:], 16), int((last or first)[2:], 16) + 1)))
    return found


def normal(typed: str) -> bytes:
    """`pass-1`."""
    text = unicodedata.normalize("NFKC", typed)
    for accent in "\u0301\u0313\u0314":
        for space in table("spaces"):
            text = text.replace(space + accent, "'")
    for marks, sign in (("apostrophes", "'"), ("dashes", "-"), ("deleted", ""), ("spaces", " ")):
        text = text.translate({ord(char): sign for char in table(marks)})
    return " ".join(part for part in text.split(" ") if part).encode("utf-8")


def code_of_digits(text: str) -> bytes:
    digits = "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())
    groups = [int(digits[at : at + 5]) for at in range(0, 55, 5)]
    code = struct.pack(">10H", *groups[:10])
    assert len(digits) == 55 and groups[10] == int.from_bytes(hashlib.sha256(code).digest()[:2], "big")
    return code


def code_of_shares(shares: list[str]) -> bytes:
    """Shares as words or as numbers 0001 to 1024, one text each."""
    from shamir_mnemonic import combine_mnemonics
    from shamir_mnemonic.wordlist import WORDLIST

    spoken = [
        " ".join(WORDLIST[int(word) - 1] if word.isdecimal() else word for word in share.split())
        for share in shares
    ]
    return bytes(combine_mnemonics(spoken))


class Notebook:
    """A vault, opened. `size` and `head` are the sealed state of the log."""

    def __init__(
        self,
        folder: Path,
        *,
        passphrase: str | None = None,
        key_file: bytes | None = None,
        code: bytes | None = None,
    ) -> None:
        self.folder, self.offer = folder, (passphrase, key_file, code)
        self.kind = -1
        for data in self._copies():
            if self._open(data):
                break
        else:
            raise PermissionError("nothing opens")
        self.place = folder / f"{self.container}{chr(ord('a') + self.generation % 26)}"

    def _copies(self) -> list[bytes]:
        copies = [(self.folder / name).read_bytes() for name in ("A.hdr", "B.hdr")]
        whole = [
            data
            for data in copies
            if len(data) == 4096 and hashlib.sha256(data[:4064]).digest() == data[4064:]
        ]
        return sorted(whole, key=lambda data: -struct.unpack(">Q", data[12:20])[0])

    def _keks(self, data: bytes) -> list[bytes]:
        passphrase, key_file, code = self.offer
        lanes, (memory, iterations), salt = data[37], struct.unpack(">II", data[40:48]), data[48:80]
        if not (8 * 1024 <= memory <= 2 * 1024 * 1024 and iterations <= 16 and lanes <= 8):
            raise ValueError("cost")
        if code is not None:
            return [hkdf(code, salt, b"daftar/v1/kek-recovery", 32)]
        plain = Argon2id(
            salt=salt, length=32, iterations=iterations, lanes=lanes, memory_cost=memory, ad=b"daftar/v1"
        ).derive(normal(passphrase or ""))
        if key_file is None:
            return [plain]
        return [plain, hkdf(plain + hashlib.sha256(key_file).digest(), salt, b"daftar/v1/kek+file", 32)]

    def _open(self, data: bytes) -> bool:
        if data[:8] != b"DAFTAR\0\1" or struct.unpack(">H", data[8:10]) != (1,) or data[36] != 1:
            raise ValueError("version")
        self.vault_id = data[20:36]
        for kek in self._keks(data):
            for index in range(8):
                slot = data[80 + 384 * index :][:384]
                keys = hkdf(kek, slot[:32], b"daftar/v1/slot" + self.vault_id + bytes([index]), 64)
                if keys[32:] == slot[32:64]:
                    return self._believe(data, aead(keys[:32], slot[64:], self.vault_id))
        return False

    def _believe(self, data: bytes, plain: bytes) -> bool:
        assert len(plain) == 304 and plain[68:] == bytes(236)
        self.kind, master, header_key, self.container = plain[0], plain[1:33], plain[33:65], plain[65]
        if hmac.digest(header_key, data[:4032], "sha256") != data[4032:4064]:
            return False
        sealed = data[3152 + 144 * self.container :][:144]
        key = hkdf(master, sealed[:32], b"daftar/v1/state", 32)
        state = aead(key, sealed[32:], self.vault_id + bytes([self.container]))
        self.vault_key, self.generation = state[:32], state[32]
        (self.size,), self.head = struct.unpack(">Q", state[33:41]), state[41:73]
        assert state[73:] == bytes(23)
        return True

    def sub_key(self, purpose: str, length: int = 32) -> bytes:
        return hkdf(self.vault_key, self.vault_id, b"daftar/v1/" + purpose.encode(), length)

    # --- the database ----------------------------------------------------------------------------------------------------

    def connect(self, rolling: int | None = None) -> Any:
        """The database, or a rolling backup; read only."""
        purpose = "db" if rolling is None else "backup"
        path = self.place / ("db" if rolling is None else f"backup/{rolling}")
        key, salt = self.sub_key(purpose), self.sub_key(f"{purpose}-salt", 16)
        database = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
        database.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
        return database

    def check_log(self, database: Any, sealed: bool = True) -> int:
        """The chain from its beginning, the sealed state in it, revisions under it, checkpoints; gives its length."""
        events: dict[int, Doc] = {}
        head, heads = bytes(32), {0: bytes(32)}
        for n, event, stored in database.execute("SELECT n, event, head FROM log ORDER BY n"):
            assert n == len(events) + 1
            link = b"daftar/v1/log" + struct.pack(">Q", n) + head + hashlib.sha256(event).digest()
            head = heads[n] = hashlib.sha256(link).digest()
            assert head == stored
            events[n] = json.loads(event)
            assert canonical(events[n]) == event and events[n]["v"] == 1 and "kind" in events[n]
        if sealed:
            assert heads[self.size] == self.head
        keys = {
            author: (ed25519, mldsa)
            for author, ed25519, mldsa in database.execute("SELECT author, ed25519, mldsa FROM authors")
        }
        for author, (ed25519, mldsa) in keys.items():
            assert author == hashlib.sha256(ed25519 + mldsa).hexdigest()
        self._check_checkpoints(database, heads, keys)
        self._check_revisions(database, events, keys)
        return len(events)

    def _check_checkpoints(self, database: Any, heads: dict[int, bytes], keys: dict[str, Any]) -> None:
        for n, body, both in database.execute("SELECT n, body, signatures FROM checkpoints"):
            name, size, head = body.decode("ascii").removesuffix("\n").split("\n")
            assert int(size) == n and bytes.fromhex(head) == heads[n]
            ed25519, mldsa = keys[name.removeprefix("daftar/v1/")]
            text = b"daftar/v1/checkpoint\0" + body
            assert len(both) == 64 + 3309
            Ed25519PublicKey.from_public_bytes(ed25519).verify(both[:64], text)
            MLDSA65PublicKey.from_public_bytes(mldsa).verify(both[64:], text)

    def _check_revisions(self, database: Any, events: dict[int, Doc], keys: dict[str, Any]) -> None:
        listed: dict[int, list[bytes]] = {}
        rows = "SELECT id, author, logged, parents, signature, body FROM revisions ORDER BY n"
        for identity, author, logged, parents, signature, body in database.execute(rows):
            listed.setdefault(logged, []).append(identity)
            signer = Ed25519PublicKey.from_public_bytes(keys[author][0])
            signer.verify(signature, b"daftar/v1/rev-sig\0" + identity)
            if body is None:
                continue
            assert hashlib.sha256(b"daftar/v1/rev\0" + body).digest() == identity
            told = json.loads(body)
            assert canonical(told) == body and told["author"] == author
            assert "".join(told["parents"]) == parents.hex()
        for n, ids in listed.items():
            assert events[n]["revisions"] == len(ids)
            assert events[n]["root"] == hashlib.sha256(b"daftar/v1/log-revisions" + b"".join(ids)).hexdigest()
        assert {n for n, event in events.items() if "root" in event} == set(listed)

    def records(self, database: Any) -> dict[str, Doc | None]:
        """Every record as its revisions say; None for one that was removed."""
        found: dict[str, Doc | None] = {}
        for (body,) in database.execute("SELECT body FROM revisions WHERE body IS NOT NULL ORDER BY lamport"):
            told = json.loads(body)
            record = found.setdefault(told["record"], {"id": told["record"]})
            for op in told["ops"]:
                if op["op"] == "remove" and op["path"] == "" and "id" not in op:
                    record = found[told["record"]] = None
                if record is not None:
                    apply(record, op)
        return {name: plain(record) if record is not None else None for name, record in found.items()}

    # --- blobs -----------------------------------------------------------------------------------------------------------

    def blob(self, path: Path) -> tuple[Doc, bytes]:
        """What a file under blobs/ holds, without the database: its trailer and its original bytes."""
        data, name, name_key = path.read_bytes(), bytes.fromhex(path.name), self.sub_key("blob-name")
        if data[0] != 2:
            raise ValueError("a file of the first format does not tell its id")
        mask = hmac.digest(name_key, b"daftar/v1/blob-id" + name, "sha256")[:16]
        blob_id = bytes(left ^ right for left, right in zip(data[1:17], mask, strict=True))
        assert hmac.digest(name_key, blob_id, "sha256") == name
        return self._decrypt(blob_id, data[17:])

    def blob_of(self, blob_id: bytes) -> tuple[Doc, bytes]:
        """What the blob of an id holds, in either format."""
        name = hmac.digest(self.sub_key("blob-name"), blob_id, "sha256").hex()
        data = (self.place / "blobs" / name[:2] / name).read_bytes()
        assert data[0] in (1, 2)
        return self._decrypt(blob_id, data[1 if data[0] == 1 else 17 :])

    def _decrypt(self, blob_id: bytes, stream: bytes) -> tuple[Doc, bytes]:
        info = b"daftar/v1/blob" + blob_id
        opener = Cobblestone256Decryptor(hkdf(self.sub_key("blob"), self.vault_id, info, 32), info)
        text = opener.update(stream) + opener.finalize()
        (length,) = struct.unpack(">I", text[-4:])
        trailer = json.loads(text[-4 - length : -4])
        content = text[: trailer["size"]]
        assert len(text) == max(65536, padme(trailer["size"] + length + 4))
        assert not any(text[trailer["size"] : -4 - length])
        assert hashlib.sha256(content).hexdigest() == trailer["sha256"]
        return trailer, content

    def rescue(self) -> Iterator[tuple[Doc, bytes]]:
        """Every attached file that lies in the container, without the database."""
        for path in sorted((self.place / "blobs").glob("??/*")):
            assert path.parent.name == path.name[:2]
            yield self.blob(path)

    # --- recordings not taken in yet ---------------------------------------------------------------------------------------

    def recordings(self) -> dict[bytes, bytes]:
        """The sound of each recording in `incoming/`, by its id, as far as it is whole."""
        found: dict[bytes, bytes] = {}
        for path in (self.place / "incoming").iterdir():
            kind, recording, number = struct.unpack(">B16sI", path.read_bytes()[:21].ljust(21, b"\0"))
            named = hashlib.sha256(b"daftar/v1/recording" + recording + struct.pack(">I", number)).hexdigest()
            if path.name == named and kind == 2 and number == 0:
                found[recording] = self._sound(recording)
        return found

    def _sound(self, recording: bytes) -> bytes:
        root = self.sub_key("recording")
        key = hkdf(root, self.vault_id, b"daftar/v1/recording" + recording, 32)
        sound, previous = b"", ""
        for number in range(4096):
            name = hashlib.sha256(b"daftar/v1/recording" + recording + struct.pack(">I", number)).hexdigest()
            path = self.place / "incoming" / name
            if not path.is_file():
                break
            kinds, facts, heard = segment(path.read_bytes(), key, recording, number)
            assert facts["segment"] == number and facts["previous"] == previous and kinds[0] == 0
            sound, previous = sound + heard, hashlib.sha256(path.read_bytes()).hexdigest()
            key = hkdf(key, recording, b"daftar/v1/recording/next", 32)
        return sound

    @property
    def closing_code(self) -> str:
        digits = f"{int.from_bytes(self.head[:8], 'big') % 10**10:010d}"
        return f"{digits[:5]} {digits[5:]}"


def segment(data: bytes, key: bytes, recording: bytes, number: int) -> tuple[list[int], Doc, bytes]:
    """Kinds of the whole records of a segment, its facts, its sound."""
    kinds: list[int] = []
    facts: Doc = {}
    at, sound = 21, b""
    while at + 4 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        place = struct.pack(">II", number, len(kinds))
        info = b"daftar/v1/recording/record" + recording + place
        opener = Cobblestone256Decryptor(hkdf(key, recording, info, 32), info)
        if at + 4 + length > len(data):
            break  # torn: it was being written
        text = opener.update(data[at + 4 : at + 4 + length]) + opener.finalize()
        kind, _samples, size = struct.unpack(">BQI", text[:13])
        assert len(text) % 1024 == 0 and not any(text[13 + size :])
        kinds.append(kind)
        if kind == 0:
            facts = json.loads(text[13 : 13 + size])
        elif kind in (1, 3):
            sound += text[13 : 13 + size]
        at += 4 + length
    return kinds, facts, sound


def padme(length: int) -> int:
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return (length + step - 1) // step * step


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passphrase")
    parser.add_argument("--key-file", type=Path)
    parser.add_argument("--digits")
    parser.add_argument("--shares", type=Path, help="a file, one share a line")
    parser.add_argument("--rolling", type=int)
    parser.add_argument("--rescue", type=Path, help="a folder for the attached files")
    asked = parser.parse_args(arguments)
    code = code_of_digits(asked.digits) if asked.digits else None
    if asked.shares is not None:
        code = code_of_shares(asked.shares.read_text("utf-8").splitlines())
    key_file = asked.key_file.read_bytes() if asked.key_file is not None else None
    notebook = Notebook(asked.folder, passphrase=asked.passphrase, key_file=key_file, code=code)
    if asked.rescue is not None:
        for number, (trailer, content) in enumerate(notebook.rescue(), 1):
            (asked.rescue / f"{number:04d}").write_bytes(content)
            sys.stdout.write(f"{number:04d} {json.dumps(trailer, ensure_ascii=False)}\n")
        return 0
    database = notebook.connect(asked.rolling)
    length = notebook.check_log(database, sealed=asked.rolling is None)
    sys.stdout.write(f"{notebook.place.name} log {length} closing code {notebook.closing_code}\n")
    for name, record in notebook.records(database).items():
        sys.stdout.write(f"{name} {json.dumps(record, ensure_ascii=False)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
