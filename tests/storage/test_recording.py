"""Segments, ratchet, taking in: nothing lost, nothing read by who should not, order kept, other people's segments refused."""

from __future__ import annotations

import errno
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from storage import Environment, Files, SegmentWriter, TakeInRecordings, Vault
from storage.crypto.ratchet import control_key, next_key, open_record, seal_record
from storage.errors import EnvironmentProblem, InvalidInput, Tampered
from storage.operations import DeleteRecord, SaveRecord
from storage.recording.handle import Commands, RecorderLife, is_alive
from storage.recording.naming import COMMAND_NUMBER, HANDLE_NUMBER, HEADER, file_name, found_in
from storage.recording.segments import SOUND, read_segment, seal
from tests.storage.conftest import typed

RATE = 48_000
HALF = RATE // 2


@pytest.fixture
def interview(vault: Vault) -> str:
    changes = vault.write(SaveRecord("interview", {"languages": ["tg"]}))
    return next(iter(changes.created))[1]


class Pen:
    """A writer with a count of what it was given, half a second at a time."""

    def __init__(self, vault: Vault, interview: str, env: Environment | None = None) -> None:
        self.ticket = vault.begin_recording(interview)
        facts = {"interview": interview}
        self.writer = SegmentWriter(self.ticket.incoming, self.ticket.id, self.ticket.key, facts, RATE, env)
        self.sound = b""
        self.samples = 0

    def write(self, records: int) -> None:
        for _ in range(records):
            piece = hashlib.sha256(self.samples.to_bytes(8, "big")).digest() * 60
            self.samples += HALF
            self.writer.add(piece, self.samples)
            self.sound += piece

    def path(self, number: int) -> Path:
        return self.ticket.incoming / file_name(self.ticket.id, number)


@pytest.fixture
def pen(vault: Vault, interview: str) -> Iterator[Pen]:
    made = Pen(vault, interview)
    yield made
    made.writer.end()


def take(vault: Vault) -> Any:
    return vault.write(TakeInRecordings())


def evidence(vault: Vault, pen: Pen) -> dict[str, Any]:
    doc = vault.get(pen.ticket.evidence)
    assert doc is not None
    return doc


def sound(vault: Vault, pen: Pen) -> bytes:
    return b"".join(vault.read_blob(pen.ticket.evidence))


def left(pen: Pen) -> list[str]:
    return sorted(path.name for path in pen.ticket.incoming.iterdir())


# -- the ratchet


def test_a_key_gives_the_next_and_is_gone() -> None:
    first, recording = bytearray(range(32)), bytes(16)
    before = bytes(first)
    second = next_key(first, recording)
    assert first == bytearray(32) and second != before
    sealed = seal_record(second, recording, 1, 0, b"sound")
    assert open_record(second, recording, 1, 0, sealed) == b"sound"
    for key, segment, record in ((bytearray(before), 1, 0), (second, 2, 0), (second, 1, 1)):
        with pytest.raises(Tampered):
            open_record(key, recording, segment, record, sealed)
    with pytest.raises(Tampered):
        open_record(second, b"x" * 16, 1, 0, sealed)


def test_the_key_of_commands_opens_no_sound() -> None:
    key, recording = bytearray(range(32)), bytes(16)
    sealed = seal_record(key, recording, 0, 1, b"sound")
    with pytest.raises(Tampered):
        open_record(control_key(key, recording), recording, 0, 1, sealed)


def test_the_writer_holds_the_present_key_alone(pen: Pen) -> None:
    """What a seized recorder could give: its key opens the segment being written, and none before."""
    first = bytes(pen.ticket.key)
    pen.write(45)  # two segments of ten seconds, and a part of the third
    held = pen.writer._key
    assert pen.ticket.key == bytearray(32), "key 0 was wiped in place"
    for number in (0, 1):
        data = pen.path(number).read_bytes()
        assert not read_segment(data, held, pen.ticket.id, number).sound
        assert read_segment(pen.path(0).read_bytes(), bytearray(first), pen.ticket.id, 0).sound
    assert read_segment(pen.path(2).read_bytes(), held, pen.ticket.id, 2).sound


# -- taking in


def test_a_finished_recording_becomes_one_evidence_linked_to_its_interview(
    vault: Vault, interview: str, pen: Pen
) -> None:
    pen.write(50)
    pen.writer.finish("stop")
    changes = take(vault)
    doc = evidence(vault, pen)
    assert changes.created == {("evidence", doc["id"])} and ("interview", interview) in changes.changed
    assert (vault.get(interview) or {})["recordings"] == [doc["id"]]
    assert sound(vault, pen) == pen.sound and doc["class"] == "C3"
    assert doc["file"]["sha256"] == hashlib.sha256(pen.sound).hexdigest()
    assert doc["file"]["size"] == len(pen.sound) and doc["file"]["media_type"] == "audio/ogg"
    steps = [step["what"] for step in doc["custody"]]
    assert steps[0] == "Recording begun." and "00:00:25" in steps[-1] and "stopped by hand" in steps[-1]
    assert doc["custody"][-1]["hash"] == doc["file"]["sha256"]
    assert left(pen) == []
    assert take(vault).empty
    assert vault.verify(deep=True).ok


def test_segments_are_taken_in_while_the_recorder_goes_on(vault: Vault, pen: Pen) -> None:
    for _ in range(4):
        pen.write(33)
        take(vault)
        assert sound(vault, pen) == pen.sound[: len(sound(vault, pen))]
        assert len(pen.sound) - len(sound(vault, pen)) <= 20 * 1920, "one segment at most is still outside"
    pen.writer.finish("stop")
    take(vault)
    doc = evidence(vault, pen)
    assert sound(vault, pen) == pen.sound and len(doc["file"]["blobs"]) == 5
    assert doc["file"]["sha256"] == hashlib.sha256(pen.sound).hexdigest()
    assert len(doc["custody"]) == 2 and left(pen) == []


def test_a_lock_and_an_unlock_lose_nothing_and_find_the_recorder(
    folder: Path, vault: Vault, interview: str, pen: Pen
) -> None:
    pen.write(45)
    vault.close()
    pen.write(45)
    with Vault.open(folder, typed()) as again:
        (live,) = again.live_recordings()
        assert live.id == pen.ticket.id and live.interview == interview and live.began > 0
        take(again)
        pen.write(45)
        live.commands.say("stop")
        heard = Commands(pen.ticket.incoming, pen.ticket.id, bytearray(pen.ticket.commands._key)).heard()
        assert heard == "stop"
        pen.writer.finish("stop")
        take(again)
        assert sound(again, pen) == pen.sound and again.live_recordings() == []
        assert left(pen) == []


def test_the_sweep_leaves_what_recorders_write(folder: Path, vault: Vault, pen: Pen) -> None:
    pen.write(45)
    stray = pen.ticket.incoming / ("ab" * 32)
    stray.write_bytes(b"\x02" + bytes(40))  # looks like a segment, but its name does not agree
    before = [name for name in left(pen) if name != stray.name]
    vault.close()
    Vault.open(folder, typed()).close()
    assert left(pen) == before


def test_a_killed_recorder_is_taken_in_up_to_its_last_record(vault: Vault, pen: Pen) -> None:
    pen.write(47)
    pen.writer.end()  # the lock goes with the process; nothing is sealed
    take(vault)
    assert sound(vault, pen) == pen.sound
    assert "stopped from outside" in evidence(vault, pen)["custody"][-1]["what"]
    assert left(pen) == []


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 700, 1100, 2000])
def test_a_torn_end_costs_one_record(vault: Vault, pen: Pen, cut: int) -> None:
    pen.write(47)
    pen.writer.end()
    path = pen.path(2)
    data = path.read_bytes()
    path.write_bytes(data[:-cut])
    take(vault)
    lost = len(pen.sound) - len(sound(vault, pen))
    assert 0 < lost <= 1920 and pen.sound.startswith(sound(vault, pen))
    assert "Damaged" not in evidence(vault, pen)["custody"][-1]["what"]


def test_a_torn_end_full_of_zeros_costs_one_record_too(vault: Vault, pen: Pen) -> None:
    """What a file system may leave after a power cut: the length is there, the bytes are not."""
    pen.write(45)
    pen.writer.end()
    path = pen.path(2)
    path.write_bytes(path.read_bytes()[:-900] + bytes(900))
    take(vault)
    assert pen.sound.startswith(sound(vault, pen)) and len(pen.sound) - len(sound(vault, pen)) == 1920


def test_pauses_stand_in_the_custody(vault: Vault, interview: str) -> None:
    now = [1_800_000_000_000]
    pen = Pen(vault, interview, Environment(now_ms=lambda: now[0]))
    pen.write(30)
    pen.writer.mark("pause", pen.samples)
    now[0] += 95_000
    pen.writer.mark("resume", pen.samples)
    pen.write(30)
    pen.writer.finish("time")
    take(vault)
    words = evidence(vault, pen)["custody"][-1]["what"]
    assert "Paused at 00:00:15, for 95 s." in words and "as long as it may" in words


# -- attacks


def test_a_flipped_bit_costs_its_record_and_is_said(vault: Vault, pen: Pen) -> None:
    pen.write(50)
    pen.writer.finish("stop")
    path, dice = pen.path(1), random.Random(5)
    data = bytearray(path.read_bytes())
    data[dice.randrange(HEADER.size + 2000, len(data) - 4000)] ^= 1
    path.write_bytes(data)
    take(vault)
    words = evidence(vault, pen)["custody"][-1]["what"]
    assert "Damaged parts: 1" in words
    assert len(pen.sound) - len(sound(vault, pen)) in (1920, 1920 * 2)


def test_a_removed_segment_is_missed_and_the_rest_is_kept(vault: Vault, pen: Pen) -> None:
    pen.write(90)
    pen.writer.finish("stop")
    pen.path(1).unlink()
    pen.path(2).unlink()
    take(vault)
    assert "Missing parts: 2" in evidence(vault, pen)["custody"][-1]["what"]
    assert sound(vault, pen) == pen.sound[: 20 * 1920] + pen.sound[60 * 1920 :]


def test_swapped_segments_and_segments_of_another_recording_give_no_sound(
    vault: Vault, interview: str
) -> None:
    pens = []
    for _ in range(2):
        pen = Pen(vault, interview)
        pen.write(50)
        pen.writer.finish("stop")
        pens.append(pen)
    first, second = pens
    one, two = first.path(0).read_bytes(), first.path(1).read_bytes()
    first.path(0).write_bytes(one[: HEADER.size] + two[HEADER.size :])
    first.path(1).write_bytes(two[: HEADER.size] + one[HEADER.size :])
    foreign = first.path(2).read_bytes()
    second.path(2).write_bytes(second.path(2).read_bytes()[: HEADER.size] + foreign[HEADER.size :])
    take(vault)
    assert sound(vault, first) == first.sound[40 * 1920 :]
    assert "Damaged parts: 2" in evidence(vault, first)["custody"][-1]["what"]
    assert sound(vault, second) == second.sound[: 40 * 1920]


def test_a_planted_command_is_not_obeyed(pen: Pen) -> None:
    ours = Commands(pen.ticket.incoming, pen.ticket.id, pen.ticket.commands._key)
    path = pen.ticket.incoming / file_name(pen.ticket.id, COMMAND_NUMBER)
    Commands(pen.ticket.incoming, pen.ticket.id, bytearray(32)).say("stop")
    assert ours.heard() is None
    pen.ticket.commands.say("pause")
    old = path.read_bytes()
    assert Commands(pen.ticket.incoming, pen.ticket.id, pen.ticket.commands._key).heard() == "pause"
    assert ours.heard() == "pause" and ours.heard() is None
    pen.ticket.commands.say("resume")
    assert ours.heard() == "resume"
    path.unlink()
    path.write_bytes(old)
    assert ours.heard() is None, "an old command put back"


def test_two_recorders_are_refused(vault: Vault, interview: str, pen: Pen) -> None:
    with pytest.raises(InvalidInput) as refused:
        vault.begin_recording(interview)
    assert "under way" in refused.value.message.source
    with pytest.raises(EnvironmentProblem):
        RecorderLife(pen.ticket.incoming, pen.ticket.id)
    pen.writer.end()
    assert not is_alive(pen.ticket.incoming, pen.ticket.id)
    vault.begin_recording(interview)


class FullDisk(Files):
    """Takes so many bytes, then no more."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, file: BinaryIO, data: bytes) -> None:
        taken = min(self.room, len(data))
        super().write(file, data[:taken])
        self.room -= taken
        if taken < len(data):
            raise OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize("room", [200, 9_000, 50_000, 83_000, 83_100, 160_000])
def test_a_full_disk_ends_the_recording_with_one_sentence_and_what_was_written_is_safe(
    vault: Vault, interview: str, room: int
) -> None:
    try:
        pen = Pen(vault, interview, Environment(files=FullDisk(room)))
    except EnvironmentProblem as error:
        assert "no space left" in error.message.source
        assert vault.live_recordings() == []
        return
    with pytest.raises(EnvironmentProblem) as refused:
        pen.write(200)
    assert "no space left" in refused.value.message.source
    take(vault)
    if pen.sound:
        assert sound(vault, pen) == pen.sound
        assert "Damaged" not in evidence(vault, pen)["custody"][-1]["what"]
    assert left(pen) == []


def test_a_pulled_stick_ends_the_recording_with_one_sentence(pen: Pen) -> None:
    pen.write(15)
    moved = pen.ticket.incoming.rename(pen.ticket.incoming.with_name("gone"))
    with pytest.raises(EnvironmentProblem) as refused:
        pen.write(30)
    assert refused.value.message.source == "A file or folder is missing."
    assert not pen.writer.life.wanted
    moved.rename(pen.ticket.incoming)


class BrokenDisk(Files):
    """Reports an error when something is to be made durable, from some moment on."""

    broken = False

    def sync(self, file: BinaryIO) -> None:
        if self.broken:
            raise OSError(errno.EIO, "error")
        super().sync(file)


def test_a_disk_error_ends_the_recording_and_what_was_durable_is_kept(vault: Vault, interview: str) -> None:
    disk = BrokenDisk()
    pen = Pen(vault, interview, Environment(files=disk))
    pen.write(30)
    disk.broken = True
    with pytest.raises(EnvironmentProblem):
        pen.write(1)
    take(vault)
    assert sound(vault, pen) == pen.sound and left(pen) == []


def test_a_recording_deleted_while_it_is_made_leaves_nothing(vault: Vault, pen: Pen) -> None:
    pen.write(45)
    take(vault)
    vault.write(DeleteRecord(pen.ticket.evidence, erase=True))
    pen.write(45)
    pen.writer.finish("stop")
    assert take(vault).empty
    assert vault.get(pen.ticket.evidence) is None and left(pen) == []


def test_a_crash_after_the_commit_takes_nothing_in_twice(vault: Vault, pen: Pen) -> None:
    pen.write(50)
    pen.writer.finish("stop")
    kept = {path.name: path.read_bytes() for path in pen.ticket.incoming.iterdir()}
    take(vault)
    for name, data in kept.items():  # as if the files had not been removed
        (pen.ticket.incoming / name).write_bytes(data)
    assert take(vault).empty
    assert sound(vault, pen) == pen.sound and left(pen) == []


def test_a_purge_waits_for_the_recorder_and_takes_everything_in_first(vault: Vault, pen: Pen) -> None:
    pen.write(45)
    with pytest.raises(InvalidInput) as refused:
        vault.purge()
    assert "under way" in refused.value.message.source
    pen.writer.end()
    vault.purge()
    assert sound(vault, pen) == pen.sound and vault.verify(deep=True).ok


def test_a_removed_handle_ends_the_recorder(pen: Pen) -> None:
    assert pen.writer.life.wanted
    path = pen.ticket.incoming / file_name(pen.ticket.id, HANDLE_NUMBER)
    path.unlink()
    assert not pen.writer.life.wanted
    path.write_bytes(b"another")
    assert not pen.writer.life.wanted


def test_the_length_of_a_record_tells_little_of_what_was_said() -> None:
    """Compressed speech leaks by its lengths; half a second of it always fills the same few sizes."""
    lengths = {
        len(seal(bytearray(32), bytes(16), 0, 1, SOUND, 0, bytes(size))) for size in range(1500, 2500, 7)
    }
    assert len(lengths) <= 2


def test_nothing_readable_lies_in_the_folder(vault: Vault, interview: str, pen: Pen) -> None:
    pen.write(45)
    for found in found_in(pen.ticket.incoming):
        data = found.path.read_bytes()
        assert interview.encode() not in data and b"Ogg" not in data
        assert hashlib.sha256((0).to_bytes(8, "big")).digest() not in data
