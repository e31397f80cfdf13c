"""A window over a notebook of invented people, and a way to wait until it stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.app import App
from ui.gallery.__main__ import make_notebook, make_program


class OpenWindow:
    """An opened window with helpers; `locks` counts how often the injected lock was asked for."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.locks: list[tuple[Any, Path | None]] = []
        self.app = App(replace(make_program(folder), lock=self._lock))
        qtbot.addWidget(self.app.window)
        self.app.show()
        self.app.gate_model.unlock(bytearray(b"gallery"))
        qtbot.waitUntil(lambda: self.app.window.shell is not None, timeout=10_000)
        self.settle()

    def go(self, screen: str, record: str = "") -> Any:
        """Show a screen and wait for it."""
        self.app.navigator.go(screen, record)
        self.settle()
        return self.app.window.current_screen()

    def settle(self) -> None:
        """Wait until every job is delivered and drawn."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: self.app.jobs.is_idle, timeout=15_000)
            self.qtbot.wait(15)

    def ask(self, question: Any) -> Any:
        """Ask the notebook and wait for the answer."""
        answers: list[Any] = []
        self.app.jobs.vault(question, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def _lock(self, parts: Any, folder: Path | None) -> None:
        self.locks.append((parts, folder))


@pytest.fixture(scope="session")
def notebook_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One filled notebook, copied for each test."""
    folder = tmp_path_factory.mktemp("master") / "notebook"
    make_notebook(folder)
    return folder


@pytest.fixture
def clicks(qapp: QApplication) -> Iterator[None]:
    """Tests click faster than a hand: none of it is a double click."""
    interval = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(1)
    yield
    qapp.setDoubleClickInterval(interval)


@pytest.fixture
def opened(qtbot: QtBot, clicks: None, notebook_master: Path, tmp_path: Path) -> Iterator[OpenWindow]:
    """An open window over a copy of the notebook."""
    import shutil

    folder = tmp_path / "notebook"
    shutil.copytree(notebook_master, folder)
    window = OpenWindow(qtbot, folder)
    yield window
    window.app.close()
    window.app.jobs.shut()
    window.app.look.words.uninstall()
