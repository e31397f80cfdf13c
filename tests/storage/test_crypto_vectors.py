"""The frozen vectors of the vault formats, read by our code and by an independent reader that uses none of it."""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.audit import next_head, revisions_root
from storage.crypto import (
    KdfCost,
    PublicKeys,
    Seeds,
    Signer,
    blob_file_name,
    decrypt_blob,
    derive_kek,
    encrypt_blob,
    open_state,
    padme,
    read_content,
    read_trailer,
    unwrap_slot,
)
from storage.errors import Tampered
from storage.history import Revision, revision_id
from storage.keys.header import decode

VECTORS = Path(__file__).parent.parent / "vectors" / "vault"


def load(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA512(), length, salt, info).derive(key)


class Reader:
    """A second implementation, written from docs/formats/vault.md: opens a header by itself."""

    def __init__(self, data: bytes, passphrase: bytes) -> None:
        assert len(data) == 4096 and data[:8] == b"DAFTAR\0\1"
        assert hashlib.sha256(data[:4064]).digest() == data[4064:]
        self.major, self.minor, self.generation = struct.unpack(">HHQ", data[8:20])
        self.vault_id, kdf, lanes, memory, iterations = (
            data[20:36],
            data[36],
            data[37],
            *struct.unpack(">II", data[40:48]),
        )
        assert kdf == 1 and data[38:40] == b"\0\0"
        kek = Argon2id(
            salt=data[48:80],
            length=32,
            iterations=iterations,
            lanes=lanes,
            memory_cost=memory,
            ad=b"daftar/v1",
        ).derive(passphrase)
        self.slot, plain = self._slot(data, kek)
        assert plain[0] == 1 and plain[68:] == bytes(236)
        self.master, header_key, self.container = plain[1:33], plain[33:65], plain[65]
        assert hmac.digest(header_key, data[:4032], "sha256") == data[4032:4064]
        sealed = data[3152 + 144 * self.container :][:144]
        state_key = hkdf(self.master, sealed[:32], b"daftar/v1/state", 32)
        state = ChaCha20Poly1305(state_key).decrypt(
            bytes(12), sealed[32:], self.vault_id + bytes([self.container])
        )
        self.vault_key, self.container_generation = state[:32], state[32]
        (self.log_size,) = struct.unpack(">Q", state[33:41])
        self.log_head, zeros = state[41:73], state[73:]
        assert zeros == bytes(23)

    def _slot(self, data: bytes, kek: bytes) -> tuple[int, bytes]:
        for index in range(8):
            slot = data[80 + 384 * index :][:384]
            keys = hkdf(kek, slot[:32], b"daftar/v1/slot" + self.vault_id + bytes([index]), 64)
            if keys[32:] == slot[32:64]:
                return index, ChaCha20Poly1305(keys[:32]).decrypt(bytes(12), slot[64:], self.vault_id)
        raise AssertionError("no slot opens")

    def sub_key(self, purpose: str, length: int = 32) -> bytes:
        return hkdf(self.vault_key, self.vault_id, b"daftar/v1/" + purpose.encode(), length)


def read_blob(data: bytes, blob_key: bytes, vault_id: bytes, blob_id: bytes) -> tuple[bytes, dict[str, Any]]:
    info = b"daftar/v1/blob" + blob_id
    assert data[0] == 1
    stream = Cobblestone256Decryptor(hkdf(blob_key, vault_id, info, 32), info)
    plain = stream.update(data[1:]) + stream.finalize()
    (length,) = struct.unpack(">I", plain[-4:])
    trailer = json.loads(plain[-4 - length : -4])
    return plain[: trailer["size"]], trailer


@pytest.mark.parametrize("number", range(10))
def test_header_vectors(number: int) -> None:
    vector = load("header")[number]
    data = bytes.fromhex(vector["header_hex"])
    reader = Reader(data, vector["passphrase"].encode())
    assert (reader.slot, reader.container) == (vector["slot"], vector["container"])
    assert (
        reader.vault_key.hex() == vector["vault_key_hex"] and reader.log_head.hex() == vector["log_head_hex"]
    )
    assert {
        name: reader.sub_key(name, len(key) // 2).hex() for name, key in vector["sub_keys_hex"].items()
    } == vector["sub_keys_hex"]

    header = decode(data)
    assert header is not None and header.generation == vector["generation"]
    kek = derive_kek(bytearray(vector["passphrase"].encode()), header.salt, header.cost)
    opened = [unwrap_slot(slot, kek, header.vault_id, index) for index, slot in enumerate(header.slots)]
    assert [content is not None for content in opened] == [index == vector["slot"] for index in range(8)]
    content = opened[vector["slot"]]
    assert content is not None
    header.require_mac(content.header_key)
    state = open_state(
        header.states[content.container], content.master_key, header.vault_id, content.container
    )
    assert (bytes(state.vault_key).hex(), state.generation) == (
        vector["vault_key_hex"],
        vector["container_generation"],
    )
    assert (state.log_size, state.log_head.hex()) == (vector["log_size"], vector["log_head_hex"])


@pytest.mark.parametrize("vector", load("slot"), ids=lambda vector: str(vector["index"]))
def test_slot_vectors(vector: dict[str, Any]) -> None:
    slot, kek, vault_id = (bytes.fromhex(vector[name]) for name in ("slot_hex", "kek_hex", "vault_id_hex"))
    content = unwrap_slot(slot, bytearray(kek), vault_id, vector["index"])
    assert content is not None
    assert (
        content.master_key.hex() == vector["master_key_hex"]
        and content.header_key.hex() == vector["header_key_hex"]
    )
    assert (content.kind, content.container) == (vector["kind"], vector["container"])
    wrong = (vector["index"] + 1) % 8
    assert unwrap_slot(slot, bytearray(kek), vault_id, wrong) is None
    assert unwrap_slot(slot, bytearray(kek), bytes(16), vector["index"]) is None


def test_a_changed_slot_of_ours_is_an_alarm_not_a_wrong_passphrase() -> None:
    vector = load("slot")[0]
    slot = bytearray.fromhex(vector["slot_hex"])
    slot[100] ^= 1
    with pytest.raises(Tampered):
        unwrap_slot(
            bytes(slot), bytearray.fromhex(vector["kek_hex"]), bytes.fromhex(vector["vault_id_hex"]), 0
        )


@pytest.mark.parametrize("vector", load("kdf"), ids=lambda vector: vector["typed"])
def test_kdf_vectors(vector: dict[str, Any]) -> None:
    cost = KdfCost(vector["memory_kib"], vector["iterations"], vector["lanes"])
    kek = derive_kek(bytearray(vector["typed"].encode()), bytes.fromhex(vector["salt_hex"]), cost)
    assert kek.hex() == vector["kek_hex"]


@pytest.mark.parametrize("vector", load("blob"), ids=lambda vector: str(vector["content_size"]))
def test_blob_vectors(vector: dict[str, Any]) -> None:
    data = (VECTORS / vector["file"]).read_bytes()
    assert (len(data), hashlib.sha256(data).hexdigest()) == (vector["file_size"], vector["file_sha256"])
    key, vault_id, blob_id = (
        bytes.fromhex(vector[name]) for name in ("blob_key_hex", "vault_id_hex", "blob_id_hex")
    )
    content, trailer = read_blob(data, key, vault_id, blob_id)
    assert hashlib.sha256(content).hexdigest() == vector["content_sha256"] == trailer["sha256"]
    assert trailer["name"] == vector["name"]
    ours = b"".join(decrypt_blob([data[:10], data[10:]], bytearray(key), vault_id, blob_id))
    assert b"".join(read_content([ours], vector["content_size"])) == content
    assert read_trailer(ours[-70_000:]).sha256 == trailer["sha256"]
    assert len(ours) == max(
        65536,
        padme(
            vector["content_size"]
            + len(json.dumps(trailer, ensure_ascii=False, separators=(",", ":")).encode())
            + 4
        ),
    )
    assert (
        blob_file_name(bytearray(key), blob_id)
        == vector["file_name"]
        == hmac.digest(key, blob_id, "sha256").hex()
    )


@pytest.mark.parametrize(
    "change", ["first", "format", "middle", "cut", "cut at a chunk", "longer", "other id", "empty"]
)
def test_changed_blobs_are_found(change: str) -> None:
    vector = load("blob")[8]
    data = bytearray((VECTORS / vector["file"]).read_bytes())
    key, vault_id, blob_id = (
        bytes.fromhex(vector[name]) for name in ("blob_key_hex", "vault_id_hex", "blob_id_hex")
    )
    if change == "first":
        data[1] ^= 1
    elif change == "format":
        data[0] = 2
    elif change == "middle":
        data[70_000] ^= 128
    elif change == "cut":
        del data[-1:]
    elif change == "cut at a chunk":
        del data[1 + 24 + 65 * 1024 :]
    elif change == "longer":
        data += b"\0"
    elif change == "other id":
        blob_id = bytes(16)
    else:
        data.clear()
    with pytest.raises(Tampered):
        list(decrypt_blob([bytes(data)], bytearray(key), vault_id, blob_id))


def test_blob_streams_in_pieces_of_any_size() -> None:
    content = bytes(range(256)) * 1000
    for size in (1000, 65536, 100_001):
        pieces = [content[at : at + size] for at in range(0, len(content), size)]
        parts = list(encrypt_blob(pieces, bytearray(32), bytes(16), bytes(16), "x", "text/plain"))
        data = b"".join(part for part, _ in parts)
        cut = [data[at : at + 777] for at in range(0, len(data), 777)]
        assert (
            b"".join(read_content(decrypt_blob(cut, bytearray(32), bytes(16), bytes(16)), len(content)))
            == content
        )


@pytest.mark.parametrize(("length", "padded"), load("padme"))
def test_padme_vectors(length: int, padded: int) -> None:
    assert padme(length) == padded >= length
    assert padded - length <= max(1, length * 0.12)


def test_log_vector() -> None:
    vector, head = load("log"), bytes(32)
    for number, entry in enumerate(vector["events"], start=1):
        event = entry["event"].encode()
        again = hashlib.sha256(
            b"daftar/v1/log" + struct.pack(">Q", number) + head + hashlib.sha256(event).digest()
        ).digest()
        head = next_head(number, head, event)
        assert head == again and head.hex() == entry["head_hex"]
        ids = [bytes.fromhex(one) for one in entry["revision_ids_hex"]]
        if ids:
            root = hashlib.sha256(b"daftar/v1/log-revisions" + b"".join(ids)).hexdigest()
            assert revisions_root(ids) == root == json.loads(event)["root"]
    ed25519, mldsa = (bytes.fromhex(vector["public_keys"][name]) for name in ("ed25519_hex", "mldsa_hex"))
    assert hashlib.sha256(ed25519 + mldsa).hexdigest() == vector["author"]
    assert vector["checkpoint"] == f"daftar/v1/{vector['author']}\n5\n{head.hex()}\n"
    signed, both = (
        b"daftar/v1/checkpoint\0" + vector["checkpoint"].encode(),
        bytes.fromhex(vector["signatures_hex"]),
    )
    Ed25519PublicKey.from_public_bytes(ed25519).verify(both[:64], signed)
    MLDSA65PublicKey.from_public_bytes(mldsa).verify(both[64:], signed)
    keys = PublicKeys(ed25519, mldsa)
    assert keys.verify_checkpoint(vector["checkpoint"].encode(), both)
    for at in (0, 63, 64, len(both) - 1):
        bad = bytearray(both)
        bad[at] ^= 1
        assert not keys.verify_checkpoint(vector["checkpoint"].encode(), bytes(bad))


def test_revision_vectors() -> None:
    vector = load("revision")
    ed25519, mldsa = (bytes.fromhex(vector["public_keys"][name]) for name in ("ed25519_hex", "mldsa_hex"))
    before: list[str] = []
    for entry in vector["revisions"]:
        body, identity = entry["body"].encode(), bytes.fromhex(entry["id_hex"])
        value = json.loads(body)
        assert json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == body
        assert hashlib.sha256(b"daftar/v1/rev\0" + body).digest() == identity == revision_id(body)
        assert value["author"] == vector["author"] and value["parents"] == before
        assert Revision.decode_foreign(body).encode() == body
        signature = bytes.fromhex(entry["signature_hex"])
        Ed25519PublicKey.from_public_bytes(ed25519).verify(signature, b"daftar/v1/rev-sig\0" + identity)
        assert PublicKeys(ed25519, mldsa).verify_revision(identity, signature)
        before = [entry["id_hex"]]


def test_a_signature_for_one_purpose_is_none_for_another() -> None:
    signer = Signer(Seeds.draw())
    signature = signer.sign_revision(bytes(32))
    assert signer.public.verify_revision(bytes(32), signature)
    assert not signer.public.verify_revision(bytes(31) + b"\1", signature)
    assert not signer.public.verify_checkpoint(bytes(32), signature + bytes(3309))
