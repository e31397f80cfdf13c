"""Work away from the window: order, thread, errors, stopping, locking."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from i18n.message import msg
from storage import ChangeSet, EnvironmentProblem, LogEvent, SaveDraft
from storage.errors import Cancelled, DaftarError
from ui.bus import Bus, touches
from ui.jobs import Job, JobRunner
from ui.lane import VaultLane, WriteFailed


class Book:
    """As much of a vault as the lane uses."""

    def __init__(self) -> None:
        self.written: list[Any] = []
        self.interrupted = threading.Event()
        self.closed_in = ""
        self.opened_in = threading.current_thread().name

    def write(self, operation: Any) -> ChangeSet:
        if operation == "full":
            raise EnvironmentProblem(msg("The disk is full."))
        self.written.append(operation)
        return ChangeSet(created=frozenset({("person", str(operation))}))

    def interrupt(self) -> None:
        self.interrupted.set()

    def close(self) -> None:
        self.closed_in = threading.current_thread().name


class Listener(QObject):
    """Notes what comes back, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Any] = []
        self.errors: list[DaftarError] = []
        self.progress: list[float] = []
        self.threads: set[str] = set()

    def take(self, value: Any) -> None:
        self.results.append(value)
        self.threads.add(threading.current_thread().name)

    def fail(self, error: DaftarError) -> None:
        self.errors.append(error)

    def share(self, fraction: float, _doing: object) -> None:
        self.progress.append(fraction)


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def runner(qtbot: QtBot, book: Book) -> Any:
    made = JobRunner(Bus())
    opened = Listener()
    made.open(lambda: book, opened.take, opened.fail)  # type: ignore[arg-type,return-value]
    qtbot.waitUntil(lambda: bool(opened.results))
    yield made
    made.shut()


def test_everything_of_the_vault_happens_in_one_thread(qtbot: QtBot, runner: JobRunner, book: Book) -> None:
    heard = Listener()
    for _ in range(3):
        runner.vault(lambda _vault: threading.current_thread().name, heard.take)
    qtbot.waitUntil(lambda: len(heard.results) == 3)
    assert set(heard.results) == {"vault"}
    assert heard.threads == {"MainThread"}
    runner.shut()
    assert book.closed_in == "vault"


def test_a_write_is_told_to_the_bus_before_its_result(qtbot: QtBot, book: Book) -> None:
    bus, order = Bus(), []
    made = JobRunner(bus)
    bus.changed.connect(lambda changes: order.append(("bus", touches(changes, "person"))))
    made.open(lambda: book, lambda _v: None, lambda _e: None)  # type: ignore[arg-type,return-value]
    made.write("someone", lambda _changes: order.append(("done", True)))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == [("bus", True), ("done", True)]
    made.shut()


def test_a_typed_error_arrives_typed_and_saving_ends(qtbot: QtBot, runner: JobRunner) -> None:
    heard, saving = Listener(), []
    runner.saving.connect(saving.append)
    runner.write("full", None, heard.fail)
    qtbot.waitUntil(lambda: bool(heard.errors))
    assert isinstance(heard.errors[0], EnvironmentProblem)
    assert saving == [True, False]


def test_an_untyped_fault_shows_one_sentence_and_none_of_its_text(qtbot: QtBot, runner: JobRunner) -> None:
    heard = Listener()

    def break_down(_vault: object) -> None:
        raise ValueError("Nazarova Madina")

    runner.vault(break_down, heard.take, heard.fail)
    qtbot.waitUntil(lambda: bool(heard.errors))
    assert "Nazarova" not in repr(heard.errors[0].message) + repr(heard.errors[0])


def test_a_result_is_not_delivered_to_what_is_gone_or_stopped(qtbot: QtBot, runner: JobRunner) -> None:
    import shiboken6

    gone, kept = Listener(), Listener()
    runner.vault(lambda _vault: 1, gone.take)
    shiboken6.delete(gone)
    runner.vault(lambda _vault: 2, kept.take).cancel()
    last = Listener()
    runner.vault(lambda _vault: 3, last.take)
    qtbot.waitUntil(lambda: last.results == [3])
    assert kept.results == []


def test_progress_comes_and_stopping_stops(qtbot: QtBot, runner: JobRunner) -> None:
    heard = Listener()

    def work(_vault: object, job: Job) -> str:
        for step in range(1000):
            job.report(step / 1000)
            time.sleep(0.002)
        return "done"

    job = runner.vault_long(work, heard.take, heard.fail, heard.share)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: len(heard.progress) > 2)
    job.cancel()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert heard.results == [] and heard.errors == []


def test_locking_interrupts_forgets_reads_and_writes_what_was_typed(
    qtbot: QtBot, runner: JobRunner, book: Book
) -> None:
    read, started = Listener(), threading.Event()

    def long_read(_vault: object) -> None:
        started.set()
        book.interrupted.wait(5)

    runner.vault(long_read)
    assert started.wait(2)
    runner.vault(lambda _vault: "never", read.take)
    runner.write("waiting")
    began = time.perf_counter()
    assert runner.commit(["draft"], 0.3)
    assert time.perf_counter() - began < 0.3
    assert runner.shut()
    assert book.written == ["waiting", "draft"]
    assert book.closed_in == "vault" and read.results == []


def test_locking_does_not_hang_on_a_full_disk(qtbot: QtBot, runner: JobRunner, book: Book) -> None:
    assert runner.commit(["full"], 1.0)
    assert runner.shut()
    assert book.closed_in == "vault"


def test_a_draft_that_the_lock_strikes_on_its_way_is_written_all_the_same() -> None:
    """The lock stops the vault's work at any moment, also in the middle of an autosave: that text is nowhere else."""

    class Struck(Book):
        def __init__(self) -> None:
            super().__init__()
            self.strikes = 1

        def write(self, operation: Any) -> ChangeSet:
            if self.strikes:
                self.strikes -= 1
                raise Cancelled
            return super().write(operation)

    lane, book = VaultLane(lambda _event: None), Struck()
    lane.vault = book  # type: ignore[assignment]
    draft = SaveDraft("interview/text", None, "words")
    assert lane.write(draft).changes and book.written == [draft]
    book.strikes = 1
    with pytest.raises(WriteFailed):
        lane.write(LogEvent("export"))
    assert book.written == [draft]
    lane.forsake()
