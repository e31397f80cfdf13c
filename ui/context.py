"""What every screen is given: words and theme, jobs, bus, settings, the way to other screens, the lock. Must not hold records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from PySide6.QtCore import QObject, Signal

from i18n.message import Message, msg
from storage.errors import EnvironmentProblem
from ui.bus import Bus
from ui.jobs import JobRunner
from ui.look import Look
from ui.settings import Settings
from ui.translator import CatalogSource
from ui.viewmodels.interview_session import InterviewSession
from ui.viewmodels.interview_session_recording import Recorders, SessionRecording

if TYPE_CHECKING:
    from storage import Vault, Workers


class Lockable(Protocol):
    """What the window does, step by step, when it locks.

    `language` is the one its lock screen should speak; `closing_code`, known after `seal`, what it should show, empty
    unless the owner asked for it.
    """

    language: str
    closing_code: str

    def blank_windows(self) -> None: ...

    def commit_drafts(self, seconds: float) -> None: ...

    def seal(self) -> None: ...

    def end_workers(self) -> None: ...


class IdleVerdict(Protocol):
    """What a tick of the policy says: why to lock now, if at all, and how many seconds are left."""

    @property
    def lock(self) -> str | None: ...

    @property
    def left(self) -> float: ...


class IdlePolicy(Protocol):
    """When to lock by itself (desktop.autolock)."""

    def set_minutes(self, minutes: int) -> None: ...

    def activity(self) -> None: ...

    def suspending(self) -> None: ...

    def tick(self) -> IdleVerdict: ...


class Machine(Protocol):
    """What is true of this computer (desktop.machine). Every answer is quick, none blocks, none writes.

    `cannot_connect` is whether the system itself refuses connections of this program; `connection_truth` words it.
    """

    @property
    def cannot_connect(self) -> bool: ...

    def connection_truth(self) -> Message: ...

    def capture_truth(self) -> Message: ...

    def place_problem(self, folder: Path) -> Message | None: ...

    def place_is_impossible(self, folder: Path) -> bool: ...

    def weaknesses(self, folder: Path | None = None) -> list[Message]: ...


class OpenVault(Protocol):
    """Open a notebook, in the vault lane; the caller wipes the passphrase."""

    def __call__(self, folder: Path, passphrase: bytearray, *, key_file: Path | None = None) -> Vault: ...


class CreateVault(Protocol):
    """Make a notebook in an empty or absent folder, in the vault lane; the caller wipes the passphrase."""

    def __call__(
        self, folder: Path, passphrase: bytearray, *, role: str, key_file: Path | None = None
    ) -> Vault: ...


class RecoverVault(Protocol):
    """Open a notebook by its recovery code and replace the forgotten passphrase; the caller wipes both."""

    def __call__(self, folder: Path, code: bytearray, passphrase: bytearray) -> Vault: ...


class CheckKit(Protocol):
    """Prove that a recovery code opens a notebook. Writes nothing; WrongPassphrase when it does not."""

    def __call__(self, folder: Path, code: bytearray) -> None: ...


class RestoreVault(Protocol):
    """Make a notebook out of a copy; what `progress(done, total)` raises stops it, and nothing is left."""

    def __call__(
        self,
        backup: Path,
        folder: Path,
        passphrase: bytearray,
        *,
        key_file: Path | None,
        progress: Callable[[int, int], None],
    ) -> Vault: ...


def _refuse(*_args: Any, **_more: Any) -> NoReturn:
    raise EnvironmentProblem(msg("This notebook cannot be opened here."))


class SystemSignals(Protocol):
    """What the system tells (desktop.signals): "sleep", "awake", "screen", "lid", "end", on the GUI thread."""

    def watch(self, window: int, said: Callable[[Any], None]) -> None: ...

    def stop(self) -> None: ...


class Capture(Protocol):
    """Keeps windows out of pictures of the screen where the system can (desktop.capture)."""

    on: bool

    @property
    def can(self) -> bool: ...

    def watch(self, window: int) -> None: ...

    def protect(self, window: int) -> bool: ...


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


@dataclass(frozen=True)
class Program:
    """What the composition root (desktop) injects.

    `open_vault` … `check_kit` work off the GUI thread (see their types); `lock(parts, folder)` walks the steps of
    `Lockable` and ends this process in the lock screen for that notebook; it does not return where it replaces the
    process. `wipe(parts, folder)` destroys the notebook's keys first, then ends this process in the first page; it
    raises EnvironmentProblem when the keys are still there. `closing_code` is what the lock hands over to the lock screen where its owner asked for it.
    """

    catalog: CatalogSource
    open_vault: OpenVault
    create_vault: CreateVault
    lock: Callable[[Lockable, Path | None], None]
    recover_vault: RecoverVault = _refuse
    restore_vault: RestoreVault = _refuse
    check_kit: CheckKit = _refuse
    wipe: Callable[[Lockable, Path], None] = _refuse
    autolock: IdlePolicy | None = None
    workers: Workers | None = None
    folder: Path | None = None
    default_folder: Path = field(default_factory=Path.home)
    language: str = "en"
    cannot_connect: bool = False
    closing_code: str = ""
    practise: Callable[[], None] | None = None
    machine: Machine | None = None
    signals: SystemSignals | None = None
    capture: Capture | None = None
    recorders: Recorders | None = None
    today: Callable[[], date] = _today
    now: Callable[[], datetime] = _utc_now


@dataclass(frozen=True)
class Route:
    """A screen to go to: its name (ui.screens) and, where it shows one record, the record's id."""

    screen: str
    record_id: str = ""
    extra: str = ""


class Navigator(QObject):
    """`go` asks the window to show a screen; `back` the one before. `say` shows a message bar."""

    requested = Signal(object)
    back_requested = Signal()
    said = Signal(object, str)

    def go(self, screen: str, record_id: str = "", extra: str = "") -> None:
        """Show a screen."""
        self.requested.emit(Route(screen, record_id, extra))

    def back(self) -> None:
        """Show the screen before this one."""
        self.back_requested.emit()

    def say(self, message: Any, tone: str = "plain") -> None:
        """Show a Message or DaftarError in the message bar; tone is plain, good, amber or red."""
        self.said.emit(message, tone)


class Discreet(QObject):
    """Discreet mode: while on, names are not shown, codes only."""

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on = False

    def toggle(self) -> None:
        """Hide names, or show them again."""
        self.on = not self.on
        self.changed.emit(self.on)


@dataclass(frozen=True)
class Context:
    """Handed to every screen; `program` is what desktop injected."""

    look: Look
    jobs: JobRunner
    bus: Bus
    settings: Settings
    navigator: Navigator
    discreet: Discreet
    program: Program
    lock: Callable[[], None]
    session: InterviewSession = field(default_factory=InterviewSession)
    wipe: Callable[[], None] = _refuse
    recording: SessionRecording | None = None

    def t(self, message: Any) -> str:
        """Words for a message in the window's language."""
        return self.look.t(message)
