"""Sees to it that what went wrong is noticed: read aloud and in sight. Must not say more than stands on the screen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

_SETTLED_MS = 120
"""Longer than a scroll area takes to fit its content and to follow the focus."""
_ROOM = 24


def announce(label: QLabel) -> None:
    """Have a label read aloud, where somebody listens, and scrolled into sight; nothing happens for an empty one."""
    if not label.text():
        return
    QTimer.singleShot(_SETTLED_MS, label, partial(_bring_into_sight, label))
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(label, QAccessible.Event.Alert))


def _bring_into_sight(label: QLabel) -> None:
    area: QWidget | None = label.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea) and label.isVisible():
        area.ensureWidgetVisible(label, 0, _ROOM)
