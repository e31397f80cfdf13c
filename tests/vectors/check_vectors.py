"""Checks every frozen vector of the vault formats from docs/formats/vault.md alone: nothing of Daftar is used. Writes nothing.

    python tests/vectors/check_vectors.py [FOLDER]

Prints how many of each kind were right; stops at the first that is wrong.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.cobblestone import Cobblestone256Decryptor
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, mldsa
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from shamir_mnemonic import combine_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "vault.md"
V = dict[str, Any]
raw = bytes.fromhex


def hkdf(key: bytes, salt: bytes, info: bytes, length: int = 32) -> bytes:
    return HKDF(hashes.SHA512(), length, salt, info).derive(key)


def argon(text: bytes, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    cost = {"iterations": passes, "lanes": lanes, "memory_cost": memory}
    return Argon2id(salt=salt, length=32, ad=b"daftar/v1", **cost).derive(text)


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def marks(name: str) -> set[str]:
    (line,) = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"   | {name} |")]
    spans = [token.partition("…") for token in line.split("|")[2].split()]
    return {chr(at) for one, _, two in spans for at in range(int(one[2:], 16), int((two or one)[2:], 16) + 1)}


def normal(typed: str) -> bytes:
    text = unicodedata.normalize("NFKC", typed)
    for accent in "\u0301\u0313\u0314":
        for space in marks("spaces"):
            text = text.replace(space + accent, "'")
    for name, sign in (("apostrophes", "'"), ("dashes", "-"), ("deleted", ""), ("spaces", " ")):
        text = text.translate({ord(char): sign for char in marks(name)})
    return " ".join(part for part in text.split(" ") if part).encode("utf-8")


def code_of(typed: str) -> bytes | None:
    digits = [unicodedata.decimal(char, None) for char in typed]
    others = [char for char, digit in zip(typed, digits, strict=True) if digit is None]
    if any(unicodedata.category(char)[0] in "LNS" and char != "|" for char in others):
        return None
    kept = [digit for digit in digits if digit is not None]
    groups = [int("".join(map(str, kept[at : at + 5]))) for at in range(0, len(kept), 5)]
    if len(kept) != 55 or max(groups) > 65535:
        return None
    code = struct.pack(">10H", *groups[:10])
    return code if int.from_bytes(sha(code)[:2], "big") == groups[10] else None


def unwrap(slot: bytes, kek: bytes, vault_id: bytes, index: int) -> bytes | None:
    keys = hkdf(kek, slot[:32], b"daftar/v1/slot" + vault_id + bytes([index]), 64)
    return (
        ChaCha20Poly1305(keys[:32]).decrypt(bytes(12), slot[64:], vault_id)
        if keys[32:] == slot[32:64]
        else None
    )


def check_pass(vector: V) -> None:
    assert normal(vector["typed"]).hex() == vector["normal_utf8_hex"]


def check_kdf(vector: V) -> None:
    cost = vector["memory_kib"], vector["iterations"], vector["lanes"]
    assert argon(normal(vector["typed"]), raw(vector["salt_hex"]), *cost).hex() == vector["kek_hex"]


def check_slot(vector: V) -> None:
    plain = unwrap(
        raw(vector["slot_hex"]), raw(vector["kek_hex"]), raw(vector["vault_id_hex"]), vector["index"]
    )
    assert plain is not None and len(plain) == 304 and plain[66:] == bytes(238)
    assert (plain[0], plain[65]) == (vector["kind"], vector["container"])
    assert (plain[1:33].hex(), plain[33:65].hex()) == (vector["master_key_hex"], vector["header_key_hex"])


def check_header(vector: V) -> None:
    data = raw(vector["header_hex"])
    fields = struct.unpack_from(">8sHHQ16sBBHII32s", data)
    magic, major, minor, generation, vault_id, kdf, lanes, zero, memory, passes, salt = fields
    assert (len(data), magic, major, minor, kdf, zero) == (4096, b"DAFTAR\0\1", 1, 0, 1, 0)
    assert sha(data[:4064]) == data[4064:] and generation == vector["generation"]
    kek = argon(normal(vector["passphrase"]), salt, memory, passes, lanes)
    opened = [unwrap(data[80 + 384 * at :][:384], kek, vault_id, at) for at in range(8)]
    ((slot, plain),) = [(at, plain) for at, plain in enumerate(opened) if plain is not None]
    assert (slot, plain[65]) == (vector["slot"], vector["container"])
    assert hmac.digest(plain[33:65], data[:4032], "sha256") == data[4032:4064]
    sealed = data[3152 + 144 * plain[65] :][:144]
    key = hkdf(plain[1:33], sealed[:32], b"daftar/v1/state")
    state = ChaCha20Poly1305(key).decrypt(bytes(12), sealed[32:], vault_id + plain[65:66])
    assert (state[:32].hex(), state[32]) == (vector["vault_key_hex"], vector["container_generation"])
    log = int.from_bytes(state[33:41], "big"), state[41:73].hex()
    assert log == (vector["log_size"], vector["log_head_hex"])
    for purpose, expected in vector["sub_keys_hex"].items():
        assert (
            hkdf(state[:32], vault_id, b"daftar/v1/" + purpose.encode(), len(raw(expected))).hex() == expected
        )


def padme(length: int) -> int:
    exponent = length.bit_length() - 1
    rest = (1 << (exponent - exponent.bit_length())) - 1
    return (length + rest) & ~rest


def check_blob(vector: V) -> None:
    data = (FOLDER / vector["file"]).read_bytes()
    key, vault_id, blob_id = (raw(vector[f"{name}_hex"]) for name in ("blob_key", "vault_id", "blob_id"))
    assert (len(data), sha(data).hex(), data[0]) == (vector["file_size"], vector["file_sha256"], 1)
    assert hmac.digest(key, blob_id, "sha256").hex() == vector["file_name"]
    info = b"daftar/v1/blob" + blob_id
    stream = Cobblestone256Decryptor(hkdf(key, vault_id, info), info)
    plain = stream.update(data[1:]) + stream.finalize()
    length, size = int.from_bytes(plain[-4:], "big"), vector["content_size"]
    trailer = json.loads(plain[-4 - length : -4])
    assert not any(plain[size : -4 - length]) and len(plain) == max(65536, padme(size + length + 4))
    assert sha(plain[:size]).hex() == vector["content_sha256"] == trailer["sha256"]
    assert (trailer["name"], trailer["size"]) == (vector["name"], size)


def check_log(log: V) -> None:
    head = bytes(32)
    for number, entry in enumerate(log["events"], 1):
        head = sha(b"daftar/v1/log", struct.pack(">Q", number), head, sha(entry["event"].encode()))
        assert head.hex() == entry["head_hex"]
        ids = [raw(one) for one in entry["revision_ids_hex"]]
        assert not ids or sha(b"daftar/v1/log-revisions", *ids).hex() == json.loads(entry["event"])["root"]
    text = f"daftar/v1/{log['author']}\n{len(log['events'])}\n{head.hex()}\n"
    assert log["checkpoint"] == text
    keys, signed = log["public_keys"], b"daftar/v1/checkpoint\0" + text.encode()
    both = raw(log["signatures_hex"])
    ed25519.Ed25519PublicKey.from_public_bytes(raw(keys["ed25519_hex"])).verify(both[:64], signed)
    mldsa.MLDSA65PublicKey.from_public_bytes(raw(keys["mldsa_hex"])).verify(both[64:], signed)


def check_recovery(vector: V) -> None:
    assert code_of(vector["digits"]) == raw(vector["code"])
    assert hkdf(raw(vector["code"]), raw(vector["salt"]), b"daftar/v1/kek-recovery").hex() == vector["kek"]


def check_typed(vector: V) -> None:
    assert code_of(vector["typed"]) == (raw(vector["code_hex"]) if "code_hex" in vector else None)


def check_shares(vector: V) -> None:
    words = [share["words"] for share in vector["shares"]]
    for share in vector["shares"]:
        assert " ".join(WORDLIST[int(number) - 1] for number in share["numbers"].split()) == share["words"]
    for one, two in ((0, 1), (0, 2), (1, 2)):
        assert combine_mnemonics([words[one], words[two]]).hex() == vector["code_hex"]


def check_padme(pair: list[int]) -> None:
    assert padme(pair[0]) == pair[1]


FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "vault"
CHECKS: dict[str, Callable[[Any], None]] = {
    "pass-1": check_pass, "kdf": check_kdf, "slot": check_slot, "header": check_header, "blob": check_blob, "log": check_log,
    "recovery": check_recovery, "recovery-typed": check_typed, "share": check_shares, "padme": check_padme,
}  # fmt: skip


def main() -> None:
    for name, check in CHECKS.items():
        found = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        vectors = [found] if name == "log" else found
        for vector in vectors:
            check(vector)
        print(name, len(found["events"]) if name == "log" else len(vectors))


if __name__ == "__main__":
    main()
