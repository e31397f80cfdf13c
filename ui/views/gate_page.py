"""What the pages before an open notebook share: one column with the word "Daftar", the row to practise. Must not act."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.context import Program
from ui.look import Look
from ui.viewmodels.gate import GateModel, GateState
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.message_bar import MessageBar
from ui.widgets.row import Row
from ui.widgets.side_panel import scrolled
from ui.widgets.text import Label

COLUMN = 416
WIDE = 560
_WIDEST = 832  # the narrowest window less its margins


def centred(page: QWidget) -> QWidget:
    """A page in the middle of the window, scrolled where the window is small."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(32, 16, 32, 16)
    line.addStretch(1)
    line.addWidget(page)
    line.addStretch(1)
    return scrolled(holder)


class Page(QWidget):
    """One column, vertically a little above the middle; draws the model whenever it changes."""

    def __init__(
        self, look: Look, model: GateModel, heading: Message | str = "", width: int = COLUMN
    ) -> None:
        super().__init__()
        self.look, self.model = look, model
        self._width = width
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(0)
        self.stack.addStretch(3)
        self.stack.addWidget(Label(look, "Daftar", "title"))
        if heading:
            self.stack.addSpacing(8)
            self.stack.addWidget(Label(look, heading, "section"))
        self.bar = MessageBar(look, closable=False)
        look.theme.changed.connect(self._measure)
        self._measure()

    def first_focus(self) -> QWidget:
        """The widget one types into first."""
        raise NotImplementedError

    def return_focus(self) -> QWidget:
        """The widget to correct something in when what was asked for did not succeed."""
        return self.first_focus()

    def arrive(self) -> None:
        """The page is shown now: begin with nothing typed."""

    def draw(self) -> None:
        """Show what the model says; only while the page is shown."""

    def leave(self) -> None:
        """The page is left: nothing typed stays."""

    def add(self, widget: QWidget, space: int = 0) -> None:
        """Append with some space before."""
        self.stack.addSpacing(space)
        self.stack.addWidget(widget)

    def add_left(self, widget: QWidget, space: int = 0) -> None:
        """Append in its own width, wrapped where there is less."""
        self.stack.addSpacing(space)
        line = QHBoxLayout()
        line.addWidget(widget)
        line.addStretch(1)
        self.stack.addLayout(line)

    def add_back(self) -> None:
        """The way back, and the end of the column."""
        self.back = Button(self.look, msg("Back"), "plain", "arrow-left")
        self.back.clicked.connect(self.model.back)
        self.add_left(self.back, 8)
        self.end()

    def end(self) -> None:
        """Nothing comes below."""
        self.stack.addStretch(4)

    def show_error(self, state: GateState) -> None:
        """The bar for what no field can say."""
        if state.error is not None:
            self.bar.show_error(state.error)
            announce(self.bar.message)
        else:
            self.bar.hide()

    def _measure(self) -> None:
        self.setFixedWidth(min(_WIDEST, self.look.theme.px(self._width)))


def practise_row(look: Look, program: Program) -> Row | None:
    """The way to the practice notebook, where there is one."""
    if program.practise is None:
        return None
    row = Row(look, msg("Practice notebook"), "", msg("with invented people"), "graduation-cap", chevron=True)
    row.clicked.connect(program.practise)
    return row
