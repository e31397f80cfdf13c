"""The vault lane: one thread that opens, uses and closes the notebook, and the events it sends. Must not touch Qt.

A connection belongs to the thread that made it. Results leave through the `post` it is given; `ui.jobs` takes them to the
GUI thread.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from i18n.message import Message, msg
from storage.errors import Cancelled, DaftarError

if TYPE_CHECKING:
    from storage import ChangeSet, Vault
    from ui.jobs import Job


@dataclass(frozen=True)
class Result:
    """A job ended well."""

    job: Job
    value: object


@dataclass(frozen=True)
class Failure:
    """A job ended with an error."""

    job: Job
    error: DaftarError


@dataclass(frozen=True)
class Report:
    """A job tells how far it is."""

    job: Job
    fraction: float
    doing: Message


@dataclass(frozen=True)
class Written:
    """What a write gives: ChangeSets for the bus, and its result."""

    changes: Sequence[Any]
    result: Any


def _write_one(operation: Any, vault: Vault) -> tuple[Sequence[ChangeSet], ChangeSet]:
    changes = vault.write(operation)
    return (changes,), changes


def _is_short(operation: Any) -> bool:
    from storage import DeleteRecord, DropDraft, SaveDraft, SaveRecord, SetSetting

    return isinstance(operation, SaveRecord | SaveDraft | DropDraft | DeleteRecord | SetSetting)


class WriteFailed(DaftarError):
    """A write that failed, so that it is counted as ended."""

    def __init__(self, cause: DaftarError) -> None:
        super().__init__(cause.message, cause.hint)
        self.cause = cause


def unexpected() -> DaftarError:
    """The one sentence for a fault of our own: no traceback, no content."""
    return DaftarError(
        msg("Something went wrong inside the program."),
        msg("What was saved is not lost. Try again; if it happens again, lock and unlock."),
    )


def run_job(job: Job, work: Callable[[], object], post: Callable[[object], None]) -> None:
    """Do a job's work and post how it ended; no fault of the work leaves this function."""
    if job.is_cancelled:
        post(Failure(job, Cancelled()))
        return
    try:
        post(Result(job, work()))
    except DaftarError as error:
        post(Failure(job, error))
    except Exception:  # noqa: BLE001 - the window must live on; the text of the fault may hold content
        post(Failure(job, unexpected()))


class VaultLane:
    """One thread, one vault. `open`, `use`, `write` run in the thread; `put`, `interrupt`, `commit`, `shut` outside it."""

    def __init__(self, post: Callable[[object], None]) -> None:
        self.vault: Vault | None = None
        self.closing_code = ""
        self._post = post
        self._ended = False
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._loop, name="vault", daemon=True)
        self._thread.start()

    @property
    def is_wanted(self) -> bool:
        """Whether something waits behind what runs now. Any thread."""
        return not self._queue.empty()

    def put(self, job: Job, work: Callable[[], object], *, is_write: bool = False) -> None:
        self._queue.put(_Task(job, work, is_write))

    def open(self, opener: Callable[[], Vault]) -> bool:
        self._close()
        self.vault = opener()
        return True

    def use(self, work: Callable[[Vault], object]) -> object:
        return work(self._opened())

    def use_long(self, work: Callable[[Vault, Job], object], job: Job) -> object:
        return work(self._opened(), job)

    def write(self, operation: Any) -> Written:
        try:
            return self.change(partial(_write_one, operation))
        except WriteFailed as error:
            # The lock stops what is long; a save that was struck on the way was meant to be kept.
            if not (isinstance(error.cause, Cancelled) and _is_short(operation)):
                raise
            return self.change(partial(_write_one, operation))

    def change(self, work: Callable[[Vault], tuple[Sequence[ChangeSet], Any]]) -> Written:
        try:
            return Written(*work(self._opened()))
        except DaftarError as error:
            raise WriteFailed(error) from None
        except Exception:  # noqa: BLE001 - counted as a failed write; see run_job
            raise WriteFailed(unexpected()) from None

    def interrupt(self) -> None:
        if self.vault is not None:
            self.vault.interrupt()

    def commit(self, last: Sequence[Any], seconds: float) -> bool:
        self._drop_waiting_reads()
        self.interrupt()
        return self._wait(partial(self._write_all, last), seconds)

    def forsake(self) -> None:
        """End without closing the vault: its keys were destroyed, and closing would write a header."""
        self._ended = True
        self.vault = None
        while True:
            try:
                self._queue.get_nowait()
            except queue.Empty:
                break
        self._queue.put(None)

    def shut(self, seconds: float) -> bool:
        closed = self._wait(self._close, seconds)
        self._ended = True
        self._queue.put(None)
        return closed

    def _wait(self, work: Callable[[], object], seconds: float) -> bool:
        """Run work in the thread after what waits; True when it ended in time, or when the thread has ended before."""
        if self._ended:
            return True
        finished = threading.Event()
        self._queue.put(_Task(None, partial(_then, work, finished), True))
        return finished.wait(seconds)

    def _drop_waiting_reads(self) -> None:
        """Keep the writes that wait, in order; reads have nobody left to answer to."""
        kept = []
        while True:
            try:
                task = self._queue.get_nowait()
            except queue.Empty:
                break
            if task is None or task.is_write:
                kept.append(task)
        for task in kept:
            self._queue.put(task)

    def _write_all(self, last: Sequence[Any]) -> None:
        for operation in last:
            if self.vault is not None:
                self.vault.write(operation)

    def _opened(self) -> Vault:
        if self.vault is None:
            raise Cancelled
        return self.vault

    def _close(self) -> None:
        vault, self.vault = self.vault, None
        if vault is not None:
            try:
                # The log does not grow any more: sealing only signs it.
                self.closing_code = vault.closing_code
            finally:
                vault.close()

    def _loop(self) -> None:
        while (task := self._queue.get()) is not None:
            if task.job is None:
                task.work()
            else:
                run_job(task.job, task.work, self._post)


@dataclass(frozen=True)
class _Task:
    job: Job | None
    work: Callable[[], object]
    is_write: bool = False


def _then(work: Callable[[], object], finished: threading.Event) -> None:
    """Do the work whatever happens to it, then tell who waits: locking must not hang on a full disk."""
    try:
        work()
    except Exception:  # noqa: BLE001 - nobody is left to be told; the drafts written so far stay
        return
    finally:
        finished.set()
