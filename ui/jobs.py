"""Work away from the window: one thread for the vault, a few for the workers. Must not ask the user anything.

The vault lane is one thread that opens, uses and closes the notebook, because the connection belongs to the thread that
made it. Worker threads touch exactly one QObject, the runner; results come back on the GUI thread, in order. Work is
given as functions (`functools.partial` of a module's function), never as a lambda that holds a widget.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from i18n.message import Message
from storage.errors import Cancelled, DaftarError
from ui.bus import Bus
from ui.lane import Failure, Report, Result, VaultLane, WriteFailed, Written, run_job, unexpected

if TYPE_CHECKING:
    from storage import ChangeSet, Vault, Workers

T = TypeVar("T")
Done = Callable[[Any], None]
Failed = Callable[[DaftarError], None]
Progress = Callable[[float, Message], None]


class Job:
    """One piece of work under way: can be cancelled, can tell how far it is. `is_cancelled` may be read anywhere."""

    def __init__(
        self, runner: JobRunner, done: Done | None, failed: Failed | None, progress: Progress | None
    ) -> None:
        self._runner = runner
        self.done, self.failed, self.progress = done, failed, progress
        self._cancel = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancel.is_set()

    @property
    def cancel_event(self) -> threading.Event:
        """Set when the work should stop."""
        return self._cancel

    def cancel(self) -> None:
        """Ask the work to stop; its result is not delivered. Nothing half-done is kept by the vault."""
        self._cancel.set()

    def report(self, fraction: float, doing: Message | str = "") -> None:
        """Tell how far (0 to 1) and what is being done. Any thread. Raises Cancelled when stopping was asked for."""
        if self.is_cancelled:
            raise Cancelled
        message = doing if isinstance(doing, Message) else Message("{text}", {"text": doing})
        self._runner.post(Report(self, fraction, message))


class JobRunner(QObject):
    """The two lanes. `error` carries a `DaftarError` nobody else handles; `saving` says whether writes are under way."""

    error = Signal(object)
    saving = Signal(bool)
    _posted = Signal(object)

    def __init__(self, bus: Bus, workers: Workers | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._workers = workers
        self._lane = VaultLane(self.post)
        self._cpu = ThreadPoolExecutor(max_workers=2, thread_name_prefix="cpu")
        self._writes = 0
        self._pending = 0
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def has_vault(self) -> bool:
        """Whether a notebook is open."""
        return self._lane.vault is not None

    def lane_is_wanted(self) -> bool:
        """Whether something waits for the vault behind what runs now: quiet work makes way. Any thread."""
        return self._lane.is_wanted

    @property
    def is_idle(self) -> bool:
        """Whether every job handed in has been delivered."""
        return self._pending == 0

    @property
    def closing_code(self) -> str:
        """The code of the notebook that was closed last; empty before."""
        return self._lane.closing_code

    def open(self, opener: Callable[[], Vault], done: Done, failed: Failed) -> Job:
        """Open or make the notebook in the vault lane; `done` gets True."""
        return self._submit(partial(self._lane.open, opener), done, failed)

    def open_long(
        self, opener: Callable[[Job], Vault], done: Done, failed: Failed, progress: Progress
    ) -> Job:
        """Like `open` for work that tells how far it is: `opener(job)`."""
        job = self._job(done, failed, progress)
        self._lane.put(job, partial(self._lane.open, partial(opener, job)))
        return job

    def vault(
        self,
        work: Callable[[Vault], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Run `work(vault)` in the vault lane; `done(result)` on the GUI thread unless its owner is gone."""
        return self._submit(partial(self._lane.use, work), done, failed)

    def vault_long(
        self,
        work: Callable[[Vault, Job], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
    ) -> Job:
        """Like `vault` for work that reports progress and can be stopped: `work(vault, job)`."""
        job = self._job(done, failed, progress)
        self._lane.put(job, partial(self._lane.use_long, work, job))
        return job

    def write(
        self, operation: Any, done: Callable[[ChangeSet], None] | None = None, failed: Failed | None = None
    ) -> Job:
        """Write one operation; its ChangeSet goes to the bus first, then to `done`."""
        self._count_writes(1)
        job = self._job(done, failed)
        self._lane.put(job, partial(self._lane.write, operation), is_write=True)
        return job

    def change(
        self,
        work: Callable[[Vault], tuple[Sequence[ChangeSet], T]],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Run several writes that hang together: `work(vault)` gives their ChangeSets, for the bus, and a result."""
        self._count_writes(1)
        job = self._job(done, failed)
        self._lane.put(job, partial(self._lane.change, work), is_write=True)
        return job

    def compute(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
    ) -> Job:
        """Run `work(job)` in a plain thread: for calls that release the interpreter or wait for a worker process."""
        job = self._job(done, failed, progress)
        self._cpu.submit(run_job, job, partial(work, job), self.post)
        return job

    def worker(
        self,
        name: str,
        payload: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
    ) -> Job:
        """Run a named job in a worker process (storage.worker)."""
        return self.compute(partial(_call_worker, self._workers, name, payload), done, failed, progress)

    def interrupt(self) -> None:
        """Stop what the vault lane does and forget what waits. Any thread."""
        self._lane.interrupt()

    def commit(self, last: Sequence[Any], seconds: float) -> bool:
        """Interrupt what runs, forget the reads that wait, write the waiting writes and `last` (drafts).

        Waits at most `seconds` and returns whether all was written in time. GUI thread; only before `shut`.
        """
        return self._lane.commit(last, seconds)

    def shut(self, seconds: float = 5.0) -> bool:
        """Seal and close the notebook and end the threads; waits at most `seconds`, returns whether it was in time."""
        closed = self._lane.shut(seconds)
        self._cpu.shutdown(wait=False, cancel_futures=True)
        return closed

    def forsake(self) -> None:
        """Forget what waits for the notebook, whose keys are gone: it is neither sealed nor closed. GUI thread."""
        self._lane.forsake()
        self._cpu.shutdown(wait=False, cancel_futures=True)

    def end_workers(self) -> None:
        """End the worker processes."""
        if self._workers is not None:
            self._workers.close()

    def post(self, event: object) -> None:
        """Hand a result to the GUI thread. Any thread; the only way a worker thread touches Qt."""
        if isValid(self):
            self._posted.emit(event)

    def _job(self, done: Done | None, failed: Failed | None, progress: Progress | None = None) -> Job:
        self._pending += 1
        return Job(self, done, failed, progress)

    def _submit(self, work: Callable[[], Any], done: Done | None, failed: Failed | None) -> Job:
        job = self._job(done, failed)
        self._lane.put(job, work)
        return job

    def _deliver(self, event: object) -> None:
        if not isinstance(event, Report):
            self._pending -= 1
        if isinstance(event, Report):
            if event.job.progress is not None and _is_alive(event.job.progress):
                event.job.progress(event.fraction, event.doing)
        elif isinstance(event, Result):
            self._deliver_result(event.job, event.value)
        elif isinstance(event, Failure):
            self._deliver_failure(event.job, event.error)

    def _deliver_result(self, job: Job, value: object) -> None:
        if isinstance(value, Written):
            self._count_writes(-1)
            for changes in value.changes:
                self._bus.publish(changes)
            value = value.result
        if job.done is not None and not job.is_cancelled and _is_alive(job.done):
            job.done(value)

    def _deliver_failure(self, job: Job, error: DaftarError) -> None:
        if isinstance(error, WriteFailed):
            self._count_writes(-1)
            error = error.cause
        if isinstance(error, Cancelled):
            return
        if job.failed is None:
            self.error.emit(error)
        elif _is_alive(job.failed):
            job.failed(error)

    def _count_writes(self, step: int) -> None:
        self._writes += step
        self.saving.emit(self._writes > 0)


def _call_worker(workers: Workers | None, name: str, payload: Any, job: Job) -> object:
    if workers is None:
        raise unexpected()
    return workers.call(name, payload, on_progress=partial(_report_share, job), cancel=job.cancel_event)


def _report_share(job: Job, done: int, total: int) -> None:
    if not job.is_cancelled:
        job.report(done / total if total else -1.0)


def _is_alive(callback: Callable[..., Any]) -> bool:
    """Whether the object a bound method belongs to still lives in Qt."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
