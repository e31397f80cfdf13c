"""The frozen vault of format 1.0 opens for ever: by our code, and by a stand-alone reader that uses none of it."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import struct
from pathlib import Path

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlcipher3 import dbapi2

from storage import SaveRecord, Vault

SAMPLE = Path(__file__).resolve().parent.parent / "vectors" / "sample-vault-1"
PASSPHRASE = "daryo tosh kitob chiroq bahor osmon ko'prik"
DATA = bytes(range(256)) * 300


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the frozen vault, without its empty folders: git keeps none."""
    shutil.copytree(SAMPLE / "vault", tmp_path / "vault")
    return tmp_path / "vault"


def test_our_code_opens_it_reads_it_and_writes_on(sample: Path) -> None:
    with Vault.open(sample, bytearray(PASSPHRASE.encode())) as vault:
        assert vault.alarm is None and not vault.read_only and vault.label == "sample"
        assert vault.counts() == {"case": 1, "evidence": 1, "interview": 1, "person": 1}
        (evidence,) = vault.docs("evidence")
        assert b"".join(vault.read_blob(evidence["id"])) == DATA
        (interview,) = vault.docs("interview")
        assert interview["narratives"][0]["text"].endswith("Баъд хабар нашуд.")
        assert vault.drafts()[0].text == "нимкора" and vault.setting("language") == "tg"
        assert vault.verify(deep=True).ok and vault.verify(rebuild=True).ok
        vault.write(SaveRecord("person", {}))
        assert [hit.id for hit in vault.search("madina").hits]
    with Vault.open(sample, bytearray(PASSPHRASE.encode())) as vault:
        assert vault.counts()["person"] == 2 and vault.verify(deep=True).ok


def hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA512(), length, salt, info).derive(key)


def test_a_reader_written_from_the_format_page_alone_reads_everything(sample: Path) -> None:
    # 1. header, slot, sealed state
    data = (sample / "A.hdr").read_bytes()
    assert data == (sample / "B.hdr").read_bytes() and data[:8] == b"DAFTAR\0\1"
    vault_id, lanes, (memory, iterations) = data[20:36], data[37], struct.unpack(">II", data[40:48])
    kek = Argon2id(
        salt=data[48:80], length=32, iterations=iterations, lanes=lanes, memory_cost=memory, ad=b"daftar/v1"
    ).derive(PASSPHRASE.encode())
    plain = b""
    for index in range(8):
        slot = data[80 + 384 * index :][:384]
        keys = hkdf(kek, slot[:32], b"daftar/v1/slot" + vault_id + bytes([index]), 64)
        if keys[32:] == slot[32:64]:
            plain = ChaCha20Poly1305(keys[:32]).decrypt(bytes(12), slot[64:], vault_id)
    master, header_key, container = plain[1:33], plain[33:65], plain[65]
    assert hmac.digest(header_key, data[:4032], "sha256") == data[4032:4064]
    sealed = data[3152 + 144 * container :][:144]
    state_key = hkdf(master, sealed[:32], b"daftar/v1/state", 32)
    state = ChaCha20Poly1305(state_key).decrypt(bytes(12), sealed[32:], vault_id + bytes([container]))
    vault_key, (size,), head = state[:32], struct.unpack(">Q", state[33:41]), state[41:73]

    # 2. database
    key, salt = (
        hkdf(vault_key, vault_id, b"daftar/v1/db", 32),
        hkdf(vault_key, vault_id, b"daftar/v1/db-salt", 16),
    )
    place = sample / f"{container}{chr(ord('a') + state[32] % 26)}"
    database = dbapi2.connect(str(place / "db"))
    database.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")

    # 3. log: chain, sealed head, checkpoint signatures
    chain = bytes(32)
    events = {}
    for n, event, stored in database.execute("SELECT n, event, head FROM log ORDER BY n"):
        link = b"daftar/v1/log" + struct.pack(">Q", n) + chain + hashlib.sha256(event).digest()
        chain = hashlib.sha256(link).digest()
        assert chain == stored
        events[n] = json.loads(event)
    assert (len(events), chain) == (size, head)
    ((author, ed25519, mldsa),) = database.execute("SELECT author, ed25519, mldsa FROM authors")
    assert author == hashlib.sha256(ed25519 + mldsa).hexdigest()
    for n, body, both in database.execute("SELECT n, body, signatures FROM checkpoints"):
        assert n <= size
        Ed25519PublicKey.from_public_bytes(ed25519).verify(both[:64], b"daftar/v1/checkpoint\0" + body)
        MLDSA65PublicKey.from_public_bytes(mldsa).verify(both[64:], b"daftar/v1/checkpoint\0" + body)

    # 4. revisions: ids, signatures, what the log binds
    listed: dict[int, list[bytes]] = {}
    bodies = 0
    rows = database.execute("SELECT id, logged, signature, body FROM revisions ORDER BY n").fetchall()
    for identity, logged, signature, body in rows:
        listed.setdefault(logged, []).append(identity)
        Ed25519PublicKey.from_public_bytes(ed25519).verify(signature, b"daftar/v1/rev-sig\0" + identity)
        if body is not None:
            bodies += 1
            assert hashlib.sha256(b"daftar/v1/rev\0" + body).digest() == identity
            assert (
                json.dumps(
                    json.loads(body), ensure_ascii=False, sort_keys=True, separators=(",", ":")
                ).encode()
                == body
            )
    assert len(rows) - bodies == 1  # the erased task: its tombstone keeps its body
    for n, ids in listed.items():
        assert events[n]["root"] == hashlib.sha256(b"daftar/v1/log-revisions" + b"".join(ids)).hexdigest()

    # 5. the blob, found by its name and rescued by its trailer
    ((blob_id, sha256),) = database.execute("SELECT id, sha256 FROM blobs")
    database.close()
    name = hmac.digest(hkdf(vault_key, vault_id, b"daftar/v1/blob-name", 32), blob_id, "sha256").hex()
    stored = (place / "blobs" / name[:2] / name).read_bytes()
    info = b"daftar/v1/blob" + blob_id
    blob_key = hkdf(hkdf(vault_key, vault_id, b"daftar/v1/blob", 32), vault_id, info, 32)
    stream = Cobblestone256Decryptor(blob_key, info)
    content = stream.update(stored[1:]) + stream.finalize()
    (length,) = struct.unpack(">I", content[-4:])
    trailer = json.loads(content[-4 - length : -4])
    assert stored[0] == 1 and trailer == {
        "media_type": "image/jpeg",
        "name": "ҳукм.jpg",
        "sha256": sha256,
        "size": len(DATA),
    }
    assert content[: trailer["size"]] == DATA and hashlib.sha256(DATA).hexdigest() == sha256
