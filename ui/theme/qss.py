"""The style sheet for Qt's own parts: labels by kind, text fields, lists, scroll bars, menus. Must not style own painting.

Own widgets paint themselves (`ui.widgets.painting`); what stands here is only what Qt draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme.theme import Theme

_SHEET = """
* { outline: none; }
QWidget { font-family: "%(family)s"; font-size: %(body)spx; color: %(ink)s; }
QMainWindow, QWidget[ground="paper"] { background: %(paper)s; }
QWidget[ground="sheet"] { background: %(sheet)s; }
QLabel { background: transparent; color: %(ink)s; }
QLineEdit, QPlainTextEdit[frame="field"], QTextEdit[frame="field"] {
  background: %(sheet)s; color: %(ink)s; border: 1px solid %(line)s; border-radius: 6px;
  padding: %(pad)spx 12px; font-size: %(body)spx;
  selection-background-color: %(accent)s; selection-color: %(on_accent)s; }
QLineEdit:hover, QPlainTextEdit[frame="field"]:hover { border-color: %(quiet)s; }
QLineEdit:focus, QPlainTextEdit[frame="field"]:focus, QTextEdit[frame="field"]:focus { border: 1px solid %(accent)s; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: %(quiet)s; background: %(paper)s; }
QPlainTextEdit, QTextEdit { background: %(sheet)s; color: %(ink)s; border: none;
  selection-background-color: %(accent)s; selection-color: %(on_accent)s; }
QTextEdit[frame="narrative"] { font-size: %(narrative)spx; background: transparent; border: none; }
QTextEdit[frame="speaker"] { font-size: %(title)spx; background: transparent; border: none; }
QAbstractScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QListView { background: transparent; border: none; }
QListWidget::item { padding: %(tight)spx 8px; border-radius: 6px; color: %(ink)s; }
QListWidget::item:hover, QListWidget::item:selected { background: %(accent_soft)s; color: %(ink)s; }
QListWidget::item:focus { border: 2px solid %(accent)s; padding-left: 6px; padding-right: 6px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: %(line)s; border-radius: 3px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: %(quiet)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { menu-scrollable: 1; background: %(sheet)s; border: 1px solid %(line)s; border-radius: 6px; padding: 4px; }
QMenu::item { padding: %(pad)spx 24px %(pad)spx 12px; border-radius: 4px; color: %(ink)s; background: transparent; }
QMenu::item:selected { background: %(accent_soft)s; color: %(accent)s; }
QMenu::item:disabled { color: %(quiet)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 8px; }
QToolTip { background: %(sheet)s; color: %(ink)s; border: 1px solid %(line)s; padding: 4px 8px; font-size: %(small)spx; }
"""


def style_sheet(theme: Theme) -> str:
    """The whole style sheet for a theme in force."""
    p = theme.palette
    values = {name: getattr(p, name) for name in p.__dataclass_fields__}
    sizes = {"small": 13, "body": 15, "narrative": 17, "section": 20, "title": 26, "pad": 8, "tight": 5}
    return _SHEET % {**values, **{k: theme.px(v) for k, v in sizes.items()}, "family": theme.family}
