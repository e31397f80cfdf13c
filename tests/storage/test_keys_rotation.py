"""The purge: what was deleted is nowhere, what lives is whole, every way in keeps opening, a crash leaves old or new."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from storage import (
    AttachFile,
    Cancelled,
    DeleteRecord,
    Environment,
    EnvironmentProblem,
    Files,
    SaveRecord,
    Tampered,
    Vault,
)
from storage.keys.copies import NAMES

FIRST = "yetti soʻz"
SECOND = "olma anor gilos tarvuz qovun behi shaftoli"
CANARY = "Ғайратжонов"


def typed(text: str = FIRST) -> bytearray:
    return bytearray(text.encode())


def save(vault: Vault, text: str, record_id: str | None = None) -> str:
    doc = {"narratives": [{"language": "tg", "kind": "original", "text": text}]}
    changes = vault.write(SaveRecord("interview", doc, record_id))
    return next(iter(changes.created | changes.changed))[1]


def attach(vault: Vault, data: bytes, name: str) -> str:
    evidence = next(iter(vault.write(SaveRecord("evidence", {"title": name})).created))[1]
    vault.write(AttachFile(evidence, data, name))
    return evidence


@pytest.fixture
def filled(folder: Path) -> Path:
    with Vault.open(folder, typed()) as vault:
        for number in range(6):
            save(vault, f"Рӯзи {number}: омаданд ва бурданд. " * 20)
        attach(vault, b"stays " * 5000, "stays.jpg")
    return folder


def everything_decrypted(vault: Vault, tmp_path: Path) -> bytes:
    """All pages of the opened database, decrypted with the vault's own key, and every blob's plaintext."""
    session = vault._session
    plain = tmp_path / "plain.db"
    connection = session.database.raw
    connection.set_authorizer(None)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),)).close()
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.execute("DETACH DATABASE plain").close()
    pages = plain.read_bytes()
    plain.unlink()
    blobs = [bytes(row[0]) for row in session.database.all("SELECT id FROM blobs")]
    return (
        pages + raw_pages(vault) + b"".join(piece for blob in blobs for piece in session.blobs._plain(blob))
    )


def raw_pages(vault: Vault) -> bytes:
    """Every page as it stands in the file, free ones too, decrypted one by one (AES-256-CBC, IV before the HMAC)."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    from storage.crypto import sub_key

    ring = vault._session.ring
    key = bytes(sub_key(ring.state.vault_key, ring.header.vault_id, "db"))
    data = (ring.container / "db").read_bytes()
    out = bytearray()
    for at in range(0, len(data), 4096):
        page = data[at + (16 if at == 0 else 0) : at + 4096]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        out += decryptor.update(page[:-80])
    return bytes(out)


def test_the_reader_of_pages_sees_what_is_there(filled: Path, tmp_path: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        save(vault, f"{CANARY} омад")
        assert CANARY.encode() in raw_pages(vault)
        assert CANARY.encode() in everything_decrypted(vault, tmp_path)


@pytest.mark.parametrize("erase", [True, False])
def test_what_was_deleted_is_in_no_page_index_or_file(filled: Path, tmp_path: Path, erase: bool) -> None:
    with Vault.open(filled, typed()) as vault:
        interview = save(vault, f"{CANARY} омад " * 30)
        save(vault, f"{CANARY} рафт " * 30, interview)
        evidence = attach(vault, f"{CANARY} picture ".encode() * 4000, f"{CANARY}.jpg")
        assert vault.search(CANARY).total == 2
        vault.keep_backup()
        vault.write(DeleteRecord(interview, erase=erase))
        vault.write(DeleteRecord(evidence, erase=erase))
        old = vault._session.ring.container
        docs = vault.snapshot().docs
        vault.purge()
        found = everything_decrypted(vault, tmp_path)
        for form in (CANARY, CANARY.casefold(), "gayratjonov", "ғайрат"):
            for coding in ("utf-8", "utf-16-le", "cp1251"):
                assert form.encode(coding, "ignore") not in found or not form.encode(coding, "ignore")
        assert vault.snapshot().docs == docs
        assert vault.search(CANARY).total == 0
        assert vault.verify(deep=True).ok
        assert not old.exists()
        assert [number for number, _ in vault.rolling_backups()] == [1]
        assert b'"kind":"purge"' in vault._session.log.events()[-1][1]
        save(vault, "goes on")
    with Vault.open(filled, typed()) as vault:
        assert vault.alarm is None and vault.verify(deep=True).ok
        assert vault.counts()["interview"] == 7


def test_every_way_in_keeps_opening_and_the_other_container_stays(filled: Path) -> None:
    with Vault.open(filled, typed()) as vault:
        vault.decoy.create(typed(SECOND))
        code = vault.ways_in.draw_code()
        vault.ways_in.keep_code(code)
        session = vault._session  # as after 25 purges: the next folder begins the alphabet again
        session.database.close()
        session.ring.container.rename(session.ring.container.with_name(session.ring.container.name[0] + "z"))
        session.ring.seal_as(replace(session.ring.state, generation=25))
        session.abandon()
    with Vault.open(filled, typed()) as vault:
        vault.purge()
        other = filled / f"{1 - vault._session.ring.content.container}a"
    before = (other / "db").read_bytes()
    with Vault.open(filled, typed()) as vault:
        vault.ways_in.check_code(code)
        assert vault._session.ring.container.name[1] == "a"
    with Vault.open(filled, typed(SECOND)) as decoy:
        assert (other / "db").read_bytes() == before
        decoy.purge()
        assert decoy.verify(deep=True).ok
    with Vault.open(filled, typed()) as vault:
        assert vault.counts()["interview"] == 6 and vault.verify(deep=True).ok


def test_a_damaged_file_stops_the_purge_and_changes_nothing(filled: Path) -> None:
    (blob,) = filled.glob("*/blobs/*/*")
    whole = blob.read_bytes()
    blob.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    headers = [(filled / name).read_bytes() for name in NAMES]
    with Vault.open(filled, typed()) as vault:
        with pytest.raises(Tampered):
            vault.purge()
        assert vault.counts()["interview"] == 6
        assert len(list(filled.glob("[01]?"))) == 2
        vault._session.abandon()
    assert [(filled / name).read_bytes() for name in NAMES] == headers


def test_a_purge_is_stopped_and_leaves_the_old(filled: Path) -> None:
    with Vault.open(filled, typed()) as vault:

        def stop(done: int, total: int) -> None:
            if done:
                vault.interrupt()

        with pytest.raises(Cancelled):
            vault.purge(stop)
        assert len(list(filled.glob("[01]?"))) == 2
        assert vault.verify(deep=True).ok


class Crash(BaseException):
    """The power went: nothing happens any more."""


class DyingFiles(Files):
    """Stops at the n-th step, in the middle of a write, and does nothing after that."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.error: OSError | None = None

    def _step(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left == 0 and self.error is not None:
            self.left = None
            raise self.error
        if self.left <= 0:
            raise Crash

    def write(self, file: BinaryIO, data: bytes) -> None:
        try:
            self._step()
        except (Crash, OSError):
            super().write(file, data[: len(data) // 2])
            raise
        super().write(file, data)

    def sync(self, file: BinaryIO) -> None:
        self._step()
        super().sync(file)

    def sync_folder(self, folder: Path) -> None:
        self._step()
        super().sync_folder(folder)

    def rename(self, source: Path, target: Path) -> None:
        self._step()
        super().rename(source, target)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)


def points() -> Iterator[int]:
    yield from range(1, 400)


@pytest.mark.parametrize("kind", ["crash", "full"])
def test_a_purge_stopped_at_any_step_leaves_old_or_new(filled: Path, tmp_path: Path, kind: str) -> None:
    with Vault.open(filled, typed()) as vault:
        vault.decoy.create(typed(SECOND))
        docs: dict[str, Any] = vault.snapshot().docs
        index = vault._session.ring.content.container
    other = {path.name: path.read_bytes() for path in (filled / f"{1 - index}a").glob("db")}
    seen: set[str] = set()
    for point in points():
        folder = tmp_path / "try"
        shutil.copytree(filled, folder)
        files = DyingFiles()
        vault = Vault.open(folder, typed(), env=replace(Environment(), files=files))
        files.error = OSError(28, "full") if kind == "full" else None
        files.left = point
        try:
            vault.purge()
            done = True
        except (Crash, EnvironmentProblem):
            done = False
        files.left = None
        vault._session.abandon()
        with Vault.open(folder, typed()) as vault:
            assert vault.alarm is None
            assert vault.snapshot().docs == docs
            seen.add(vault._session.ring.container.name[1])
            assert [path.name for path in folder.glob(f"{index}?")] == [vault._session.ring.container.name]
            if point % 5 == 0:
                assert vault.verify(deep=True).ok
        assert {path.name: path.read_bytes() for path in (folder / f"{1 - index}a").glob("db")} == other
        shutil.rmtree(folder)
        if done:
            break
    assert done and point > 15
    assert seen == {"a", "b"}
