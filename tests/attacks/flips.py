"""A flipped bit in a header copy, both copies, the database, a journal left by a crash, an attached file (security page 5.5).

    python -m tests.attacks.flips [--flips N] [--seed N]

Whatever is then read (each document, the snapshot, each file) is the truth or is refused. In a journal the truth is the state
before or after the interrupted save, and a mixture must at least be found by the check. Exit code 1 if wrong data is silent.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storage import DaftarError, Vault
from tests.attacks import tracing
from tests.attacks.acts import OLD, make_template

Truth = dict[str, Any]
WORDS = ("рӯзи", "дирӯз", "имрӯз", "нав", "дигар", "акс")
"""What the invented interviews and files can be found by."""
Flip = Callable[[random.Random], list[Path]]


def read_all(vault: Vault) -> Truth:
    """Everything by every door: snapshot, single documents, lists, files, search."""
    docs = vault.snapshot().docs
    single = {type_: {one: vault.get(one) for one in found} for type_, found in docs.items()}
    lists = {type_: {doc["id"]: doc for doc in vault.docs(type_)} for type_ in docs}
    if not single == lists == docs:
        return {"docs": "the doors tell different things"}
    files = {
        one: b"".join(vault.read_blob(one))
        for one, doc in docs.get("evidence", {}).items()
        if doc.get("file")
    }
    found = {word: sorted(hit.id for hit in vault.search(word, 50).hits) for word in WORDS}
    return {"docs": docs, "files": files, "found": found}


def outcome(folder: Path, truths: list[Truth], passphrase: bytes = OLD) -> str:
    """How a notebook answers: `same`, `refused`, `alarm`, `found by the check` (also with `same, `), or `SILENT`."""
    try:
        vault = Vault.open(folder, bytearray(passphrase))
    except DaftarError:
        return "refused"
    try:
        same = "same, " if read_all(vault) in truths else ""
        if vault.alarm is not None:
            return f"{same}alarm"
        if not vault.verify(deep=True).ok:
            return f"{same}found by the check"
        return "same" if same else "SILENT"
    except DaftarError:
        return "refused"
    finally:
        vault._session.abandon()


def flip_one(path: Path, rng: random.Random) -> None:
    """Flip one bit of a file."""
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def crashed(template: Path, place: Path) -> tuple[Path, list[Truth]]:
    """A notebook whose first save was killed just before its journal went; the truth before and after that save."""
    folder, log = place / "crashed" / "vault", place / "trace"
    tracing.fresh(template, folder)
    tracing.run("edit", folder, tracing.Strace(log, "-y", "-e", "trace=fsync,fdatasync"))
    calls = re.findall(r"(fsync|fdatasync)\(\d+<([^>]*)>", log.read_text("latin-1"))
    at = next(number for number, (_, path) in enumerate(calls) if path.endswith("/db"))
    kill = f"inject={calls[at][0]}:signal=SIGKILL:when={sum(name == calls[at][0] for name, _ in calls[: at + 1])}"
    tracing.fresh(template, folder)
    told = tracing.run("edit", folder, tracing.Strace(log, "-e", "trace=" + calls[at][0], "-e", kill))
    assert told.killed and list(folder.glob("*/db-journal")), told
    truths = []
    for name in ("before", "after"):
        copy = Path(shutil.copytree(folder, place / name))
        if name == "after":
            for journal in copy.glob("*/db-journal"):
                journal.unlink()  # the pages were written whole: without the journal this is the save, done
        with Vault.open(copy, bytearray(OLD)) as vault:
            truths.append(read_all(vault))
    assert truths[0] != truths[1]
    return folder, truths


def main() -> int:
    """Flip, read, put back; print one line of figures per kind of file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    place = tracing.scratch("flips")
    began, results = time.monotonic(), Counter[tuple[str, str]]()
    try:
        template = place / "template"
        make_template(template)
        with Vault.open(template, bytearray(OLD)) as vault:
            real = vault._session.ring.container.name
            whole = read_all(vault)
        hot, hot_truths = crashed(template, place)
        kinds: dict[str, tuple[Path, list[Truth], Flip]] = {
            "one header copy": (template, [whole], lambda rng: [at / rng.choice(("A.hdr", "B.hdr"))]),
            "both header copies": (template, [whole], lambda rng: [at / "A.hdr", at / "B.hdr"]),
            "database": (template, [whole], lambda rng: [at / real / "db"]),
            "attached file": (template, [whole], lambda rng: [rng.choice(sorted(at.glob("*/blobs/*/*")))]),
            "journal": (hot, hot_truths, lambda rng: [at / real / "db-journal"]),
        }
        at = place / "flipped" / "vault"
        names = list(kinds)
        for number in range(arguments.flips):
            name = names[number % len(names)]
            source, truths, choose = kinds[name]
            tracing.fresh(source, at)
            for path in choose(rng):
                flip_one(path, rng)
            how = outcome(at, truths)
            results[
                name, "SILENT: unnoticed by the check" if (name, how) == ("database", "same") else how
            ] += 1
    finally:
        shutil.rmtree(place, ignore_errors=True)
    silent = sum(count for (_, how), count in results.items() if how.startswith("SILENT"))
    for (name, how), count in sorted(results.items()):
        print(f"{name}: {how} {count}")
    print(f"flips {sum(results.values())}, wrong {silent}, {time.monotonic() - began:.1f} s")
    return 1 if silent or not results else 0


if __name__ == "__main__":
    sys.exit(main())
