"""Kill a vault with SIGKILL while its passphrase is changed, its key rotated and backups kept, and see who can still open it.

    python tests/bench/kill_keys.py --kills 200 [--seed N]

A child changes the passphrase back and forth, purges, keeps rolling backups and saves a record each round; over a pipe it
tells what it is about to do and what returned. After every kill the passphrase before or after must open without alarm, a
second passphrase and the recovery code must always, every acknowledged record must be there, and only one container of ours.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from storage import KdfCost, SaveRecord, Vault, WrongPassphrase, read_kit

FLOOR = KdfCost(8192, 1, 1)
OFTEN = [f"olma anor gilos tarvuz qovun behi shaftoli {number}" for number in range(2)]
SECOND = "kitob daftar qalam ruchka stol stul deraza"
DIGITS = "00001 00002 00003 00004 00005 00006 00007 00008 00009 00010"


def typed(text: str) -> bytearray:
    return bytearray(text.encode())


def code() -> bytearray:
    import hashlib
    import struct

    plain = struct.pack(">10H", *map(int, DIGITS.split()))
    return read_kit(f"{DIGITS} {int.from_bytes(hashlib.sha256(plain).digest()[:2], 'big'):05d}")


def child(folder: Path, now: int, seed: int, pipe: int) -> None:
    """Work until killed; `now` is the passphrase in force."""
    rng = random.Random(seed)

    def tell(word: str) -> None:
        os.write(pipe, (word + "\n").encode())

    vault = Vault.open(folder, typed(OFTEN[now]))
    while True:
        act = rng.choice(["change", "purge", "backup", "save", "reopen"])
        tell(f"try {act}")
        if act == "change":
            vault.ways_in.change_passphrase(typed(OFTEN[1 - now]))
            now = 1 - now
        elif act == "purge":
            vault.purge()
        elif act == "backup":
            vault.keep_backup()
        elif act == "save":
            vault.write(SaveRecord("interview", {}))
        else:
            vault.close()
            vault = Vault.open(folder, typed(OFTEN[now]))
        tell(f"ack {act}")


def one_kill(folder: Path, now: int, records: int, rng: random.Random) -> tuple[int, int]:
    """Run a child, kill it, check; gives the passphrase now in force and how many records must be there."""
    reading, writing = os.pipe()
    seed, pid = rng.randrange(1 << 30), os.fork()
    if pid == 0:
        os.close(reading)
        with contextlib.suppress(BaseException):
            child(folder, now, seed, writing)
        os._exit(1)
    os.close(writing)
    time.sleep(rng.uniform(0.1, 0.9))
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(reading) as told:
        lines = told.read().splitlines()
    assert os.WIFSIGNALED(status), "the child stopped by itself"
    changes = lines.count("ack change")
    pending = bool(lines) and lines[-1] == "try change"
    records += lines.count("ack save")
    return check(
        folder, (now + changes) % 2, records, pending_change=pending, pending_save=lines[-1:] == ["try save"]
    )


def check(
    folder: Path, now: int, records: int, *, pending_change: bool, pending_save: bool
) -> tuple[int, int]:
    """Nobody is locked out and nothing acknowledged is lost; raises AssertionError."""
    try:
        vault = Vault.open(folder, typed(OFTEN[now]))
    except WrongPassphrase:
        assert pending_change, "the acknowledged passphrase does not open"
        now = 1 - now
        vault = Vault.open(folder, typed(OFTEN[now]))
    with vault:
        assert vault.alarm is None
        found = vault.counts().get("interview", 0)
        assert found in ((records, records + 1) if pending_save else (records,))
        assert vault.verify().ok
        vault.ways_in.check_code(code())
        own = vault._session.ring.container
        assert [path.name for path in folder.glob(f"{own.name[0]}?")] == [own.name]
    Vault.open(folder, typed(SECOND)).close()
    return now, found


def run(kills: int, seed: int) -> int:
    """Do so many kills; gives how many records were acknowledged. Raises AssertionError at the first thing lost."""
    rng, now, records = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        with Vault.create(folder, typed(OFTEN[0]), cost=FLOOR) as vault:
            vault.ways_in.add_passphrase(typed(SECOND))
            vault.ways_in.keep_code(code())
        for _ in range(kills):
            now, records = one_kill(folder, now, records, rng)
    return records


def main() -> int:
    reader = argparse.ArgumentParser()
    reader.add_argument("--kills", type=int, default=200)
    reader.add_argument("--seed", type=int, default=1)
    options = reader.parse_args()
    records = run(options.kills, options.seed)
    print(f"kills {options.kills}   locked out 0   lost 0 of {records} records   containers left over 0")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
