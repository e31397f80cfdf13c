"""Wycheproof's edge cases for every primitive, through the very calls the product makes (security page 5.9).

The published vectors lie in the shared folder beside the checkout; where it is absent these tests are skipped and say so.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.crypto.derive import hkdf
from storage.crypto.sign import _checks

Vector = dict[str, Any]
Group = dict[str, Any]
ALLOWED_TO_REFUSE = ("acceptable",)


def vectors(shared: Path, name: str) -> Iterator[tuple[Group, Vector]]:
    data = json.loads((shared / "vectors" / "wycheproof" / f"{name}_test.json").read_text("utf-8"))
    count = 0
    for group in data["testGroups"]:
        for vector in group["tests"]:
            count += 1
            yield group, vector
    assert count == data["numberOfTests"]


def decide(shared: Path, name: str, accepts: Callable[[Group, Vector], bool | None]) -> Counter[str]:
    """Ask for every vector; None means that it does not apply to us. Counts the decisions, all of which must be right."""
    counts: Counter[str] = Counter()
    wrong = []
    for group, vector in vectors(shared, name):
        answer = accepts(group, vector)
        if answer is None:
            counts["not ours"] += 1
            continue
        counts[vector["result"]] += 1
        if vector["result"] not in ALLOWED_TO_REFUSE and answer != (vector["result"] == "valid"):
            wrong.append((vector["tcId"], vector.get("comment", "")))
    assert wrong == []
    assert counts["valid"], "a file without one valid vector proves nothing"
    return counts


def opens(cipher: type[AESGCM] | type[ChaCha20Poly1305], vector: Vector) -> bool:
    part = {name: bytes.fromhex(vector[name]) for name in ("key", "iv", "aad", "msg", "ct", "tag")}
    try:
        box = cipher(part["key"])
        plain = box.decrypt(part["iv"], part["ct"] + part["tag"], part["aad"])
    except (InvalidTag, ValueError):
        return False
    assert plain == part["msg"]
    assert box.encrypt(part["iv"], plain, part["aad"]) == part["ct"] + part["tag"]
    return True


def test_chacha20_poly1305_of_slots_and_sealed_states(shared: Path) -> None:
    counts = decide(shared, "chacha20_poly1305", lambda group, vector: opens(ChaCha20Poly1305, vector))
    assert counts.total() == 325


def test_aes_gcm_under_the_blobs(shared: Path) -> None:
    counts = decide(
        shared, "aes_gcm", lambda group, vector: opens(AESGCM, vector) if group["ivSize"] == 96 else None
    )
    assert counts["not ours"] < counts.total() // 2


@pytest.mark.parametrize("piece", [1, 4096, 1 << 20])
def test_cobblestone_of_blobs(shared: Path, piece: int) -> None:
    """In whatever pieces the file is read; what comes out before a refusal is a true beginning."""

    def accepts(group: Group, vector: Vector) -> bool:
        data = zlib.decompress(bytes.fromhex(vector["ct"]))
        step = max(piece, len(data) // 2000)
        out = b""
        try:
            stream = Cobblestone256Decryptor(bytes.fromhex(vector["key"]), bytes.fromhex(vector["ctx"]))
            for at in range(0, len(data), step):
                out += stream.update(data[at : at + step])
            out += stream.finalize()
        except (InvalidTag, ValueError):
            return False
        assert len(out) == vector["msgLength"] and hashlib.sha512(out).hexdigest() == vector["msgSha512"]
        return True

    assert decide(shared, "c2sp_chunked_encryption_aes_256_gcm", accepts).total() == 35


def test_hkdf_of_every_sub_key(shared: Path) -> None:
    def accepts(group: Group, vector: Vector) -> bool:
        try:
            out = hkdf(
                bytes.fromhex(vector["ikm"]),
                bytes.fromhex(vector["salt"]),
                bytes.fromhex(vector["info"]),
                vector["size"],
            )
        except ValueError:
            return False
        return bytes(out) == bytes.fromhex(vector["okm"])

    assert decide(shared, "hkdf_sha512", accepts).total() == 83


def test_hkdf_sha256_of_bundles(shared: Path) -> None:
    def accepts(group: Group, vector: Vector) -> bool:
        try:
            key = HKDF(
                hashes.SHA256(), vector["size"], bytes.fromhex(vector["salt"]), bytes.fromhex(vector["info"])
            )
            return key.derive(bytes.fromhex(vector["ikm"])) == bytes.fromhex(vector["okm"])
        except ValueError:
            return False

    assert decide(shared, "hkdf_sha256", accepts).total() == 86


def test_ed25519_of_revisions(shared: Path) -> None:
    def accepts(group: Group, vector: Vector) -> bool:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(group["publicKey"]["pk"]))
        return _checks(key, bytes.fromhex(vector["sig"]), bytes.fromhex(vector["msg"]))

    assert decide(shared, "ed25519", accepts).total() == 151


def test_mldsa_of_checkpoints(shared: Path) -> None:
    def accepts(group: Group, vector: Vector) -> bool | None:
        if vector.get("ctx"):
            return None  # we sign without a context; the purpose stands in the message
        try:
            key = MLDSA65PublicKey.from_public_bytes(bytes.fromhex(group["publicKey"]))
        except ValueError:
            return False
        return _checks(key, bytes.fromhex(vector["sig"]), bytes.fromhex(vector["msg"]))

    assert decide(shared, "mldsa_65_verify", accepts).total() == 210


def test_x25519_of_bundles(shared: Path) -> None:
    def accepts(group: Group, vector: Vector) -> bool:
        try:
            key = X25519PrivateKey.from_private_bytes(bytes.fromhex(vector["private"]))
            shared_key = key.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(vector["public"])))
        except ValueError:
            return False  # an all-zero secret
        assert shared_key == bytes.fromhex(vector["shared"])
        return True

    assert decide(shared, "x25519", accepts).total() == 518


def test_mlkem_of_bundles(shared: Path) -> None:
    def accepts(group: Group, vector: Vector) -> bool:
        try:
            key = MLKEM768PrivateKey.from_seed_bytes(bytes.fromhex(vector["seed"]))
            secret = key.decapsulate(bytes.fromhex(vector["c"]))
        except ValueError:
            return False
        assert key.public_key().public_bytes_raw() == bytes.fromhex(vector["ek"])
        return secret == bytes.fromhex(vector["K"])

    assert decide(shared, "mlkem_768", accepts).total() == 193
