"""Two hours of sound through five locks, and fifty kills: `python tests/bench/record_locks.py [--hours H] [--kills N]`.

Each lock is a real one: a process opens the notebook, finds or starts the recorder, and is replaced by another program,
as the window is by the lock screen. Prints what was lost, in seconds of sound, and how large it is.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
PASSPHRASE = b"not a passphrase of anybody"
INVENTED = ROOT / "tests" / "desktop" / "recording_from_file.py"
RATE = 48_000


def open_notebook(folder: Path) -> Any:
    from storage import Vault

    return Vault.open(folder, bytearray(PASSPHRASE))


def window(folder: Path, start: str, seconds: float) -> None:
    """The life of one window: unlock, take in, perhaps begin to record, then be replaced by a program that only waits."""
    from desktop.recording import Recorders
    from storage import TakeInRecordings

    vault = open_notebook(folder)
    vault.write(TakeInRecordings())
    if start:
        interview = next(iter(vault.docs("interview")))["id"]
        command = (sys.executable, "-I", "-B", str(INVENTED), str(ROOT), str(seconds), "0")
        Recorders(command).start(vault.begin_recording(interview), goes_on=True)
        time.sleep(1)
    live = vault.live_recordings()
    vault.close()
    sys.stdout.write(json.dumps({"live": len(live)}) + "\n")
    sys.stdout.flush()
    os.execv("/bin/sleep", ["/bin/sleep", "1"])  # nothing of this process is left but its children


def run_window(folder: Path, start: str, seconds: float) -> int:
    """One window from unlock to lock; how many recorders it saw."""
    words = [sys.executable, __file__, "--window", str(folder), start, str(seconds)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    return int(json.loads(done.stdout.split(b"\n")[0])["live"])


def two_hours(hours: float, locks: int) -> None:
    from desktop.sound_opus import decode
    from storage import KdfCost, TakeInRecordings, Vault
    from storage.operations import SaveRecord

    given = hours * 3600
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "notebook"
        with Vault.create(folder, bytearray(PASSPHRASE), cost=KdfCost(8192, 1, 1)) as vault:
            vault.write(SaveRecord("interview", {"languages": ["tg"]}))
        began = time.monotonic()
        seen = [run_window(folder, "start", given)]
        for _ in range(locks - 1):
            time.sleep(max(1.0, given / 60 / locks))
            seen.append(run_window(folder, "", 0))
        with open_notebook(folder) as vault:
            pages = b""
            while (live := vault.live_recordings()) and len(pages) < given * 200_000:
                time.sleep(2)
                vault.write(TakeInRecordings())
                doc = next(iter(vault.docs("evidence")))
                before, size = len(pages), int(doc["file"]["size"])
                if size == before:
                    live[0].commands.say("stop")  # the invented microphone has nothing more to give
                pages = bytes(size)
            vault.write(TakeInRecordings())
            doc = next(iter(vault.docs("evidence")))
            pages = b"".join(vault.read_blob(doc["id"]))
            lasted = time.monotonic() - began
            sound = vault.verify(deep=True).ok
            disk = sum(path.stat().st_size for path in folder.rglob("blobs/*/*"))
            parts = len(doc["file"]["blobs"])
        kept = len(decode(pages)) / 2 / RATE
    print(
        f"{hours} h through {len(seen)} locks (recorders seen alive at each: {seen}): {given - kept:.3f} s lost,"
        f" {len(pages) / 1e6:.1f} MB ({len(pages) * 8 / given / 1000:.1f} kbit/s), {parts} parts, {disk / 1e6:.1f} MB on the"
        f" disk, notebook sound: {sound}, {lasted:.0f} s of work"
    )


def kills(count: int) -> None:
    from desktop.recording import Recorders
    from desktop.sound_opus import decode
    from storage import KdfCost, TakeInRecordings, Vault
    from storage.operations import SaveRecord

    dice, lost = random.Random(7), []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "notebook"
        vault = Vault.create(folder, bytearray(PASSPHRASE), cost=KdfCost(8192, 1, 1))
        interview = next(iter(vault.write(SaveRecord("interview", {"languages": ["tg"]})).created))[1]
        for number in range(count):
            told = Path(scratch) / f"heard-{number}"
            command = (sys.executable, "-I", "-B", str(INVENTED), str(ROOT), "3600", "1", str(told))
            ticket = vault.begin_recording(interview)
            evidence = ticket.evidence
            recorder = Recorders(command).start(ticket, goes_on=True)
            until = time.monotonic() + 60
            while recorder.status.seconds < 1 and time.monotonic() < until:
                time.sleep(0.02)
            time.sleep(dice.uniform(0, 4))
            if number % 2:  # the window first, then its recorder
                recorder.let_go()
                vault.close()
                time.sleep(dice.uniform(0, 0.2))
            recorder._process.kill()
            recorder._process.wait()
            heard = told.stat().st_size / 10
            recorder.let_go()
            if number % 2:
                vault = open_notebook(folder)
            vault.write(TakeInRecordings())
            kept = len(decode(b"".join(vault.read_blob(evidence)))) / 2 / RATE
            lost.append(heard - kept)
        sound = vault.verify(deep=True).ok
        vault.close()
    print(
        f"{count} kills (every second one of the window too): at most {max(0.0, *lost):.2f} s of what the microphone"
        f" had given was lost, in the middle {sorted(lost)[len(lost) // 2]:.2f} s, {len([one for one in lost if one > 2])} over 2 s, notebook sound: {sound}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--locks", type=int, default=5)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--window", nargs=3)
    options = parser.parse_args()
    if options.window:
        folder, start, seconds = options.window
        window(Path(folder), start, float(seconds))
    if options.hours:
        two_hours(options.hours, options.locks)
    if options.kills:
        kills(options.kills)


if __name__ == "__main__":
    main()
