"""Tells screen readers that something has to be heard now, where one is listening. Must not say more than stands on the screen."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel


def announce(label: QLabel) -> None:
    """Have a label read aloud; nothing happens for an empty one or where nobody listens."""
    if label.text() and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(label, QAccessible.Event.Alert))
