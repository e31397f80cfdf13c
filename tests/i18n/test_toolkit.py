"""The toolkit asks for no string that the catalogs lack."""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from i18n import toolkit

# Asked for, but not words: a direction, a number's shape, and an instruction to the platform.
NOT_WORDS = {"QT_LAYOUT_DIRECTION", "%p%"}
WITH_OWN_TEXTS = {
    *(
        "QFileDialog",
        "QMessageBox",
        "QInputDialog",
        "QProgressDialog",
        "QErrorMessage",
        "QWizard",
        "QDockWidget",
    ),
    *(
        "QMdiArea",
        "QKeySequenceEdit",
        "QPrintDialog",
        "QColorDialog",
        "QFontDialog",
        "QUndoView",
        "QFileSystemModel",
    ),
    *(
        "QSpinBox",
        "QDoubleSpinBox",
        "QDateEdit",
        "QTimeEdit",
        "QDateTimeEdit",
        "QCalendarWidget",
        "QTabBar",
        "QTabWidget",
    ),
}


class Recorder(QTranslator):
    """Remembers what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str]] = set()

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:  # type: ignore[override]
        self.asked.add((context, source))
        return None


def read_aloud(widget: QWidget) -> None:
    interface = QAccessible.queryAccessibleInterface(widget)
    actions = interface.actionInterface() if interface else None
    for name in actions.actionNames() if actions else []:
        actions.localizedActionName(name)
        actions.localizedActionDescription(name)


def test_everything_asked_for_is_listed(qtbot: QtBot, qapp: QApplication) -> None:
    recorder = Recorder()
    qapp.installTranslator(recorder)
    try:
        for kind in (QLineEdit, QTextEdit, QPlainTextEdit):
            field = kind()
            qtbot.addWidget(field)
            menu = field.createStandardContextMenu()
            qtbot.addWidget(menu)
            read_aloud(field)
        buttons = QDialogButtonBox()
        qtbot.addWidget(buttons)
        for standard in QDialogButtonBox.StandardButton:
            if standard.name not in ("NoButton", "FirstButton", "LastButton"):
                buttons.addButton(standard)
        for kind in (QPushButton, QCheckBox, QScrollBar):
            widget = kind()
            qtbot.addWidget(widget)
            read_aloud(widget)
    finally:
        qapp.removeTranslator(recorder)
    asked = {source for context, source in recorder.asked if context != "QShortcut"} - NOT_WORDS
    assert len(asked) > 20
    assert asked - set(toolkit.STRINGS) == set()


def test_no_widget_with_more_texts_is_used(root: Path) -> None:
    used = {
        f"{path.relative_to(root)}: {alias.name}"
        for room in ("ui", "desktop")
        for path in (root / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6")
        for alias in node.names
        if alias.name in WITH_OWN_TEXTS
    }
    assert not used, "its strings must be added to i18n/toolkit.py"


def test_the_list_has_no_doubles() -> None:
    assert len(set(toolkit.STRINGS)) == len(toolkit.STRINGS)
