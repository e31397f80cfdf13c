"""A window before a notebook is open, for tests: real storage with the cheapest key derivation, keys pressed as by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from storage import KdfCost, Vault, check_kit
from ui.app import App
from ui.gallery.__main__ import make_program

FLOOR = KdfCost(8192, 1, 1)
OLD = "olma anor gilos tarvuz qovun behi shaftoli"
NEW = "tarelka kumush daraxt sovun eshik qalam bulut"


def _now() -> datetime:
    return datetime.now(UTC)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock, which is empty always."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def press(widget: QWidget, text: str = "", key: int = 0) -> None:
    """One key press and release."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def type_in(widget: QWidget, text: str) -> None:
    """Letter by letter."""
    for letter in text:
        press(widget, letter, Qt.Key.Key_Space if letter == " " else 0)


class GateWindow:
    """The window at its gate. `folder` is the notebook, or the place for new ones."""

    def __init__(self, qtbot: QtBot, folder: Path | None, home: Path, **more: Any) -> None:
        self.qtbot = qtbot
        program = make_program(folder or home)
        self.program = replace(
            program,
            folder=folder,
            default_folder=home,
            create_vault=partial(Vault.create, cost=FLOOR),
            recover_vault=Vault.recover,
            restore_vault=Vault.restore,
            check_kit=check_kit,
            lock=self._lock,
            practise=None,
            **{"now": _now, **more},
        )
        self.locks: list[Any] = []
        self.app = App(self.program)
        self.gate, self.model = self.app.window.gate, self.app.gate_model
        qtbot.addWidget(self.app.window)
        self.app.show()

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.gate.page

    def settle(self) -> None:
        """Until all jobs are delivered."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: self.app.jobs.is_idle, timeout=20_000)
            self.qtbot.wait(5)

    def unlock(self, words: str) -> None:
        """Type a passphrase into the field that is shown and press Enter."""
        type_in(self.page.box.focus(), words)
        press(self.page.box.focus(), "\r", Qt.Key.Key_Return)
        self.settle()

    def said(self) -> str:
        """The words of the bar in the open window."""
        shell = self.app.window.shell
        return "" if shell is None or shell.bar.isHidden() else str(shell.bar.message.text())

    def ask(self, question: Any) -> Any:
        """Ask the open notebook."""
        answers: list[Any] = []
        self.app.jobs.vault(question, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def close(self) -> None:
        """Close everything."""
        self.app.close()
        self.app.jobs.shut()
        self.app.look.words.uninstall()

    def _lock(self, parts: Any, folder: Path | None) -> None:
        self.locks.append((parts, folder))


def opens(folder: Path, words: str, key_file: Path | None = None) -> bool:
    """Whether a passphrase opens a notebook."""
    from storage import WrongPassphrase

    try:
        Vault.open(folder, bytearray(words.encode()), key_file=key_file).close()
    except WrongPassphrase:
        return False
    return True
