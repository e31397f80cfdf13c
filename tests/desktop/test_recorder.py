"""The recorder as the process it is: through locks, kills, pauses and full disks; what it holds in memory; what comes out."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.recording import Recorders, RunningRecorder
from desktop.sound import RATE
from desktop.sound_opus import OpusEncoder, decode
from storage import KdfCost, TakeInRecordings, Vault
from storage.crypto import sub_key
from storage.crypto.ratchet import next_key
from storage.operations import SaveRecord
from storage.recording.taking import first_key
from tests.attacks import processes

SCRIPT = Path(__file__).with_name("recording_from_file.py")
PASSPHRASE = b"not a passphrase of anybody"
needs_proc = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


class Room:
    """A notebook with an interview, and recorders for it."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        self.vault = Vault.create(folder, bytearray(PASSPHRASE), cost=KdfCost(8192, 1, 1))
        changes = self.vault.write(SaveRecord("interview", {"languages": ["tg"]}))
        self.interview = next(iter(changes.created))[1]
        self.running: list[RunningRecorder] = []
        self.evidence = ""

    def record(
        self,
        seconds: float,
        pace: float = 0,
        *,
        goes_on: bool = False,
        most: float = 10800,
        heard: Path | None = None,
    ) -> RunningRecorder:
        words = (str(self.root), str(seconds), str(pace), *([] if heard is None else [str(heard)]))
        command = (sys.executable, "-I", "-B", str(SCRIPT), *words)
        ticket = self.vault.begin_recording(self.interview)
        self.evidence = ticket.evidence
        recorder = Recorders(command).start(ticket, goes_on=goes_on, most=most)
        assert ticket.key == bytearray(32)
        self.running.append(recorder)
        return recorder

    def take(self) -> None:
        self.vault.write(TakeInRecordings())

    def lock(self, recorder: RunningRecorder) -> None:
        """What a full lock is to a recorder: nobody is at the other end of its input any more."""
        self.vault.close()
        recorder.let_go()

    def unlock(self) -> None:
        self.vault = Vault.open(self.folder, bytearray(PASSPHRASE))
        self.take()

    def pages(self) -> bytes:
        return b"".join(self.vault.read_blob(self.evidence))

    def samples(self) -> int:
        return len(decode(self.pages())) // 2

    def last_words(self) -> str:
        doc = self.vault.get(self.evidence)
        assert doc is not None
        return str(doc["custody"][-1]["what"])


@pytest.fixture
def room(root: Path, tmp_path: Path) -> Iterator[Room]:
    made = Room(root, tmp_path / "notebook")
    yield made
    for recorder in made.running:
        recorder._process.kill()
        recorder._process.wait()
        recorder.let_go()
        recorder._listener.join(10)
    made.vault.close()


def until(right: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not right():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def test_what_is_recorded_is_one_playable_file_exact_to_the_sample(room: Room) -> None:
    """The joined segments are the file an encoder writes in one go, byte for byte but for the stream's random number."""
    sys.path.insert(0, str(SCRIPT.parent))
    recorder = room.record(61.3)
    until(lambda: recorder.status.seconds == 61)
    recorder.stop()
    assert recorder.wait(60) and recorder._process.returncode == 0 and recorder.status.state == "ended"
    room.take()
    assert room.samples() == 61.3 * RATE
    assert room.pages().startswith(b"OggS") and "stopped by hand" in room.last_words()
    assert "00:01:01" in room.last_words()


def test_the_codec_gives_back_every_sample_and_reads_what_was_cut_off() -> None:
    encoder, dice = OpusEncoder(RATE), random.Random(3)
    pages = b""
    for _ in range(50):
        pages += encoder.feed(dice.randbytes(9600))
    whole = pages + encoder.close()
    assert len(decode(whole)) == 50 * 9600
    cut = decode(pages)
    assert 50 * 9600 - RATE * 2 * 0.5 <= len(cut) <= 50 * 9600
    assert decode(whole)[: len(cut) - 2000] == cut[:-2000]


def test_a_lock_ends_the_recording_where_that_was_chosen(room: Room) -> None:
    recorder = room.record(600, 1)
    until(lambda: recorder.status.seconds >= 2)
    room.lock(recorder)
    assert recorder.wait(60) and recorder._process.returncode == 0
    room.unlock()
    assert "notebook was locked" in room.last_words() and room.samples() >= 2 * RATE
    assert room.vault.live_recordings() == []


def test_a_lock_lets_it_go_on_where_that_was_chosen_and_the_notebook_finds_it_again(room: Room) -> None:
    recorder = room.record(600, 1, goes_on=True)
    until(lambda: recorder.status.seconds >= 1)
    room.lock(recorder)
    time.sleep(1.5)
    room.unlock()
    (live,) = room.vault.live_recordings()
    assert live.interview == room.interview
    live.commands.say("stop")
    assert recorder.wait(60)
    room.take()
    assert room.samples() >= 2.5 * RATE and "by hand" in room.last_words()


def test_off_the_record_no_sound_is_kept(room: Room) -> None:
    recorder = room.record(600, 1)
    until(lambda: recorder.status.seconds >= 1)
    recorder.pause()
    until(lambda: recorder.status.state == "paused", 20)
    time.sleep(1.5)
    recorder.resume()
    until(lambda: recorder.status.state == "recording", 20)
    until(lambda: recorder.status.seconds >= 3)
    recorder.stop()
    assert recorder.wait(60)
    room.take()
    assert 3 * RATE <= room.samples() <= 4.2 * RATE
    assert "Paused at 00:00:01" in room.last_words()


def test_no_recording_lasts_longer_than_it_may(room: Room) -> None:
    recorder = room.record(600, 0, most=20)
    assert recorder.wait(60)
    room.take()
    assert 20 * RATE <= room.samples() <= 20.2 * RATE and "as long as it may" in room.last_words()


def kill_and_count(room: Room, dice: random.Random, kills: int) -> list[float]:
    """Seconds lost by each of some kills, at random moments, of the recorder or of the window before it."""
    lost = []
    for number in range(kills):
        window_too, told = number % 2 == 1, room.folder.parent / f"heard-{number}"
        recorder = room.record(3600, 1, goes_on=True, heard=told)
        until(lambda recorder=recorder: recorder.status.seconds >= 1)
        time.sleep(dice.uniform(0, 1.5))
        if window_too:
            room.lock(recorder)
            time.sleep(dice.uniform(0, 0.3))
        recorder._process.kill()
        recorder._process.wait()
        before = told.stat().st_size / 10
        if window_too:
            room.unlock()
        room.take()
        kept = room.samples() / RATE
        lost.append(before - kept)
    return lost


def test_killed_at_any_moment_at_most_two_seconds_are_lost(room: Room) -> None:
    """Four kills here, fifty in `just recordings`. What the microphone had given is compared with what is kept."""
    lost = kill_and_count(room, random.Random(11), 4)
    assert 0 < max(lost) <= 2, lost
    assert room.vault.verify(deep=True).ok


@needs_proc
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may read a hardened process"
)
def test_the_recorders_memory_holds_no_vault_key_and_no_key_of_what_is_sealed(room: Room) -> None:
    ring = room.vault._session.ring
    looked_for = {
        "vault key": bytes(ring.state.vault_key),
        "master key": bytes(ring.content.master_key),
        "header key": bytes(ring.content.header_key),
        "passphrase": PASSPHRASE,
        "vault id": ring.header.vault_id,
    }
    for purpose in ("db", "blob", "blob-name", "recording"):
        looked_for[purpose] = bytes(sub_key(ring.state.vault_key, ring.header.vault_id, purpose))
    recorder = room.record(3600, 0.1, goes_on=True)
    until(lambda: recorder.status.seconds >= 45)
    recorder.pause()
    until(lambda: recorder.status.state == "paused", 20)
    (live,) = room.vault.live_recordings()
    key = first_key(room.vault._session, live.id)
    chain = []
    for _ in range(40):
        chain.append(bytes(key))
        key = next_key(key, live.id)
    process = recorder._process.pid
    held = processes.count(process, {str(number): one for number, one in enumerate(chain)})
    present = recorder.status.seconds // 10
    assert str(present) in held, "the scan does not see the key that is in use"
    assert [number for number in held if int(number) < present] == []
    assert processes.count(process, looked_for) == {}
    assert processes.status(process)["Seccomp"] == "2"


def test_the_recorder_ends_when_the_notebook_is_wiped(room: Room) -> None:
    from storage import wipe_vault

    recorder = room.record(600, 1, goes_on=True)
    until(lambda: recorder.status.seconds >= 1)
    room.lock(recorder)
    wipe_vault(room.folder)
    assert recorder.wait(10)
    assert not room.folder.exists() or not any(path.is_file() for path in room.folder.rglob("*"))
    room.vault = Vault.create(room.folder.parent / "other", bytearray(PASSPHRASE), cost=KdfCost(8192, 1, 1))


def test_a_recorder_without_a_device_says_so_and_leaves_nothing(room: Room, root: Path) -> None:
    if shutil.which("arecord") and Path("/dev/snd").exists():
        pytest.skip("there may be a microphone here")
    ticket = room.vault.begin_recording(room.interview)
    command = (sys.executable, "-I", "-B", str(root / "desktop" / "__main__.py"), "--recorder")
    recorder = Recorders(command).start(ticket, goes_on=False)
    room.running.append(recorder)
    until(lambda: recorder.status.state == "failed")
    assert recorder.status.problem == "No microphone can be used on this computer."
    assert recorder.wait(60)
    room.take()
    assert list(ticket.incoming.iterdir()) == [] and room.vault.get(ticket.evidence) is None


def test_the_programs_own_command_records_from_a_device_made_of_a_file(
    room: Room, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way, with ALSA's configuration in a home folder of our own, since nothing else of the environment is handed on."""
    if not Path("/usr/share/alsa/alsa.conf").is_file():
        pytest.skip("ALSA is not installed")
    (tmp_path / "in.raw").write_bytes(bytes(range(1, 201)) * RATE)
    device = f'pcm.!default {{ type file slave.pcm "null" file "/dev/null" infile "{tmp_path}/in.raw" format raw }}\n'
    (tmp_path / ".asoundrc").write_text(device, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    ticket = room.vault.begin_recording(room.interview)
    room.evidence = ticket.evidence
    command = (sys.executable, "-I", "-B", str(root / "desktop" / "__main__.py"), "--recorder")
    recorder = Recorders(command).start(ticket, goes_on=False)
    room.running.append(recorder)
    until(lambda: recorder.status.seconds >= 2 or recorder.status.state == "failed")
    assert recorder.status.state == "recording" and recorder.status.level > 0
    recorder.stop()
    assert recorder.wait(60)
    room.take()
    assert room.samples() >= 2 * RATE
    assert {path.name for path in tmp_path.iterdir()} <= {".asoundrc", "in.raw", "notebook"}


HOOKED = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from desktop import hardening, paths
from desktop.recording import Recorders
from storage import KdfCost, Vault
hardening.harden_process()
hardening.install_audit_hook([paths.worker_command(), paths.recorder_command(), paths.lock_screen_command()])
vault = Vault.create(Path(sys.argv[2]), bytearray(b"nobody's"), cost=KdfCost(8192, 1, 1))
recorder = Recorders(paths.recorder_command()).start(vault.begin_recording("none"), goes_on=False)
while recorder.status.state == "starting":
    time.sleep(0.02)
print(recorder.status.state, flush=True)
recorder.let_go()
try:
    Recorders((sys.executable, "-c", "print(1)")).start(vault.begin_recording("none"), goes_on=False)
except hardening.Forbidden as error:
    print("refused", error, flush=True)
recorder.wait()
vault.close()
"""


def test_the_hardened_program_may_start_the_recorder_and_nothing_like_it(root: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-I", "-B", "-c", HOOKED, str(root), str(tmp_path / "notebook")]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    state, refused = done.stdout.splitlines()
    assert state in ("failed", "recording") and refused == "refused subprocess.Popen", done.stderr


def test_an_order_that_is_none_starts_nothing(root: Path) -> None:
    command = [sys.executable, "-I", "-B", str(SCRIPT), str(root), "5", "0"]
    for words in (b"", b"{}\n", b"{}\n" + bytes(31), b"x" * 70_000):
        done = subprocess.run(command, input=words, capture_output=True, check=False, timeout=60)
        assert done.returncode == 1 and done.stdout == b""


def test_asked_to_end_by_the_system_it_seals(room: Room) -> None:
    if sys.platform == "win32":
        pytest.skip("no such signal")
    recorder = room.record(600, 1)
    until(lambda: recorder.status.seconds >= 1)
    recorder._process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert recorder._process.poll() is None, "Ctrl-C in the terminal is not meant for it"
    recorder._process.send_signal(signal.SIGTERM)
    assert recorder.wait(60) and recorder._process.returncode == 0
    room.take()
    assert room.samples() >= RATE
