"""A notebook's folder that somebody else prepared: links, giants, pipes, missing parts; and lists that came back older."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from storage import Environment, EnvironmentProblem, Files, InvalidInput, Vault, WrongPassphrase
from storage.crypto import SlotContent
from storage.keys.attempts import MOST_KEY_FILE, hash_key_file
from storage.making import remove_tree
from storage.recording.naming import file_name
from storage.recording.segments import LARGEST_FILE
from storage.wiping import wipe_vault
from tests.storage.conftest import typed
from tests.storage.test_recording import Pen, interview, pen, take

SECOND = "olma anor gilos tarvuz qovun behi shaftoli"
THIRD = "tosh qum suv shamol olov bulut yomgʻir"
__all__ = ["interview", "pen"]


def words(text: str) -> bytearray:
    return bytearray(text.encode())


def opens(folder: Path, text: str) -> bool:
    try:
        Vault.open(folder, words(text)).close()
    except WrongPassphrase:
        return False
    return True


# Links and giants


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    place = tmp_path / "precious"
    place.mkdir()
    (place / "db").write_bytes(b"somebody's own file")
    (place / "letter.txt").write_text("a letter")
    return place


def own_and_planted(folder: Path) -> list[Path]:
    """The containers' names that a purge could have left, beside the two that are there."""
    return [folder / f"{index}z" for index in (0, 1)]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("act", ["open", "wipe", "decoy"])
def test_a_planted_link_in_the_place_of_a_container_leads_nowhere(
    folder: Path, precious: Path, act: str
) -> None:
    for path in own_and_planted(folder):
        path.symlink_to(precious, target_is_directory=True)
    if act == "wipe":
        wipe_vault(folder)
    else:
        with Vault.open(folder, typed()) as vault:
            if act == "decoy":
                vault.decoy.create(words(SECOND))
    assert sorted(path.name for path in precious.iterdir()) == ["db", "letter.txt"]


def test_one_file_that_cannot_go_keeps_no_other(tmp_path: Path) -> None:
    class Held(Files):
        def remove(self, path: Path) -> None:
            if path.name == "held":
                raise PermissionError
            super().remove(path)

    for name in ("a", "held", "z", "inside/y"):
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / name).write_bytes(b"x")
    remove_tree(tmp_path / "tree", files=Held())
    assert [path.name for path in (tmp_path / "tree").rglob("*")] == ["held"]


def test_a_giant_in_the_place_of_a_header_is_not_read_and_the_other_copy_opens(folder: Path) -> None:
    header = folder / "A.hdr"
    with header.open("r+b") as file:
        file.truncate(64 << 30)  # sparse: takes no room
    with Vault.open(folder, typed()) as vault:
        assert vault.alarm is None
    assert header.stat().st_size == 4096, "repaired from the other copy"


def test_a_giant_in_the_place_of_a_segment_is_not_read_whole(vault: Vault, pen: Pen) -> None:
    pen.write(4)
    pen.writer.end()
    planted = pen.ticket.incoming / file_name(pen.ticket.id, 1)
    planted.write_bytes(b"\2" + pen.ticket.id + (1).to_bytes(4, "big"))
    with planted.open("r+b") as file:
        file.truncate(32 << 30)
    take(vault)
    doc = vault.get(pen.ticket.evidence)
    assert doc is not None and b"".join(vault.read_blob(pen.ticket.evidence)) == pen.sound
    assert LARGEST_FILE < 1 << 30


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
def test_a_pipe_is_no_key_file_and_a_giant_is_not_read(tmp_path: Path) -> None:
    pipe, giant = tmp_path / "pipe", tmp_path / "giant"
    os.mkfifo(pipe)
    with giant.open("wb") as file:
        file.truncate(100 << 30)
    refused: list[type[BaseException]] = []

    def attempt() -> None:
        for path in (pipe, giant):
            try:
                hash_key_file(path)
            except InvalidInput as error:
                refused.append(type(error))

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(5)
    assert refused == [InvalidInput, InvalidInput] and MOST_KEY_FILE < 100 << 30


# Missing parts


def test_a_decoy_is_made_also_where_the_other_container_was_removed(folder: Path) -> None:
    with Vault.open(folder, typed()) as vault:
        other = folder / f"{1 - vault._session.ring.content.container}a"
        remove_tree(other)
        vault.decoy.create(words(SECOND))
    with Vault.open(folder, words(SECOND)) as decoy:
        assert decoy.counts() == {} and decoy._session.ring.container == other


def test_a_copy_on_a_card_that_can_only_be_read_is_restored_though_it_has_a_lock(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (folder / "lock").exists()
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode, **more: Path(path).parent != folder and real(path, mode, **more)
    )

    def no_lock(place: Path) -> object:
        if place == folder:
            raise EnvironmentProblem(SimpleNamespace())  # type: ignore[arg-type]
        return real_lock(place)

    restoring = import_module("storage.backup.restoring")
    real_lock: Callable[[Path], object] = restoring.FolderLock
    monkeypatch.setattr(restoring, "FolderLock", no_lock)
    with Vault.restore(folder, tmp_path / "again", typed()) as vault:
        assert vault.alarm is None


def test_a_name_too_long_for_the_system_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    with Vault.open(folder, typed()) as vault:
        with pytest.raises(EnvironmentProblem):
            vault.backup(tmp_path / ("a" * 300))
        assert vault.counts() == {}, "still open"


# An older list of the ways in


def test_an_older_state_cannot_lock_its_owner_out(folder: Path, tmp_path: Path) -> None:
    """The list of a rolling backup names a passphrase that was removed since: it must not count as one that is left."""
    with Vault.open(folder, typed()) as vault:
        vault.ways_in.add_passphrase(words(SECOND))
        vault.keep_backup()
        vault.ways_in.remove(vault._session.ring.slot)
    with Vault.restore(folder, tmp_path / "again", words(SECOND), rolling=1) as vault:
        ways = vault.ways_in.all()
        assert [(way.current, way.certain) for way in ways] == [(False, False), (True, True)]
        with pytest.raises(InvalidInput):
            vault.ways_in.remove(ways[1].slot)
        vault.ways_in.remove(ways[0].slot)
    assert opens(tmp_path / "again", SECOND)


def test_going_back_keeps_the_list_of_today(folder: Path, tmp_path: Path) -> None:
    """The header of the older notebook is the one of today: a passphrase added since opens it, and must stand in its list."""
    with Vault.open(folder, typed()) as vault:
        vault.keep_backup()
        vault.ways_in.add_passphrase(words(SECOND))
        vault.decoy.create(words(THIRD))
        today = [(way.slot, way.certain) for way in vault.ways_in.all()]
        vault.go_back(1, tmp_path / "older")
    with Vault.open(tmp_path / "older", typed()) as vault:
        assert [(way.slot, way.certain) for way in vault.ways_in.all()] == today
        with pytest.raises(InvalidInput):
            vault.decoy.create(words("another seven words that nobody guesses today"))
    assert opens(tmp_path / "older", SECOND) and opens(tmp_path / "older", THIRD)


def test_what_opened_the_notebook_is_certain_whatever_a_crash_left(folder: Path) -> None:
    with Vault.open(folder, typed()) as vault:
        slot = vault.ways_in.add_passphrase(words(SECOND)).slot
        text = vault._session.meta("slots").replace('"certain": true', '"certain": false')
        with vault._session.transaction():
            vault._session.set_meta("slots", text)
    with Vault.open(folder, words(SECOND)) as vault:
        assert [way.certain for way in vault.ways_in.all() if way.slot == slot] == [True]


# Keys that nobody needs


def test_a_try_with_the_others_passphrase_leaves_none_of_its_keys(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a decoy the real passphrase proves nothing, and its master key does not stay in memory."""
    with Vault.open(folder, typed()) as vault:
        vault.decoy.create(words(SECOND))
    ring = import_module("storage.keys.ring")
    seen: list[SlotContent] = []
    real = ring.unwrap_slot

    def noted(*arguments: object) -> SlotContent | None:
        content: SlotContent | None = real(*arguments)
        if content is not None:
            seen.append(content)
        return content

    with Vault.open(folder, words(SECOND)) as decoy:
        monkeypatch.setattr(ring, "unwrap_slot", noted)
        with pytest.raises(WrongPassphrase):
            decoy.ways_in.check_passphrase(typed())
    assert seen and all(not any(content.master_key) for content in seen)


# Recorders


def test_a_segment_just_begun_is_not_swept_while_its_recorder_lives(
    folder: Path, vault: Vault, pen: Pen
) -> None:
    pen.write(1)
    begun = pen.ticket.incoming / file_name(pen.ticket.id, 1)
    begun.write_bytes(b"")
    vault.close()
    with Vault.open(folder, typed()):
        assert begun.exists()
    pen.writer.end()
    with Vault.open(folder, typed()):
        assert not begun.exists()


def test_a_recorder_found_again_says_that_it_is_off_the_record(folder: Path, vault: Vault, pen: Pen) -> None:
    pen.write(1)
    assert [live.paused for live in vault.live_recordings()] == [False]
    pen.ticket.commands.say("pause")
    vault.close()
    with Vault.open(folder, typed(), env=Environment()) as again:
        (live,) = again.live_recordings()
        assert live.paused
        live.commands.say("resume")
        assert [live.paused for live in again.live_recordings()] == [False]
