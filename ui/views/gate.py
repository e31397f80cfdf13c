"""Before a notebook is open: languages above, one page, what is true of this computer below. Must not hold a passphrase."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Program
from ui.look import Look
from ui.viewmodels.gate import GateModel
from ui.views.gate_kit import DigitsPage, RenewPage, SharesPage
from ui.views.gate_lock import FirstPage, KeyFilePage, LockPage, WaysPage
from ui.views.gate_new import CreatePage, MadePage
from ui.views.gate_page import Page, centred
from ui.views.gate_restore import RestorePage
from ui.widgets.language_bar import LanguageBar
from ui.widgets.passphrase_new import STRENGTHS
from ui.widgets.status_line import IconMark
from ui.widgets.text import Label

__all__ = ["STRENGTHS", "Gate"]


LEFT_ALONE_MS = 180_000
_ACTIVITY = frozenset((QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel))


class Gate(QWidget):
    """Draws a `GateModel`. `language_chosen(code)` comes from the languages at the top."""

    language_chosen = Signal(str)

    def __init__(self, look: Look, program: Program, model: GateModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.model = look, model
        self.setProperty("ground", "paper")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(32, 24, 32, 0)
        top.addStretch(1)
        self.languages = LanguageBar(look)
        self.languages.chosen.connect(self._choose_language)
        self.language_was_chosen = False
        top.addWidget(self.languages)
        stack.addLayout(top)
        self._pages = QStackedLayout()
        self.pages: dict[str, Page] = {}
        self._make: dict[str, Callable[[], Page]] = {
            "first": partial(FirstPage, look, program, model),
            "open": partial(LockPage, look, program, model),
            "ways": partial(WaysPage, look, model),
            "key_file": partial(KeyFilePage, look, program, model),
            "digits": partial(DigitsPage, look, model),
            "shares": partial(SharesPage, look, model),
            "renew": partial(RenewPage, look, model),
            "create": partial(CreatePage, look, program, model),
            "made": partial(MadePage, look, model),
            "restore": partial(RestorePage, look, program, model),
        }
        self._shown, self._busy = "", False
        self._left = QTimer(self)
        self._left.setSingleShot(True)
        self._left.setInterval(LEFT_ALONE_MS)
        self._left.timeout.connect(self._nobody_there)
        stack.addLayout(self._pages, 1)
        self._program = program
        stack.addLayout(self._foot(look))
        model.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Show the step the model is at."""
        step = self.model.state.step
        self._truth.say(_connection(self._program, locked=step != "made"))
        was_busy, self._busy = self._busy, self.model.state.busy
        if step == self._shown:
            self.page.draw()
            if was_busy and not self._busy and self.isVisible():
                # A button that was switched off while it worked lost the focus to its neighbour.
                self.page.return_focus().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._shown:
            self.pages[self._shown].leave()
        if step not in self.pages:
            self.pages[step] = self._make[step]()
            self._pages.addWidget(centred(self.pages[step]))
        self._shown = step
        self._pages.setCurrentIndex(list(self.pages).index(step))
        self.pages[step].arrive()
        self.pages[step].draw()
        self.focus_first()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self._shown]

    def focus_first(self) -> None:
        """Put the caret where one types."""
        self.page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """The notebook is open: nothing typed here stays."""
        self._left.stop()
        for page in self.pages.values():
            page.leave()

    def showEvent(self, event: QShowEvent) -> None:
        """While the gate is shown it notices when nobody is there: digits of a kit would stand open on the screen."""
        super().showEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._left.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """In the open notebook others watch."""
        super().hideEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._left.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Somebody is there; the event goes on."""
        if event.type() in _ACTIVITY:
            self._left.start()
        return False

    def _nobody_there(self) -> None:
        if not self.model.state.busy:
            self.page.leave()
        self.model.left_alone()
        self._left.start()

    def _choose_language(self, code: str) -> None:
        self.language_was_chosen = True
        self.language_chosen.emit(code)

    def _foot(self, look: Look) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(32, 8, 32, 22)
        foot.setSpacing(8)
        foot.addWidget(IconMark(look, "lock"), 0, Qt.AlignmentFlag.AlignVCenter)
        self._truth = Label(look, "", "quiet")
        foot.addWidget(self._truth, 1)
        size = Label(look, msg("Text size: Ctrl + and Ctrl −"), "quiet")
        size.setAlignment(Qt.AlignmentFlag.AlignRight)
        foot.addWidget(size, 1)
        return foot


def _connection(program: Program, *, locked: bool) -> Message:
    """That the system keeps this program from connecting is said only where it does."""
    if not locked:
        # critical
        shut = msg("This program cannot connect.")
        # critical
        quiet = msg("This program makes no connections. Keep Wi-Fi off.")
        return shut if program.cannot_connect else quiet
    # critical
    cannot = msg("Locked. This program cannot connect.")
    # critical
    makes_none = msg("Locked. This program makes no connections. Keep Wi-Fi off.")
    return cannot if program.cannot_connect else makes_none
