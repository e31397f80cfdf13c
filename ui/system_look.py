"""What the system asks for before any setting is known: text size, contrast. Must not write anything, or read files.

Asked once before our own style is set: afterwards the application's font is ours.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

_USUAL_DPI = 96.0
_USUAL_POINTS = {"win32": 9.0, "darwin": 13.0}
_LINUX_POINTS = 10.0
_MOST = 200


def system_scale(platform: str = sys.platform, points: float | None = None, dpi: float | None = None) -> int:
    """The system's text size in per cent: its dots per inch, and its font where that grows with the text size (Windows).

    Linux desktops ask for larger text by more dots per inch; a larger font alone is a matter of taste there.
    """
    screen = QGuiApplication.primaryScreen()
    if points is None:
        points = QGuiApplication.font().pointSizeF()
    if dpi is None:
        dpi = screen.logicalDotsPerInchY() if screen is not None else _USUAL_DPI
    by_dpi = dpi / _USUAL_DPI if platform != "darwin" and dpi > 0 else 1.0
    usual = _USUAL_POINTS.get(platform, _LINUX_POINTS)
    by_font = points / usual if platform == "win32" and points > 0 else 1.0
    return max(100, min(_MOST, round(100 * by_dpi * by_font)))


def system_wants_contrast() -> bool:
    """Whether the system asks for high contrast."""
    hints = QGuiApplication.styleHints()
    asked = hints.accessibility()  # two names: the second object does not outlive the first
    return asked.contrastPreference() == Qt.ContrastPreference.HighContrast
