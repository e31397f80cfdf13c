"""How fast it is on little: everything on one core of this machine, beside the targets for an old laptop.

    python tests/bench/bench_old_hardware.py [--interviews 2000] [--attachment MIB] [--json]

Unlocking with the cost a new notebook gets here, locking of the real window (Linux: until the process that held the keys is
gone), wiping, saving, and attaching one file. Every save waits for the disk; how often is counted with strace where it is there,
because a turning disk needs about 20 ms each time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from storage import AttachFile, KdfCost, SaveRecord, Vault, destroy_keys, import_file, wipe_vault
from storage.crypto import choose_cost
from tests.bench.bench_vault import generate

FLOOR = KdfCost(8192, 1, 1)
TARGETS = {"unlock": 3.0, "lock": 0.3, "wipe": 1.0, "save": 0.15, "attach 1 GB": 60.0}


def typed() -> bytearray:
    return bytearray(b"bench")


def took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def one_core() -> None:
    """Stay on one core from now on, with every thread and child to come."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def unlocking(place: Path) -> dict[str, Any]:
    """Five openings under the cost that is chosen for a new documenter's notebook on this machine."""
    cost = choose_cost("documenter")
    folder = place / "costly"
    Vault.create(folder, typed(), cost=cost).close()
    one_core()
    begun = time.process_time()
    times = [took(lambda: Vault.open(folder, typed()).close()) for _ in range(5)]
    return {
        "unlock": statistics.median(times),
        "unlock, processor": (time.process_time() - begun) / 5,
        "cost": f"{cost.memory_kib >> 10} MiB, {cost.iterations} passes, {cost.lanes} lanes",
    }


def saving(vault: Vault, count: int = 200) -> dict[str, Any]:
    """Edits of random interviews, each durable when it returns."""
    drawn = random.Random(5)
    rows = vault.rows("interview", 0, 500)
    times = []
    for number in range(count):
        doc = vault.get(drawn.choice(rows).id) or {}
        doc["narratives"][0]["text"] += f" {number}"
        times.append(took(lambda doc=doc: vault.write(SaveRecord("interview", doc, doc["id"]))))  # type: ignore[misc]
    times.sort()
    return {"save": times[-count // 20], "save median": statistics.median(times), "save worst": times[-1]}


def syncs_of_a_save(folder: Path) -> float | None:
    """How often one save waits for the disk."""
    if shutil.which("strace") is None:
        return None
    words = [
        "strace",
        "-f",
        "-qq",
        "-e",
        "trace=fsync,fdatasync",
        sys.executable,
        __file__,
        "--saves",
        str(folder),
    ]
    said = subprocess.run(words, capture_output=True, encoding="utf-8", check=False).stderr
    counted = said.split("BEGIN")[-1].split("END")[0]
    return len(re.findall(r"f(?:data)?sync\(", counted)) / 20


def saves_for_counting(folder: Path) -> None:
    """Twenty saves between two words on standard error."""
    with Vault.open(folder, typed()) as vault:
        saving(vault, 2)
        os.write(2, b"BEGIN")
        saving(vault, 20)
        os.write(2, b"END")


def attaching(folder: Path, place: Path, mib: int) -> dict[str, Any]:
    """One file of random bytes, and reading it back."""
    source = place / "film.bin"
    with source.open("wb", buffering=0) as file:
        for _ in range(mib):
            file.write(os.urandom(1 << 20))
    with Vault.open(folder, typed()) as vault:
        evidence = next(iter(vault.write(SaveRecord("evidence", {"title": "film"})).created))[1]
        attach = took(lambda: vault.write(AttachFile(evidence, source, "film.bin")))
        read = took(lambda: sum(len(piece) for piece in vault.read_blob(evidence)))
    source.unlink()
    gigabyte = attach * 1000 / (mib * 1.048576)
    return {f"attach {mib} MiB": attach, f"read {mib} MiB": read, "attach 1 GB": gigabyte}


def locking(folder: Path) -> dict[str, Any]:
    """The real window, opened on the notebook, told to lock: until the process has become the lock screen."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    times = []
    for _ in range(7):
        program = subprocess.Popen(
            [sys.executable, "-B", __file__, "--window", str(folder)], env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert program.stdin is not None and program.stdout is not None
        if program.stdout.readline() != b"open\n":
            program.kill()
            continue
        words = Path(f"/proc/{program.pid}/cmdline")
        begun, before = time.perf_counter(), words.read_bytes()
        program.stdin.write(b"lock\n")
        program.stdin.flush()
        while words.read_bytes() == before and time.perf_counter() - begun < 20:
            time.sleep(0.001)
        times.append(time.perf_counter() - begun)
        program.kill()
        program.wait()
    return (
        {"lock": statistics.median(times), "lock, best": min(times), "lock, worst": max(times)}
        if times
        else {}
    )


def window(folder: Path) -> int:
    """The window of `locking`: opens, says so, and locks at a word on standard input."""
    from dataclasses import replace

    from PySide6.QtCore import QSocketNotifier, QTimer

    from desktop import autolock
    from ui.app import App, make_application
    from ui.gallery.__main__ import make_program

    application = make_application(["bench"])
    app = App(replace(make_program(folder), lock=autolock.lock))
    app.show()
    app.gate_model.choose_existing(folder)
    app.gate_model.unlock(typed())
    told = QTimer()

    def look() -> None:
        if app.window.shell is not None and app.jobs.is_idle:
            told.stop()
            os.write(1, b"open\n")

    told.timeout.connect(look)
    told.start(50)
    notice = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notice.activated.connect(lambda *_: app.lock())
    return application.exec()


def wiping(folder: Path, place: Path) -> dict[str, Any]:
    """The keys alone, then the whole folder with all its files."""
    other = place / "for the keys"
    shutil.copytree(folder, other, ignore=lambda at, names: ["blobs"] if Path(at).name[1:] == "a" else [])
    keys = took(lambda: destroy_keys(other))
    return {"wipe": keys, "wipe with all files": took(lambda: wipe_vault(folder))}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--interviews", type=int, default=2000)
    parser.add_argument("--attachment", type=int, default=256, help="MiB")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--saves", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.saves is not None:
        saves_for_counting(asked.saves)
        return 0
    if asked.window is not None:
        return window(asked.window)
    place = Path(tempfile.mkdtemp(prefix="bench"))
    try:
        found = unlocking(place)
        folder, source = place / "notes", place / "in.json"
        generate(source, asked.interviews, 1)
        with Vault.create(folder, typed(), cost=FLOOR) as vault:
            import_file(vault, source)
            found |= saving(vault)
        found["syncs of a save"] = syncs_of_a_save(folder)
        found |= attaching(folder, place, asked.attachment)
        if sys.platform == "linux":
            found |= locking(folder)
        found |= wiping(folder, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    tell(found, asked.json)
    return 0 if all(found.get(name, 0) <= target for name, target in TARGETS.items()) else 1


def tell(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
        return
    for name, figure in found.items():
        target = f"   target on an old laptop {TARGETS[name]:g} s" if name in TARGETS else ""
        words = f"{figure:.3f} s" if isinstance(figure, float) and "syncs" not in name else str(figure)
        sys.stdout.write(f"{name:22} {words}{target}\n")


if __name__ == "__main__":
    sys.exit(main())
