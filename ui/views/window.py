"""The one window: gate, then rail, header, screen, status line; a blank cover when it locks. Must not read records."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from i18n import formatting
from i18n.message import Message, msg
from storage.errors import DaftarError
from ui.context import Context, Route
from ui.icons.notebook import notebook_icon
from ui.screens import make_screen
from ui.theme.tokens import MARGIN_LEFT, MARGIN_RIGHT
from ui.views.gate import Gate
from ui.views.interview_session_cover import Covering
from ui.views.placing import PlaceKeeper, stored
from ui.views.screen import Screen
from ui.widgets.header import Header
from ui.widgets.message_bar import MessageBar
from ui.widgets.rail import Rail
from ui.widgets.status_line import StatusLine

LOCK_KEYS = "Ctrl+Shift+L"
WIPE_KEYS = "Ctrl+Shift+Delete"
DISCREET_KEYS = "Ctrl+Shift+D"
_MOST_BACK = 30


class Shell(QWidget):
    """What stands around a screen while a notebook is open."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("ground", "paper")
        self.screen_shown: Screen | None = None
        self._route = Route("home")
        self._trail: list[Route] = []
        self.places = PlaceKeeper(context.settings, self)
        look = context.look
        self.rail = Rail(look)
        self.header = Header(look)
        self.alarm = MessageBar(look, closable=False)
        self.bar = MessageBar(look)
        self.status = StatusLine(look)
        self._slot = QVBoxLayout()
        self._build()
        self._connect()

    def go(self, route: Route, *, remember: bool = True, view: str = "") -> None:
        """Show a screen, at the view one had of it; the one before is left and forgotten."""
        if remember and self.screen_shown is not None:
            # A screen that made its record is gone back to with it: back in an interview is that interview, not a new one.
            made = self.screen_shown.record_id or self._route.record_id
            self._trail = [*self._trail[-_MOST_BACK:], replace(self._route, record_id=made)]
        self._leave_screen()
        screen = make_screen(self.context, route)
        self._route, self.screen_shown = route, screen
        screen.heading_changed.connect(self._show_heading)
        screen.who_sees_changed.connect(self._show_heading)
        self._slot.addWidget(screen, 1)
        self.header.show_actions(screen.header_actions())
        self.bar.hide()
        self._show_heading()
        screen.show()
        if route.extra:
            screen.follow_place(route.extra)
        screen.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        (screen.wants_first_focus() or screen).setFocus(Qt.FocusReason.OtherFocusReason)
        self.places.entered(screen, route, view)

    def back(self) -> None:
        """Show the screen before this one, else home."""
        route = self._trail.pop() if self._trail else Route("home")
        self.go(route, remember=False)

    def say(self, message: object, tone: str = "plain") -> None:
        """Show a message or an error in the bar."""
        if isinstance(message, DaftarError):
            self.bar.show_error(message)
        elif isinstance(message, Message):
            self.bar.show_message(message, tone)

    def show_alarm(self, alarm: Message | None, *, read_only: bool) -> None:
        """What was found wrong with the notebook, or only that it is newer; stays on every screen, cannot be closed."""
        words = alarm or msg("This notebook was made by a newer Daftar.")
        hint = msg("It can be read here, but nothing can be changed.") if read_only else ""
        self.alarm.show_message(words, "red" if alarm is not None else "amber", hint)

    def restore(self) -> None:
        """After unlock: where one was, else home. A screen that is gone is home."""
        stored(self.context.settings, lambda route, view: self.go(route, remember=False, view=view))

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.header)
        inset = QVBoxLayout()
        inset.setContentsMargins(MARGIN_LEFT, 0, MARGIN_RIGHT, 0)
        inset.setSpacing(8)
        inset.addWidget(self.alarm)
        inset.addWidget(self.bar)
        column.addLayout(inset)
        column.addLayout(self._slot, 1)
        line.addLayout(column, 1)

    def _connect(self) -> None:
        context = self.context
        self.rail.pressed.connect(self._rail_pressed)
        context.navigator.requested.connect(self._requested)
        context.navigator.back_requested.connect(self.back)
        context.navigator.said.connect(self.say)
        context.jobs.error.connect(self.say)
        context.jobs.saving.connect(self._show_saving)
        context.discreet.changed.connect(self.rail.show_discreet)
        self.rail.show_discreet(context.discreet.on)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and new is not None and self.rail.isAncestorOf(new):
            QTimer.singleShot(0, self, partial(self._keep_keys, old, new))

    def _keep_keys(self, old: QWidget, new: QWidget) -> None:
        """A button that was pressed and is off now gives the keys to its screen: Qt's next one in line is the rail's."""
        screen = self.screen_shown
        gone = not isValid(old) or not old.isVisible() or not old.isEnabled()
        if gone and screen is not None and isValid(new) and new.hasFocus():
            screen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _requested(self, route: object) -> None:
        if isinstance(route, Route):
            self.go(route)

    def _rail_pressed(self, name: str) -> None:
        if name == "lock":
            self.context.lock()
        elif name == "discreet":
            self.context.discreet.toggle()
        else:
            self.go(Route(name))

    def _leave_screen(self) -> None:
        old = self.screen_shown
        if old is None:
            return
        old.leave()
        for operation in old.unsaved():
            self.context.jobs.write(operation)
        for widget in old.header_actions():
            widget.hide()
        self.header.show_actions([])
        for widget in old.header_actions():
            widget.setParent(old)
        self._slot.removeWidget(old)
        old.hide()
        old.deleteLater()
        self.screen_shown = None

    def _show_heading(self) -> None:
        if self.screen_shown is None:
            return
        heading = self.screen_shown.heading()
        self.header.show_heading(heading.title, heading.code, heading.detail)
        self.rail.mark(heading.rail)
        self.status.show_who(self.screen_shown.who_sees())

    def _show_saving(self, saving: bool) -> None:
        if saving:
            self.status.show_saved(msg("Saving…"), "pencil")
        else:
            now = self.context.program.now().astimezone()
            self.status.show_saved(msg("Everything saved, {time}", time=_clock(now)))


def _clock(now: datetime) -> str:
    return formatting.clock(now.time())


class Cover(QWidget):
    """A blank sheet of paper colour."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing but the ground."""
        QPainter(self).fillRect(self.rect(), self.context.look.theme.color("paper"))


class Window(QWidget):
    """The top window. `show_shell` after unlocking, `cover` when locking."""

    text_size_wished = Signal(int)
    closing = Signal()

    def __init__(self, context: Context, gate: Gate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setWindowTitle("Daftar")
        self.setWindowIcon(notebook_icon())
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(1366, 768)
        self.setMinimumSize(900, 600)
        self._pages = QStackedLayout(self)
        self.gate = gate
        self._cover = Cover(context)
        self.shell: Shell | None = None
        self.sheet_shown: QWidget | None = None
        self._under: QWidget | None = None
        self._pages.addWidget(gate)
        self._pages.addWidget(self._cover)
        self.blank = Cover(context)
        self._pages.addWidget(self.blank)
        self._shortcuts()

    def show_shell(self) -> None:
        """The notebook is open: build the frame and show it."""
        self.shell = Shell(self.context)
        page = QWidget()
        page.setProperty("ground", "paper")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        stack = QVBoxLayout(page)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.shell, 1)
        stack.addWidget(self.shell.status)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self.shell.restore()

    def cover(self) -> None:
        """Show a blank sheet now; painted before this returns."""
        Covering().clear_view(self, self.all_pages())
        self._pages.setCurrentWidget(self._cover)
        self.setWindowTitle("Daftar")
        self._cover.repaint()

    def all_pages(self) -> set[QWidget]:
        """The pages of which one is shown; whatever else floats inside the window is none of them."""
        pages = (self._pages.widget(place) for place in range(self._pages.count()))
        return {page for page in pages if page is not None}

    def add_sheet(self, sheet: QWidget) -> None:
        """Take in a sheet that can be put over the notebook without ending anything."""
        self._pages.addWidget(sheet)

    def show_sheet(self, sheet: QWidget) -> None:
        """Put a sheet over the notebook; the window's own keys, but for locking, do nothing until it is taken away."""
        self._under, self.sheet_shown = self._pages.currentWidget(), sheet
        self._pages.setCurrentWidget(sheet)

    def take_sheet_away(self) -> None:
        """Show again what was under the sheet."""
        under, self._under, self.sheet_shown = self._under, None, None
        if under is not None:
            self._pages.setCurrentWidget(under)

    def current_screen(self) -> Screen | None:
        """The screen that is shown, if any."""
        return self.shell.screen_shown if self.shell is not None else None

    def forget_view(self) -> None:
        """From now on only the screen is kept, not where in it one is."""
        if self.shell is not None:
            self.shell.places.close()

    def last_place(self) -> list[Any]:
        """Writes that keep where one is; for the lock."""
        return self.shell.places.operations() if self.shell is not None else []

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window locks first: drafts are written, the notebook is sealed."""
        self.closing.emit()
        event.accept()

    def _shortcuts(self) -> None:
        for keys, slot in (
            ("Ctrl++", self._larger),
            ("Ctrl+=", self._larger),
            ("Ctrl+-", self._smaller),
            ("Ctrl+0", self._plain_size),
            (DISCREET_KEYS, self._toggle_discreet),
            (LOCK_KEYS, self._lock),
            (WIPE_KEYS, self._show_wipe),
            ("Alt+Left", self._back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
            shortcut.activated.connect(slot)
        for number, name in enumerate(("home", "interviews", "people", "cases"), start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.setObjectName(name)
            shortcut.activated.connect(self._jump)

    def _larger(self) -> None:
        self.text_size_wished.emit(self.context.look.theme.scale + 10)

    def _smaller(self) -> None:
        self.text_size_wished.emit(self.context.look.theme.scale - 10)

    def _plain_size(self) -> None:
        self.text_size_wished.emit(100)

    def _toggle_discreet(self) -> None:
        if self.shell is not None and self.sheet_shown is None:
            self.context.discreet.toggle()

    def _lock(self) -> None:
        if self.shell is not None or self.context.jobs.has_vault:
            self.context.lock()

    def _show_wipe(self) -> None:
        """The page only: it asks for a word and a held button."""
        if self.shell is not None and self.sheet_shown is None:
            self.shell.go(Route("wipe"))

    def _back(self) -> None:
        if self.shell is not None and self.sheet_shown is None:
            self.shell.back()

    def _jump(self) -> None:
        sender: Any = self.sender()
        if self.shell is not None and self.sheet_shown is None and isinstance(sender, QObject):
            self.shell.go(Route(sender.objectName()))
