"""The page before a notebook is open: first start, lock screen, new notebook. Must not hold a passphrase outside its field."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Program
from ui.look import Look
from ui.viewmodels.gate import ROLES, GateModel
from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.file_chooser import FileChooser
from ui.widgets.language_bar import LanguageBar
from ui.widgets.message_bar import MessageBar
from ui.widgets.options import Options
from ui.widgets.passphrase import PassphraseBox, wipe_bytes
from ui.widgets.progress import Bar
from ui.widgets.row import Row
from ui.widgets.side_panel import scrolled
from ui.widgets.status_line import IconMark
from ui.widgets.text import Label

COLUMN = 416
_CHOOSER = 560
STRENGTHS: tuple[Message, ...] = (
    msg("Six or seven words that do not belong together, in any language. Nobody can recover it for you."),
    msg("Too easy to guess. Add words."),
    msg("Strong enough. One more word makes it better."),
    msg("Strong."),
)


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
        self.first = FirstPage(look, program, model)
        self.lock = LockPage(look, program, model)
        self.new = CreatePage(look, program, model)
        for page in (self.first, self.lock, self.new):
            self._pages.addWidget(_centred(page))
        stack.addLayout(self._pages, 1)
        stack.addLayout(self._foot(look, program))
        model.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Show the step the model is at."""
        index = {"first": 0, "open": 1, "create": 2}[self.model.state.step]
        if self._pages.currentIndex() != index:
            self._pages.setCurrentIndex(index)
            self.focus_first()

    def focus_first(self) -> None:
        """Put the caret where one types."""
        page = (self.first, self.lock, self.new)[self._pages.currentIndex()]
        page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_language(self, code: str) -> None:
        self.language_was_chosen = True
        self.language_chosen.emit(code)

    def _foot(self, look: Look, program: Program) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(32, 8, 32, 22)
        foot.setSpacing(8)
        # critical
        cannot = msg("Locked. This program cannot connect.")
        # critical
        makes_none = msg("Locked. This program makes no connections. Keep Wi-Fi off.")
        foot.addWidget(IconMark(look, "lock"), 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(Label(look, cannot if program.cannot_connect else makes_none, "quiet"), 1)
        size = Label(look, msg("Text size: Ctrl + and Ctrl −"), "quiet")
        size.setAlignment(Qt.AlignmentFlag.AlignRight)
        foot.addWidget(size, 1)
        return foot


def _centred(page: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(32, 16, 32, 16)
    line.addStretch(1)
    line.addWidget(page)
    line.addStretch(1)
    return scrolled(holder)


class _Page(QWidget):
    """One column, the word "Daftar" at its head, vertically a little above the middle."""

    def __init__(self, look: Look, width: int = COLUMN) -> None:
        super().__init__()
        self.look = look
        self._width = width
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(0)
        self.stack.addStretch(3)
        self.stack.addWidget(Label(look, "Daftar", "title"))
        look.theme.changed.connect(self._measure)
        self._measure()

    def first_focus(self) -> QWidget:
        """The widget one types into first."""
        raise NotImplementedError

    def _measure(self) -> None:
        self.setFixedWidth(min(900, self.look.theme.px(self._width)))


class FirstPage(_Page):
    """No notebook is known: make one or open one."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__(look, _CHOOSER)
        self._model = model
        self.stack.addSpacing(16)
        self.stack.addWidget(
            Label(
                look,
                msg(
                    "A notebook for what people tell. Everything in it lies encrypted on this computer and nowhere else."
                ),
                "bodyquiet",
            )
        )
        self.stack.addSpacing(24)
        self.new = Button(look, msg("Make a new notebook"), "primary")
        self.new.clicked.connect(model.begin_create)
        self.stack.addWidget(self.new)
        self.stack.addSpacing(24)
        self.existing = Row(look, msg("Open a notebook"), icon="folder-open", chevron=True)
        self.existing.clicked.connect(self._choose)
        self.stack.addWidget(self.existing)
        self.practise = _practise_row(look, program)
        if self.practise is not None:
            self.stack.addWidget(self.practise)
        self.chooser = FileChooser(look, "folder", program.default_folder, action=msg("Open this notebook"))
        self.chooser.hide()
        self.chooser.chosen.connect(self._chosen)
        self.chooser.given_up.connect(self.chooser.hide)
        self.stack.addWidget(self.chooser)
        self.stack.addStretch(4)

    def first_focus(self) -> QWidget:
        """The button."""
        return self.new

    def _choose(self) -> None:
        self.chooser.setVisible(not self.chooser.isVisible())

    def _chosen(self, folder: object) -> None:
        if isinstance(folder, Path):
            self.chooser.hide()
            self._model.choose_existing(folder)


class LockPage(_Page):
    """The lock screen: one field, one button."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__(look)
        self._model = model
        self.stack.addSpacing(24)
        self.stack.addWidget(Label(look, msg("Passphrase"), "body"))
        self.stack.addSpacing(8)
        self.box = PassphraseBox(look, msg("Passphrase"))
        self.box.field.submitted.connect(self._unlock)
        self.stack.addWidget(self.box)
        self.problem = Label(look, "", "amber")
        self.stack.addWidget(self.problem)
        self.bar = MessageBar(look, closable=False)
        self.stack.addWidget(self.bar)
        self.stack.addSpacing(16)
        self.open = Button(look, msg("Open the notebook"), "primary")
        self.open.least_height = 44
        self.open.clicked.connect(self._unlock)
        self.stack.addWidget(self.open)
        self.stack.addSpacing(8)
        self.busy = Bar(look)
        self.busy.set_fraction(-1)
        self.stack.addWidget(self.busy)
        self.stack.addSpacing(28)
        self.other = Row(look, msg("Another notebook"), icon="book-open", chevron=True)
        self.other.clicked.connect(model.back)
        self.stack.addWidget(self.other)
        self.practise = _practise_row(look, program)
        if self.practise is not None:
            self.stack.addWidget(self.practise)
        self.stack.addStretch(4)
        model.changed.connect(self.draw)
        self.draw()

    def first_focus(self) -> QWidget:
        """The field."""
        return self.box.field

    def draw(self) -> None:
        """Show what the model says."""
        state = self._model.state
        self.problem.say(state.problem or "")
        self.problem.setVisible(state.problem is not None)
        keep = self.busy.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(keep)
        self.busy.setVisible(state.busy)
        self.open.setEnabled(not state.busy)
        self.open.say(msg("Opening…") if state.busy else msg("Open the notebook"))
        if state.error is not None:
            self.bar.show_error(state.error)
        else:
            self.bar.hide()

    def _unlock(self) -> None:
        if not self.box.field.is_empty and not self._model.state.busy:
            self._model.unlock(self.box.field.take())


class CreatePage(_Page):
    """A new notebook: where, whose, which passphrase."""

    def __init__(self, look: Look, program: Program, model: GateModel) -> None:
        super().__init__(look, _CHOOSER)
        self._model = model
        self.stack.addSpacing(8)
        self.stack.addWidget(Label(look, msg("A new notebook"), "section"))
        self.stack.addSpacing(20)
        self.place = Row(look, msg("Where it lies"), icon="folder", chevron=True)
        self.place.clicked.connect(self._toggle_chooser)
        self.stack.addWidget(self.place)
        self.chooser = FileChooser(look, "new_folder", program.default_folder, action=msg("Put it here"))
        self.chooser.hide()
        self.chooser.chosen.connect(self._chosen)
        self.chooser.given_up.connect(self.chooser.hide)
        self.stack.addWidget(self.chooser)
        self.stack.addSpacing(16)
        self.role = Options(look, ROLES, msg("What I do"), columns=2, size=15)
        self.role.chosen.connect(model.choose_role)
        self.stack.addWidget(Field(look, msg("What I do"), self.role))
        self.stack.addSpacing(20)
        self.first = PassphraseBox(look, msg("New passphrase"))
        self.first.field.edited.connect(self._judge)
        self.passphrase = Field(look, msg("New passphrase"), self.first, STRENGTHS[0])
        self.stack.addWidget(self.passphrase)
        self.stack.addSpacing(16)
        self.second = PassphraseBox(look, msg("The same once more"), with_keyboard=False)
        self.second.field.submitted.connect(self._create)
        self.again = Field(look, msg("The same once more"), self.second)
        self.stack.addWidget(self.again)
        self.bar = MessageBar(look, closable=False)
        self.stack.addWidget(self.bar)
        self.stack.addSpacing(20)
        self.make = Button(look, msg("Make the notebook"), "primary")
        self.make.clicked.connect(self._create)
        self.stack.addWidget(self.make)
        self.stack.addSpacing(8)
        self.back = Button(look, msg("Back"), "plain", "arrow-left")
        self.back.clicked.connect(model.back)
        self.stack.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.stack.addStretch(4)
        self.role.set_value(model.state.role)
        model.changed.connect(self.draw)

    def first_focus(self) -> QWidget:
        """The first passphrase."""
        return self.first.field

    def draw(self) -> None:
        """Show what the model says."""
        state = self._model.state
        self.place.update_texts(msg("Where it lies"), "", str(state.folder or ""))
        self.again.show_problem(state.problem or "")
        self.passphrase.note.say(STRENGTHS[state.strength])
        self.passphrase.note.set_kind(("quiet", "amber", "accent", "accent")[state.strength])
        self.make.setEnabled(not state.busy)
        self.make.say(msg("Making the notebook…") if state.busy else msg("Make the notebook"))
        if state.error is not None:
            self.bar.show_error(state.error)
        else:
            self.bar.hide()

    def _judge(self) -> None:
        typed = self.first.field.copy_bytes()
        self._model.judge(typed)
        wipe_bytes(typed)

    def _create(self) -> None:
        same = self.first.field.equals(self.second.field)
        typed = self.first.field.copy_bytes()
        self._model.create(typed, same)
        if self._model.state.busy:
            self.first.field.wipe()
            self.second.field.wipe()
        else:
            wipe_bytes(typed)

    def _toggle_chooser(self) -> None:
        self.chooser.setVisible(not self.chooser.isVisible())

    def _chosen(self, folder: object) -> None:
        if isinstance(folder, Path):
            self.chooser.hide()
            self._model.choose_new_folder(folder)


def _practise_row(look: Look, program: Program) -> Row | None:
    if program.practise is None:
        return None
    row = Row(look, msg("Practice notebook"), "", msg("with invented people"), "graduation-cap", chevron=True)
    row.clicked.connect(program.practise)
    return row
