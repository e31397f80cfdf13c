"""The look in force: one palette, one text size, fonts and measures in px. Must not know any screen or read settings.

Lengths given to `px` are the design's pixels at 100 % text size; rows and controls grow with the text, the rail and
margins do not.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.system_look import system_wants_contrast
from ui.theme import fonts, tokens
from ui.theme.qss import style_sheet
from ui.theme.tokens import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, SIDE_NARROW, SIDE_WIDE, Palette

__all__ = ["SIDE_NARROW", "SIDE_WIDE", "Theme"]


class Theme(QObject):
    """Palette and text size in force. `changed` tells painters; style sheets follow by themselves."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = "system"
        self.scale = 100
        self.reduced_motion = False
        self.palette: Palette = LIGHT
        self.family = fonts.load()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        asked = hints.accessibility()
        asked.contrastPreferenceChanged.connect(self._system_changed)

    def choose(self, choice: str) -> None:
        """Take `light`, `dark` or `system`; other words count as `system`."""
        self.choice = choice if choice in ("light", "dark") else "system"
        self._apply()

    def resize_text(self, percent: int) -> None:
        """Set the text size in per cent, kept between 90 and 200."""
        self.scale = max(tokens.SMALLEST_SCALE, min(tokens.LARGEST_SCALE, percent))
        self._apply()

    def set(self, choice: str, percent: int) -> None:
        """Set both at once: one repaint."""
        self.choice = choice if choice in ("light", "dark") else "system"
        self.scale = max(tokens.SMALLEST_SCALE, min(tokens.LARGEST_SCALE, percent))
        self._apply()

    def px(self, length: float) -> int:
        """A length of the design at the text size in force, in px."""
        return round(length * self.scale / 100)

    def font(self, size: int = tokens.BODY, *, bold: bool = False, tabular: bool = False) -> QFont:
        """Noto Sans at a design size; `tabular` gives figures of one width, for codes and times."""
        font = QFont(self.family)
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def color(self, name: str) -> QColor:
        """A palette colour by its meaning (`ink`, `accent_soft`)."""
        return QColor(getattr(self.palette, name))

    def line_height(self, size: int) -> float:
        """The natural line height of a size, in px."""
        return QFontMetricsF(self.font(size)).lineSpacing()

    def _apply(self) -> None:
        light, dark = (LIGHT_CONTRAST, DARK_CONTRAST) if system_wants_contrast() else (LIGHT, DARK)
        self.palette = dark if self._wants_dark() else light
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(self.font())
            app.setPalette(_qt_palette(self.palette))
            app.setStyleSheet(style_sheet(self))
        self.changed.emit()

    def _system_changed(self) -> None:
        """The system went light, dark or to another contrast: follow now, also on the lock screen."""
        self._apply()

    def _wants_dark(self) -> bool:
        if self.choice != "system":
            return self.choice == "dark"
        return _system_is_dark()


def _system_is_dark() -> bool:
    from PySide6.QtCore import Qt

    hints = QGuiApplication.styleHints()
    return hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark


def _qt_palette(p: Palette) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: p.paper,
        QPalette.ColorRole.WindowText: p.ink,
        QPalette.ColorRole.Base: p.sheet,
        QPalette.ColorRole.AlternateBase: p.paper,
        QPalette.ColorRole.Text: p.ink,
        QPalette.ColorRole.Button: p.sheet,
        QPalette.ColorRole.ButtonText: p.ink,
        QPalette.ColorRole.BrightText: p.ink,
        QPalette.ColorRole.Highlight: p.accent,
        QPalette.ColorRole.HighlightedText: p.on_accent,
        QPalette.ColorRole.ToolTipBase: p.sheet,
        QPalette.ColorRole.ToolTipText: p.ink,
        QPalette.ColorRole.PlaceholderText: p.quiet,
        QPalette.ColorRole.Link: p.accent,
        QPalette.ColorRole.Accent: p.accent,
        QPalette.ColorRole.Light: p.sheet,
        QPalette.ColorRole.Mid: p.line,
        QPalette.ColorRole.Dark: p.line,
        QPalette.ColorRole.Shadow: p.line,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(p.quiet))
    return palette
