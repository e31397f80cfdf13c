"""The full consent of one interview: every purpose, every recipient, in words read aloud. Must not offer "yes to all"."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.languages import UI_LANGUAGES
from i18n.message import Message, msg, pmsg
from ui.context import Context
from ui.look import Look
from ui.theme.tokens import CONTENT_WIDTH
from ui.translator import Words
from ui.viewmodels.consent_words import ANSWERS, GROUPS, QUESTIONS, STATES
from ui.viewmodels.interview import InterviewModel
from ui.viewmodels.person_words import country_words
from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.segmented import Segmented
from ui.widgets.sheet import Sheet
from ui.widgets.side_panel import Column, scrolled
from ui.widgets.text import Hairline, Label

MANNERS: tuple[tuple[str, Message], ...] = (
    ("signed", pmsg("consent", "Signed")),
    ("mark", pmsg("consent", "By a mark")),
    ("oral_recorded", pmsg("consent", "Spoken and recorded")),
    ("oral_witnessed", pmsg("consent", "Spoken before a witness")),
)
TOLD_BACK: tuple[tuple[str, Message], ...] = (("yes", msg("Yes")), ("no", msg("No")))


class ConsentPage(QWidget):
    """Draws the decisions of an `InterviewModel`; each choice is recorded at once. `done` when one goes back."""

    done = Signal()

    def __init__(self, context: Context, model: InterviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.model = context, model
        self._words = Words(context.program.catalog, context.look.words.code, self)
        self._spoken = Look(context.look.theme, self._words)
        self._spoken_labels: list[Label] = []
        self.answers: dict[tuple[str, str], Segmented] = {}
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        outer = QHBoxLayout(holder)
        outer.setContentsMargins(32, 8, 32, 24)
        outer.addStretch(1)
        outer.addWidget(self._column(context.look), 20, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(1)
        stack.addWidget(scrolled(holder))
        model.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Show what is recorded."""
        state = self.model.state
        found = {(line.purpose, line.recipient): line.decision for line in state.grants}
        for (purpose, recipient), answer in self.answers.items():
            decision = found.get((purpose, recipient), found.get((purpose, ""), ""))
            if answer.value != decision:
                answer.set_value(decision)
            answer.setEnabled(not state.withdrawn)
        self.manner.set_value(state.consent_manner)
        self.told_back.set_value(state.consent_told_back)
        self.withdrawn.setVisible(state.withdrawn)
        self.take_back.setVisible(bool(state.consent_id) and not state.withdrawn)

    def _column(self, look: Look) -> Column:
        column = Column(gap=12)
        column.setMaximumWidth(CONTENT_WIDTH)
        self.back = Button(look, msg("Back to the interview"), "plain", "arrow-left")
        self.back.clicked.connect(self.done)
        line = QHBoxLayout()
        line.addWidget(self.back)
        line.addStretch(1)
        column.stack.addLayout(line)
        self.reading = Segmented(
            look, [(entry.code, entry.autonym) for entry in UI_LANGUAGES], msg("Read aloud in")
        )
        self.reading.set_value(look.words.code)
        self.reading.chosen.connect(self._read_in)
        column.add(Field(look, msg("Read aloud in"), self.reading))
        # critical
        self.withdrawn = Label(
            look,
            msg("The person has taken everything back. Nothing about this interview may leave."),
            "amber",
        )
        column.add(self.withdrawn)
        sheet = Sheet(look)
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(40, 28, 40, 32)
        inner.setSpacing(8)
        for title, purposes in GROUPS:
            inner.addSpacing(8)
            inner.addWidget(Label(look, title, "quiet"))
            for purpose in purposes:
                self._question(inner, purpose)
        column.add(sheet)
        column.add(self._manner(look))
        return column

    def _question(self, layout: QVBoxLayout, purpose: str) -> None:
        recipients = STATES if purpose == "name_to_government" else ("",)
        for recipient in recipients:
            words = QUESTIONS[purpose]
            if recipient:
                words = Message(words.source, {"country": country_words(recipient)})
            label = Label(self._spoken, words, "narrative")
            self._spoken_labels.append(label)
            layout.addWidget(label)
            answer = Segmented(self.context.look, ANSWERS, words)
            answer.setObjectName(f"{purpose}/{recipient}")
            answer.chosen.connect(self._decided)
            self.answers[purpose, recipient] = answer
            line = QHBoxLayout()
            line.addWidget(answer)
            line.addStretch(1)
            layout.addLayout(line)
            layout.addSpacing(10)

    def _manner(self, look: Look) -> Column:
        column = Column(gap=16)
        column.add(Hairline())
        self.manner = Segmented(look, MANNERS, msg("How consent was given"))
        self.manner.chosen.connect(self.model.set_manner)
        column.add(Field(look, msg("How consent was given"), self.manner))
        self.told_back = Segmented(look, TOLD_BACK, msg("The person said in own words what is allowed"))
        self.told_back.chosen.connect(self.model.set_told_back)
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.told_back)
        line.addStretch(1)
        column.add(Field(look, msg("The person said in own words what is allowed"), holder))
        # critical
        self.take_back = Button(look, msg("The person takes everything back"), "plain", "undo-2")
        self.take_back.clicked.connect(self._ask_withdrawal)
        # critical
        self.sure = Button(look, msg("Record that everything is taken back"), "danger", "undo-2")
        self.sure.clicked.connect(self._withdraw)
        self.sure.hide()
        for button in (self.take_back, self.sure):
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            column.stack.addLayout(row)
        return column

    def _decided(self, decision: str) -> None:
        sender = self.sender()
        if sender is not None:
            purpose, _, recipient = sender.objectName().partition("/")
            self.model.decide(purpose, recipient, decision)

    def _ask_withdrawal(self) -> None:
        self.sure.setVisible(not self.sure.isVisible())

    def _withdraw(self) -> None:
        self.sure.hide()
        self.model.withdraw()

    def _read_in(self, code: str) -> None:
        self._words.speak_quietly(code)
        for label in self._spoken_labels:
            label.speak()
