"""Kill a working vault with SIGKILL at random moments and look at what is left.

    python tests/bench/kill_vault.py --kills 1000 [--seed N]

A child edits, attaches, imports, deletes, keeps drafts, changes its passphrase, purges, keeps rolling backups, closes and
reopens; over a pipe it tells what it is about to do (`try`) and what returned (`ack`). After every kill the passphrase before
or after must open without alarm, a second passphrase and the recovery code always; the vault must hold everything
acknowledged, nothing half done, no second container of its own, and pass the page, log, blob, index and derived-table checks.
Prints one line of figures; exit code 1 if anything was lost. `--only keys` leaves out what does not change keys.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import select
import shutil
import signal
import struct
import sys
import tempfile
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from storage import (
    AttachFile,
    DeleteRecord,
    ImportRecords,
    KdfCost,
    SaveDraft,
    SaveRecord,
    Vault,
    WrongPassphrase,
    parse_interchange,
    read_kit,
)

FLOOR = KdfCost(8192, 1, 1)
FRESH_VAULT_EVERY = 20  # kills; so that the checks of a long run stay short
WORDS = ["река", "камень", "дом", "yoʻl", "daraxt", "kitob", "хона", "дарё", "сухан", "şəhər", "yol", "dağ"]


OFTEN = ("olma anor gilos tarvuz qovun behi shaftoli", "olma anor gilos tarvuz qovun behi oʻrik")
SECOND = "kitob daftar qalam ruchka stol stul deraza"


def typed(text: str) -> bytearray:
    return bytearray(text.encode())


def code() -> bytearray:
    """A recovery code, as it is read from its digits."""
    plain = struct.pack(">10H", *range(1, 11))
    groups = [*range(1, 11), int.from_bytes(hashlib.sha256(plain).digest()[:2], "big")]
    return read_kit(" ".join(f"{group:05d}" for group in groups))


def digest(doc: dict[str, Any] | None) -> str | None:
    return None if doc is None else hashlib.sha256(json.dumps(doc, sort_keys=True).encode()).hexdigest()


# ---- the child


class Worker:
    """Does random work and tells about it."""

    def __init__(self, folder: Path, now: int, seed: int, pipe: int) -> None:
        self.folder, self.rng, self.pipe, self.now = folder, random.Random(seed), pipe, now
        self.vault = Vault.open(folder, typed(OFTEN[now]))

    def tell(self, word: str, **facts: Any) -> None:
        os.write(self.pipe, (json.dumps({"word": word, **facts}) + "\n").encode())

    def run(self, only_keys: bool) -> None:
        keys = [self.change_passphrase] * 2 + [self.purge] * 2 + [self.keep_backup] + [self.reopen]
        words = [self.edit] * 8 + [self.attach] * 3 + [self.take_in] * 2 + [self.remove] + [self.draft] * 3
        jobs = [*keys, self.draft] if only_keys else keys + words
        while True:
            self.rng.choice(jobs)()

    def change_passphrase(self) -> None:
        self.tell("try", kind="passphrase")
        self.vault.ways_in.change_passphrase(typed(OFTEN[1 - self.now]))
        self.now = 1 - self.now
        self.tell("ack", now=self.now)

    def purge(self) -> None:
        self.tell("try", kind="purge")
        self.vault.purge()
        self.tell("ack")

    def keep_backup(self) -> None:
        self.tell("try", kind="rolling")
        self.vault.keep_backup()
        self.tell("ack")

    def text(self, words: int) -> str:
        return " ".join(self.rng.choice(WORDS) for _ in range(words))

    def ids(self, type_: str) -> list[str]:
        return sorted(doc["id"] for doc in self.vault.docs(type_))

    def edit(self) -> None:
        known = self.ids("interview")
        if known and self.rng.random() < 0.6:
            record_id = self.rng.choice(known)
            doc = self.vault.get(record_id) or {}
        else:
            record_id, doc = str(uuid.UUID(int=self.rng.getrandbits(128), version=4)), {}
        narrative = {"id": uuid.UUID(int=self.rng.getrandbits(128)).hex, "language": "ru", "kind": "original"}
        doc["narratives"] = [{**narrative, "text": self.text(self.rng.choice([5, 200, 2000]))}]
        self.tell("try", kind="edit", ids=[record_id], text=doc["narratives"][0]["text"])
        self.vault.write(SaveRecord("interview", doc, record_id))
        self.tell("ack", docs={record_id: digest(self.vault.get(record_id))})

    def attach(self) -> None:
        record_id = str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
        self.tell("try", kind="new", ids=[record_id])
        self.vault.write(SaveRecord("evidence", {"title": self.text(3)}, record_id))
        self.tell("ack", docs={record_id: digest(self.vault.get(record_id))})
        data = self.rng.randbytes(self.rng.choice([10, 70_000, 400_000]))
        self.tell("try", kind="attach", ids=[record_id])
        self.vault.write(AttachFile(record_id, data, "proof.bin"))
        doc = digest(self.vault.get(record_id))
        self.tell("ack", docs={record_id: doc}, blobs={record_id: hashlib.sha256(data).hexdigest()})

    def take_in(self) -> None:
        ids = [
            str(uuid.UUID(int=self.rng.getrandbits(128), version=4)) for _ in range(self.rng.choice([3, 40]))
        ]
        persons = [
            {"id": one, "names": [{"full": self.text(2), "language": "ru", "kind": "legal"}]} for one in ids
        ]
        path = self.folder.parent / "in.json"
        path.write_text(json.dumps({"format": "daftar-interchange/1", "persons": persons}), "utf-8")
        parsed = parse_interchange(path, known=self.vault)
        self.tell("try", kind="import", ids=ids)
        self.vault.write(ImportRecords(parsed))
        self.tell("ack", docs={one: digest(self.vault.get(one)) for one in ids})

    def remove(self) -> None:
        known = self.ids("evidence")
        if known:
            record_id = self.rng.choice(known)
            self.tell("try", kind="delete", ids=[record_id])
            self.vault.write(DeleteRecord(record_id, erase=self.rng.random() < 0.7))
            self.tell("ack", docs={record_id: None}, blobs={record_id: None})

    def draft(self) -> None:
        text = self.text(self.rng.choice([3, 300]))
        self.tell("try", kind="draft", draft=text)
        self.vault.write(SaveDraft("editor", None, text))
        self.tell("ack", draft=text)

    def reopen(self) -> None:
        self.tell("try", kind="close")
        self.vault.close()
        self.vault = Vault.open(self.folder, typed(OFTEN[self.now]))
        self.tell("ack")


# ---- the parent


@dataclass
class Expected:
    """What was acknowledged, and what was in flight when the child died."""

    docs: dict[str, str | None] = field(default_factory=dict)
    blobs: dict[str, str | None] = field(default_factory=dict)
    draft: str | None = None
    now: int = 0
    flying: dict[str, Any] | None = None
    acknowledged: Counter[str] = field(default_factory=Counter)

    def hear(self, line: str) -> None:
        said = json.loads(line)
        if said["word"] == "try":
            self.flying = said
            return
        self.acknowledged[(self.flying or {}).get("kind", "")] += 1
        self.flying = None
        self.now = said.get("now", self.now)
        self.docs |= said.get("docs", {})
        self.blobs |= said.get("blobs", {})
        self.draft = said.get("draft", self.draft)


def run_child(folder: Path, only_keys: bool, expected: Expected, rng: random.Random) -> None:
    """Let a child work for a random while, kill it, hear what it still said."""
    reading, writing = os.pipe()
    seed, child = rng.getrandbits(64), os.fork()
    if child == 0:
        os.close(reading)
        try:
            Worker(folder, expected.now, seed, writing).run(only_keys)
        finally:
            os._exit(3)  # reached only by a bug: the parent then finds an early end of the pipe
    os.close(writing)
    until = time.monotonic() + rng.uniform(0.005, 0.6)
    heard = b""
    ended = False
    while (left := until - time.monotonic()) > 0 and not ended:
        if select.select([reading], [], [], left)[0]:
            piece = os.read(reading, 65536)
            ended = not piece
            heard += piece
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reading, 65536):
        heard += piece
    os.close(reading)
    for line in heard.decode().split("\n")[:-1]:
        expected.hear(line)
    if ended:
        raise SystemExit("the child ended by itself: see its traceback above")


def examine(folder: Path, expected: Expected) -> list[str]:
    """Open the vault and compare it with what was acknowledged; gives what is wrong."""
    wrong: list[str] = []
    vault = open_after(folder, expected, wrong)
    with contextlib.closing(vault):
        wrong += examine_keys(vault, folder)
        flying = expected.flying or {}
        uncertain = set(flying.get("ids", ()))
        for record_id, known in expected.docs.items():
            if record_id not in uncertain and digest(vault.get(record_id)) != known:
                wrong.append(f"acknowledged record {record_id} is lost or changed")
        wrong += examine_flying(vault, flying, expected)
        for evidence_id, known in expected.blobs.items():
            if known and evidence_id not in uncertain:
                read = hashlib.sha256()
                for piece in vault.read_blob(evidence_id):
                    read.update(piece)
                if read.hexdigest() != known:
                    wrong.append(f"acknowledged file of {evidence_id} is lost or changed")
        drafts = [draft.text for draft in vault.drafts()]
        if expected.draft is not None and flying.get("kind") != "draft" and expected.draft not in drafts:
            wrong.append("acknowledged draft is lost")
        report = vault.verify(deep=True)
        if not report.ok:
            wrong.append(f"verify: {report.to_json()}")
        if vault.search("kitob").hits and not uncertain:
            expected.acknowledged["found again"] += 1
        for record_id in uncertain:
            expected.docs[record_id] = digest(vault.get(record_id))
            expected.blobs.pop(record_id, None)
        expected.draft = drafts[0] if drafts else None
    expected.flying = None
    try:
        Vault.open(folder, typed(SECOND)).close()
    except WrongPassphrase:
        wrong.append("the second passphrase does not open")
    return wrong


def open_after(folder: Path, expected: Expected, wrong: list[str]) -> Vault:
    """Open with the passphrase in force; with the other one if its change was in flight."""
    try:
        return Vault.open(folder, typed(OFTEN[expected.now]))
    except WrongPassphrase:
        if (expected.flying or {}).get("kind") != "passphrase":
            wrong.append("the acknowledged passphrase does not open")
        expected.now = 1 - expected.now
        return Vault.open(folder, typed(OFTEN[expected.now]))


def examine_keys(vault: Vault, folder: Path) -> list[str]:
    """The recovery code opens, nothing raises an alarm, no container of ours is left over."""
    wrong = [] if vault.alarm is None else ["alarm at opening"]
    try:
        vault.ways_in.check_code(code())
    except WrongPassphrase:
        wrong.append("the recovery code does not open")
    own = vault._session.ring.container
    if [path.name for path in folder.glob(f"{own.name[0]}?")] != [own.name]:
        wrong.append("a container is left over")
    return wrong


def examine_flying(vault: Vault, flying: dict[str, Any], expected: Expected) -> list[str]:
    """What was in flight happened whole or not at all."""
    ids = flying.get("ids", [])
    if flying.get("kind") == "import" and len({vault.get(one) is None for one in ids}) > 1:
        return ["an import was done in part"]
    if flying.get("kind") == "edit":
        doc = vault.get(ids[0])
        if digest(doc) != expected.docs.get(ids[0]) and (
            not doc or doc["narratives"][0]["text"] != flying["text"]
        ):
            return ["an edit left neither the old nor the new text"]
    return []


def make(folder: Path) -> None:
    """A new vault with all ways in."""
    with Vault.create(folder, typed(OFTEN[0]), cost=FLOOR) as vault:
        vault.ways_in.add_passphrase(typed(SECOND))
        vault.ways_in.keep_code(code())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=int(os.environ.get("DAFTAR_KILLS", "50")))
    parser.add_argument("--seed", type=int, default=20260501)
    parser.add_argument("--only", choices=("keys",))
    parser.add_argument("--place", help="a folder to work in; one in memory is faster")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    place = Path(tempfile.mkdtemp(prefix="daftar-kills-", dir=arguments.place))
    began, failures = time.monotonic(), 0
    acknowledged, in_flight = Counter[str](), Counter[str]()
    expected, folder = Expected(), place
    try:
        for number in range(arguments.kills):
            if number % FRESH_VAULT_EVERY == 0:
                acknowledged += expected.acknowledged
                expected, folder = Expected(), place / str(number) / "vault"
                make(folder)
            run_child(folder, arguments.only == "keys", expected, rng)
            if expected.flying is not None:
                in_flight[expected.flying["kind"]] += 1
            for problem in examine(folder, expected):
                failures += 1
                print(f"kill {number}: {problem}", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    acknowledged += expected.acknowledged
    found_again = acknowledged.pop("found again", 0)
    for name, tally in (("acknowledged", acknowledged), ("in flight", in_flight)):
        print(f"{name}: " + ", ".join(f"{kind} {count}" for kind, count in sorted(tally.items())))
    print(
        f"kills {arguments.kills}, acknowledged {acknowledged.total()}, in flight {in_flight.total()},"
        f" searches that found {found_again}, lost or corrupt {failures}, {time.monotonic() - began:.1f} s"
    )
    return 1 if failures or not acknowledged else 0


if __name__ == "__main__":
    sys.exit(main())
