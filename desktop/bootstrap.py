"""Puts the window together: hardening, workers, the lock, what every screen is given. Must not decide anything itself.

The order matters: hardening before Qt is loaded (its threads inherit the kernel filter), the audit hook after it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from desktop import autolock, excepthook, hardening, paths, wiping
from desktop.cli.console import Console
from desktop.cli.parser import UsageProblem
from desktop.machine import Machine
from i18n import catalog
from i18n.message import msg
from storage import EnvironmentProblem, Workers

if TYPE_CHECKING:
    from storage import Vault

ENVIRONMENT = 8


class Lockable(autolock.Lockable, Protocol):
    """What the window gives the lock: its steps, and what its lock screen should speak and show."""

    language: str
    closing_code: str


def run_window(words: Sequence[str], console: Console) -> int:
    """Open the window for `[--locked] [VAULT]`; the exit code when it is closed."""
    folder = _folder(words)
    if not has_display():
        console.error(
            EnvironmentProblem(
                msg("There is no display, so the window cannot be opened."),
                msg("The command line does the same work: {command}", command="daftar --help"),
            )
        )
        return ENVIRONMENT
    cannot_connect = hardening.harden_process()
    wiping.remove_remains()
    excepthook.install(_Teller(console).tell)
    import ui
    from desktop.capture import Capture
    from desktop.recording import Recorders
    from desktop.signals import SystemSignals

    excepthook.quiet_qt()
    allowed = [paths.worker_command(), paths.recorder_command(), paths.lock_screen_command()]
    hardening.install_audit_hook(allowed)
    with Workers(paths.worker_command()) as workers:
        program = ui.Program(
            catalog=catalog,
            open_vault=open_vault,
            create_vault=create_vault,
            recover_vault=recover_vault,
            restore_vault=restore_vault,
            check_kit=check_kit,
            wipe=wipe,
            lock=lock,
            autolock=autolock.AutoLock(),
            workers=workers,
            folder=folder,
            language=console.catalog.language,
            cannot_connect=cannot_connect,
            closing_code=closing_code(),
            signals=SystemSignals(),
            capture=Capture(),
            recorders=Recorders(paths.recorder_command()),
            machine=Machine(cannot_connect=cannot_connect, bridge_is_on=_bridge_is_on),
        )
        return ui.start(program)


def has_display() -> bool:
    """Whether a window can appear; the offscreen platform of tests counts as one."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_vault(folder: Path, passphrase: bytearray, *, key_file: Path | None = None) -> Vault:
    """Open a notebook, in the vault lane."""
    from storage import Vault

    return Vault.open(folder, passphrase, key_file=key_file)


def create_vault(folder: Path, passphrase: bytearray, *, role: str, key_file: Path | None = None) -> Vault:
    """Create a notebook, in the vault lane."""
    from storage import Vault

    return Vault.create(folder, passphrase, role=role, key_file=key_file)


def recover_vault(folder: Path, code: bytearray, passphrase: bytearray) -> Vault:
    """Open a notebook by its recovery code under a new passphrase, in the vault lane."""
    from storage import Vault

    return Vault.recover(folder, code, passphrase)


def restore_vault(
    backup: Path,
    folder: Path,
    passphrase: bytearray,
    *,
    key_file: Path | None,
    progress: Callable[[int, int], None],
) -> Vault:
    """Make a notebook out of a copy, in the vault lane."""
    from storage import Vault

    return Vault.restore(backup, folder, passphrase, key_file=key_file, progress=progress)


def check_kit(folder: Path, code: bytearray) -> None:
    """Prove a recovery code, in a thread; reads only."""
    import storage

    storage.check_kit(folder, code)


def _bridge_is_on() -> bool:
    from PySide6.QtGui import QAccessible

    return bool(QAccessible.isActive())


def wipe(parts: Lockable, folder: Path) -> None:
    """Destroy the notebook's keys and end this process in the first page. Does not return; raises EnvironmentProblem."""
    wiping.wipe(parts, folder, parts.language)


def lock(parts: Lockable, folder: Path | None) -> None:
    """Walk the steps of locking and end this process in the lock screen, in the window's language. Does not return."""
    os.environ[paths.LANGUAGE] = parts.language

    def leave(vault: Path | None) -> NoReturn:
        if parts.closing_code:
            os.environ[paths.CLOSING_CODE] = parts.closing_code
        autolock.exec_lock_screen(vault)

    autolock.lock(parts, folder, leave)


def closing_code() -> str:
    """The closing code handed over by the lock, taken out of the environment; empty when there is none."""
    handed = os.environ.pop(paths.CLOSING_CODE, "")
    return handed if re.fullmatch(r"[0-9]{5} [0-9]{5}", handed) else ""


def _folder(words: Sequence[str]) -> Path | None:
    rest = [word for word in words if word not in ("--locked", "--")]
    if len(rest) > 1:
        raise UsageProblem(msg("“{word}” is one word too many.", word=rest[1]))
    return Path(rest[0]).absolute() if rest else None


class _Teller:
    """Says that something is wrong in the program, once; nothing of the mistake's values is shown."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._told = False

    def tell(self, error: BaseException) -> None:
        if isinstance(error, KeyboardInterrupt) or self._told:
            return
        self._told = True
        kind = type(error).__name__
        self._console.say(
            msg("Something is wrong in the program itself; it stopped. Error: {kind}.", kind=kind)
        )
        report = excepthook.write_report(error, Path.cwd())
        if report is not None:
            words = msg(
                "A report without any content of the notebook is in the file “{file}”.", file=report.name
            )
            self._console.say(words)
