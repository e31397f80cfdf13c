"""Puts one part of a notebook in the place of another, or an old one in the place of the new (security page 5.6).

    python -m tests.attacks.exchanges

Whoever holds the folder, and for some attacks even the key, exchanges pages, files, headers, rows. Nothing may be silently
wrong; how each is found stands beside it. Prints one line for each attack; exit code 1 if one was answered otherwise.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from storage import AttachFile, DeleteRecord, SaveRecord, Vault
from storage.db import Database
from tests.attacks import tracing
from tests.attacks.acts import FLOOR, OLD, make_template, narrative, record_id
from tests.attacks.flips import Truth, crashed, outcome, read_all

PAGE = 4096
HEADERS = ("A.hdr", "B.hdr")
STATES = slice(3152, 3440)


@dataclass
class Scene:
    """A notebook of yesterday and the same today: edited, a file more, one erased, closed. `at` is attacked."""

    yesterday: Path
    today: Path
    at: Path
    real: str
    truth: Truth
    rng: random.Random

    @classmethod
    def build(cls, place: Path) -> Scene:
        """Make both."""
        today = place / "today" / "vault"
        make_template(today)
        with Vault.open(today, bytearray(OLD)) as vault:
            real = vault._session.ring.container.name
            vault.write(SaveRecord("interview", narrative("дирӯз " * 40), record_id(70)))
        yesterday = Path(shutil.copytree(today, place / "yesterday"))
        with Vault.open(today, bytearray(OLD)) as vault:
            vault.write(SaveRecord("interview", narrative("имрӯз " * 40), record_id(70)))
            vault.write(SaveRecord("interview", narrative("нав " * 40), record_id(71)))
            vault.write(AttachFile(record_id(20), b"another" * 9000, "photo.jpg"))
            vault.write(DeleteRecord(record_id(21), erase=True))
        # Read from a copy: searching would index the words that still wait in the notebook to be attacked.
        with Vault.open(Path(shutil.copytree(today, place / "read")), bytearray(OLD)) as vault:
            truth = read_all(vault)
        return cls(yesterday, today, place / "at" / "vault", real, truth, random.Random(6))

    def fresh(self, of: Path | None = None) -> Path:
        """Put today's notebook (or another) in place; gives its database."""
        tracing.fresh(of or self.today, self.at)
        return self.at / self.real / "db"

    @property
    def other(self) -> str:
        """The container that is not real."""
        return next(path.name for path in self.today.glob("[01]a") if path.name != self.real)

    def blobs(self, folder: Path) -> list[Path]:
        """The attached files of a notebook."""
        return sorted((folder / self.real / "blobs").glob("*/*"))


def put_page(database: Path, number: int, page: bytes) -> None:
    """Write a page over the one there."""
    with database.open("r+b") as file:
        file.seek(number * PAGE)
        file.write(page)


def page_of(data: bytes, number: int) -> bytes:
    """One page of a database's bytes."""
    return data[number * PAGE : (number + 1) * PAGE]


# Each attack lays out `scene.at` and yields; then its answer is heard.
Exchange = Callable[[Scene], Iterator[None]]


def two_pages_swapped(scene: Scene) -> Iterator[None]:
    """Two pages of the database change places."""
    whole = scene.fresh().read_bytes()
    for _ in range(25):
        database = scene.fresh()
        one, other = scene.rng.sample(range(len(whole) // PAGE), 2)
        put_page(database, one, page_of(whole, other))
        put_page(database, other, page_of(whole, one))
        yield


def page_of_the_other_container(scene: Scene) -> Iterator[None]:
    """A page of the other container in the same place."""
    foreign = (scene.today / scene.other / "db").read_bytes()
    for number in range(0, len(foreign) // PAGE, 7):
        put_page(scene.fresh(), number, page_of(foreign, number))
        yield


def changed_pages(scene: Scene) -> tuple[bytes, list[int]]:
    """Yesterday's database, and which of its pages differ today."""
    old, new = (folder / scene.real / "db" for folder in (scene.yesterday, scene.today))
    old_data, new_data = old.read_bytes(), new.read_bytes()
    count = min(len(old_data), len(new_data)) // PAGE
    return old_data, [n for n in range(count) if page_of(old_data, n) != page_of(new_data, n)]


def one_old_page(scene: Scene) -> Iterator[None]:
    """A page of yesterday in its own place."""
    old, changed = changed_pages(scene)
    for number in changed:
        put_page(scene.fresh(), number, page_of(old, number))
        yield


def some_old_pages(scene: Scene) -> Iterator[None]:
    """Any set of yesterday's pages in their own places."""
    old, changed = changed_pages(scene)
    for _ in range(40):
        database = scene.fresh()
        for number in scene.rng.sample(changed, scene.rng.randrange(2, len(changed))):
            put_page(database, number, page_of(old, number))
        yield


def cut_at_a_page(scene: Scene) -> Iterator[None]:
    """The database ends earlier, at the edge of a page."""
    size = scene.fresh().stat().st_size
    for less in (1, 2, 3, size // PAGE // 2, size // PAGE - 1, size // PAGE):
        with scene.fresh().open("r+b") as file:
            file.truncate(size - less * PAGE)
        yield


def old_database(scene: Scene) -> Iterator[None]:
    """Yesterday's whole database in today's folder."""
    shutil.copy(scene.yesterday / scene.real / "db", scene.fresh())
    yield


def old_container(scene: Scene) -> Iterator[None]:
    """Yesterday's whole container, files and all, under today's headers."""
    scene.fresh()
    shutil.rmtree(scene.at / scene.real)
    shutil.copytree(scene.yesterday / scene.real, scene.at / scene.real)
    yield


def containers_swapped(scene: Scene) -> Iterator[None]:
    """The two containers change their names."""
    scene.fresh()
    (scene.at / scene.real).rename(scene.at / "x")
    (scene.at / scene.other).rename(scene.at / scene.real)
    (scene.at / "x").rename(scene.at / scene.other)
    yield


def stale_journal(scene: Scene) -> Iterator[None]:
    """The journal of yesterday's interrupted save beside today's database: rolling it back mixes old pages in."""
    place = scene.at.parent.parent / "stale"
    hot, _ = crashed(scene.yesterday, place)
    (journal,) = (hot / scene.real).glob("db-journal")
    shutil.copy(journal, scene.fresh().parent)
    yield


def rolling_backup_as_database(scene: Scene) -> Iterator[None]:
    """A rolling backup in the place of the database."""
    scene.fresh()
    with Vault.open(scene.at, bytearray(OLD)) as vault:
        vault.keep_backup()
    shutil.copy(scene.at / scene.real / "backup" / "1", scene.at / scene.real / "db")
    yield


def one_old_header(scene: Scene) -> Iterator[None]:
    """Yesterday's header in the place of one copy."""
    for name in HEADERS:
        scene.fresh()
        shutil.copy(scene.yesterday / name, scene.at / name)
        yield


def both_old_headers(scene: Scene) -> Iterator[None]:
    """Yesterday's headers with today's database: to the program a crash before the last sealing."""
    scene.fresh()
    for name in HEADERS:
        shutil.copy(scene.yesterday / name, scene.at / name)
    yield


def old_headers_after_a_purge(scene: Scene) -> Iterator[None]:
    """Today's headers after a purge: their key is of a container that is gone."""
    scene.fresh()
    with Vault.open(scene.at, bytearray(OLD)) as vault:
        vault.purge()
    for name in HEADERS:
        shutil.copy(scene.today / name, scene.at / name)
    yield


def old_state(scene: Scene) -> Iterator[None]:
    """Yesterday's sealed states in today's headers: one copy, or both."""
    for names in (HEADERS[:1], HEADERS[1:], HEADERS):
        scene.fresh()
        for name in names:
            header = bytearray((scene.at / name).read_bytes())
            header[STATES] = (scene.yesterday / name).read_bytes()[STATES]
            header[4064:] = hashlib.sha256(header[:4064]).digest()
            (scene.at / name).write_bytes(header)
        yield


def headers_of_another_notebook(scene: Scene) -> Iterator[None]:
    """The headers of another notebook with the same passphrase."""
    stranger = scene.at.parent.parent / "stranger"
    shutil.rmtree(stranger, ignore_errors=True)
    Vault.create(stranger, bytearray(OLD), cost=FLOOR).close()
    scene.fresh()
    for name in HEADERS:
        shutil.copy(stranger / name, scene.at / name)
    yield


def files_swapped(scene: Scene) -> Iterator[None]:
    """Two attached files change their names."""
    scene.fresh()
    one, other = scene.blobs(scene.at)[:2]
    data = one.read_bytes()
    shutil.copy(other, one)
    other.write_bytes(data)
    yield


def file_cut(scene: Scene) -> Iterator[None]:
    """An attached file ends earlier."""
    for less in (1, 16, PAGE, 1 << 14):
        scene.fresh()
        path = scene.blobs(scene.at)[0]
        path.write_bytes(path.read_bytes()[:-less])
        yield


def file_gone(scene: Scene) -> Iterator[None]:
    """An attached file is removed."""
    scene.fresh()
    scene.blobs(scene.at)[0].unlink()
    yield


def erased_file_put_back(scene: Scene) -> Iterator[None]:
    """A file that was erased lies there again: it is swept away."""
    scene.fresh()
    now = {path.name for path in scene.blobs(scene.at)}
    back = next(path for path in scene.blobs(scene.yesterday) if path.name not in now)
    target = scene.at / back.relative_to(scene.yesterday)
    target.parent.mkdir(exist_ok=True)
    shutil.copy(back, target)
    yield


def _with_the_key(scene: Scene, *changes: str) -> None:
    """Change rows as somebody would who has the vault key."""
    scene.fresh()
    vault = Vault.open(scene.at, bytearray(OLD))
    database: Database = vault._session.database
    guards = database.all("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    with database.transaction():
        for name, _ in guards:
            database.execute(f"DROP TRIGGER {name}")
        for sql in changes:
            database.execute(sql)
        for _, sql in guards:
            database.execute(sql)
    vault._session.abandon()


def log_row_rewritten(scene: Scene) -> Iterator[None]:
    """With the key: what an event of the log says is changed, its hash left."""
    for number in (1, 5):
        _with_the_key(
            scene,
            f"UPDATE log SET event = CAST(replace(CAST(event AS TEXT), '\"v\":1', '\"v\":2') AS BLOB) WHERE n = {number}",
        )
        yield


def log_head_rewritten(scene: Scene) -> Iterator[None]:
    """With the key: the last hash of the log is changed."""
    _with_the_key(scene, "UPDATE log SET head = zeroblob(32) WHERE n = (SELECT max(n) FROM log)")
    yield


def log_shortened(scene: Scene) -> Iterator[None]:
    """With the key: the last events are taken away."""
    _with_the_key(scene, "DELETE FROM log WHERE n > (SELECT max(n) FROM log) - 2")
    yield


_ELSE = "CAST(replace(CAST({0} AS TEXT), 'имрӯз', 'фардо') AS BLOB)"
_DOCUMENT = f"UPDATE documents SET doc = {_ELSE.format('doc')} WHERE id = '{record_id(70)}'"
_LAST = f"n = (SELECT max(n) FROM revisions WHERE record = '{record_id(70)}')"


def document_rewritten(scene: Scene) -> Iterator[None]:
    """With the key: what a record says now is changed, its revisions left."""
    _with_the_key(scene, _DOCUMENT)
    yield


def revision_rewritten(scene: Scene) -> Iterator[None]:
    """With the key: the last revision and the document say something else."""
    _with_the_key(scene, _DOCUMENT, f"UPDATE revisions SET body = {_ELSE.format('body')} WHERE {_LAST}")
    yield


def revision_taken_away(scene: Scene) -> Iterator[None]:
    """With the key: the last revision of a record is gone."""
    _with_the_key(scene, f"DELETE FROM revisions WHERE {_LAST}")
    yield


FOUND = ("refused", "alarm", "found by the check", "same, found by the check", "same, alarm")
EXCHANGES: dict[str, tuple[Exchange, tuple[str, ...]]] = {
    "two pages swapped": (two_pages_swapped, FOUND),
    "a page of the other container": (page_of_the_other_container, FOUND),
    "one page of yesterday": (one_old_page, (*FOUND, "same")),
    "several pages of yesterday": (some_old_pages, FOUND),
    "the database cut at a page": (cut_at_a_page, FOUND),
    "yesterday's database": (old_database, ("alarm", "refused")),
    "yesterday's container": (old_container, ("alarm",)),
    "the containers swapped": (containers_swapped, ("refused",)),
    "a journal of yesterday": (stale_journal, FOUND),
    "a rolling backup as the database": (rolling_backup_as_database, ("refused",)),
    "one header of yesterday": (one_old_header, ("same",)),
    "both headers of yesterday": (both_old_headers, ("same",)),
    "headers from before a purge": (old_headers_after_a_purge, ("refused",)),
    "the sealed state of yesterday": (old_state, ("refused", "same, alarm", "same")),
    "headers of another notebook": (headers_of_another_notebook, ("refused",)),
    "two attached files swapped": (files_swapped, ("refused",)),
    "an attached file cut": (file_cut, ("refused", "same, found by the check")),
    "an attached file removed": (file_gone, ("refused", "same, found by the check")),
    "an erased file put back": (erased_file_put_back, ("same",)),
    "an event of the log rewritten": (log_row_rewritten, ("same, found by the check",)),
    "the log's head rewritten": (log_head_rewritten, ("alarm",)),
    "the log shortened": (log_shortened, ("alarm",)),
    "a document rewritten": (document_rewritten, ("found by the check",)),
    "a revision rewritten": (revision_rewritten, ("found by the check",)),
    "a revision taken away": (revision_taken_away, ("same, found by the check",)),
}
"""Each attack, and how it may be answered."""


def attack(name: str, place: Path) -> Counter[str]:
    """Try every variant of an attack; counts the answers."""
    scene = Scene.build(place)
    answers: Counter[str] = Counter()
    for _ in EXCHANGES[name][0](scene):
        answers[outcome(scene.at, [scene.truth])] += 1
    return answers


def wrong_of(name: str, answers: Counter[str]) -> dict[str, int]:
    """The answers an attack may not get."""
    return {answer: count for answer, count in answers.items() if answer not in EXCHANGES[name][1]}


def main() -> int:
    """Try all; print the table."""
    wrong = 0
    for name in EXCHANGES:
        place = tracing.scratch("exchanges")
        try:
            answers = attack(name, place)
        finally:
            shutil.rmtree(place, ignore_errors=True)
        print(f"{name}: " + ", ".join(f"{answer} {count}" for answer, count in sorted(answers.items())))
        wrong += sum(wrong_of(name, answers).values()) or not answers
    print(f"attacks {len(EXCHANGES)}, wrong {wrong},")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
