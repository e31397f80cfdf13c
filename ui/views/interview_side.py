"""Beside the narrative: people, what happened, questions; each can be added without leaving the text for long.

Must not label, count or judge: the speaker may read it upside down.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n import edtf
from i18n.message import Message, msg, pmsg
from ui.context import Context
from ui.viewmodels.interview import InterviewModel, InterviewState
from ui.viewmodels.interview_questions import BLANKS, TOPICS, Question, Topic
from ui.viewmodels.interview_reading import PersonLine
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.date_words import DateWords
from ui.widgets.fields import AreaField, Field, LineField
from ui.widgets.options import Options
from ui.widgets.painting import fill_rounded
from ui.widgets.row import Row
from ui.widgets.side_panel import Section, SidePanel
from ui.widgets.text import Label

RELATIONS: tuple[tuple[str, Message], ...] = (
    ("", pmsg("relation", "not said")),
    ("mother", msg("Mother")),
    ("father", msg("Father")),
    ("wife", msg("Wife")),
    ("husband", msg("Husband")),
    ("son", msg("Son")),
    ("daughter", msg("Daughter")),
    ("brother", msg("Brother")),
    ("sister", msg("Sister")),
    ("grandparent", msg("Grandparent")),
    ("other_relative", msg("Other relative")),
    ("friend", msg("Friend")),
    ("colleague", msg("Colleague")),
    ("lawyer", msg("Lawyer")),
)
PROTECTIONS: tuple[tuple[str, Message], ...] = (
    ("hidden", msg("Hidden")),
    ("pseudonym", msg("Pseudonym")),
    ("none", pmsg("protection", "Name is printed")),
)


class InterviewSide(SidePanel):
    """Draws the side of an `InterviewModel`."""

    def __init__(self, context: Context, model: InterviewModel, parent: QWidget | None = None) -> None:
        super().__init__(context.look, parent=parent)
        self.context, self.model = context, model
        look = context.look
        self.people = Section(look, msg("People"), "plus", msg("Add a person"))
        self.person_form = PersonForm(context, model)
        self.incidents = Section(
            look, pmsg("interview", "What happened"), "plus", msg("Add something that happened")
        )
        self.incident_form = IncidentForm(context, model)
        self.questions = Questions(context, model)
        for section, form in ((self.people, self.person_form), (self.incidents, self.incident_form)):
            section.stack.insertWidget(1, form)
            form.hide()
            self.add(section)
        self.add(self.questions)
        if self.people.head.button is not None:
            self.people.head.button.clicked.connect(self.person_form.toggle)
        if self.incidents.head.button is not None:
            self.incidents.head.button.clicked.connect(self.incident_form.toggle)
        self._drawn: tuple[Any, ...] = ()
        model.changed.connect(self.draw)
        context.discreet.changed.connect(self._names_changed)
        self.draw()

    def draw(self) -> None:
        """Show people and incidents, when they changed."""
        state = self.model.state
        now = (state.people, state.incidents, self.context.discreet.on)
        if now == self._drawn:
            return
        self._drawn = now
        self._draw_people(state)
        self._draw_incidents(state)

    def _draw_people(self, state: InterviewState) -> None:
        self.people.rows.clear()
        for person in state.people:
            row = Row(self.context.look, person_words(person), person.code, self._name_beside(person))
            row.setObjectName(f"person/{person.id}")
            row.clicked.connect(self._open)
            self.people.rows.add(row)

    def _name_beside(self, person: PersonLine) -> str:
        return "" if self.context.discreet.on else person.name

    def _draw_incidents(self, state: InterviewState) -> None:
        self.incidents.rows.clear()
        for incident in state.incidents:
            title: Message | str = incident.title or msg("Without words yet")
            when: Message | str = incident.when_words or _when(incident.when)
            row = Row(self.context.look, title, "", when)
            row.setObjectName(f"incident/{incident.id}")
            row.clicked.connect(self._open)
            self.incidents.rows.add(row)

    def _open(self) -> None:
        sender = self.sender()
        if sender is not None:
            screen, _, record = sender.objectName().partition("/")
            self.context.navigator.go(screen, record)

    def _names_changed(self, _on: bool) -> None:
        self.draw()


def person_words(person: PersonLine) -> Message | str:
    """What somebody is called beside a narrative: the relation to the speaker."""
    if person.is_speaker:
        return msg("The speaker")
    return (
        dict(RELATIONS).get(person.relation, person.relation)
        if person.relation
        else msg("Somebody mentioned")
    )


def _when(value: str) -> Message | str:
    if not value:
        return ""
    return Message("{when}", {"when": edtf.parse(value)}) if edtf.is_valid(value) else value


class _Card(QWidget):
    """A soft ground for what is being filled in; its text stands on the panel's text edge."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(12, 12, 12, 12)
        self.stack.setSpacing(10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        fill_rounded(QPainter(self), QRectF(self.rect()), self.context.look.theme.color("accent_soft"))

    def _buttons(self, add: Message) -> tuple[Button, Button]:
        look = self.context.look
        accept, cancel = Button(look, add, "quiet", "check"), Button(look, msg("Cancel"), "plain")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(accept)
        line.addWidget(cancel)
        line.addStretch(1)
        self.stack.addLayout(line)
        return accept, cancel


class PersonForm(_Card):
    """Somebody mentioned: what he or she is called, relation, protection. Nothing is required."""

    def __init__(self, context: Context, model: InterviewModel) -> None:
        super().__init__(context)
        self._model = model
        look = context.look
        self.name = LineField(look, msg("What the person is called"))
        self.stack.addWidget(Field(look, msg("What the person is called"), self.name))
        self.relation = Choice(look, RELATIONS, msg("To the speaker"))
        self.stack.addWidget(Field(look, msg("To the speaker"), self.relation))
        self.protection = Options(look, PROTECTIONS, msg("In copies that leave"))
        self.protection.set_value("hidden")
        self.stack.addWidget(Field(look, msg("In copies that leave"), self.protection))
        accept, cancel = self._buttons(msg("Add"))
        accept.clicked.connect(self._add)
        cancel.clicked.connect(self.hide)
        self.name.submitted.connect(self._add)

    def toggle(self) -> None:
        """Open or close the form."""
        self.setVisible(not self.isVisible())
        if self.isVisible():
            self.name.setFocus()

    def _add(self) -> None:
        self._model.add_person(self.name.text(), self.relation.value, self.protection.value or "hidden")
        self.name.set_text("")
        self.relation.set_value("")
        self.protection.set_value("hidden")
        self.hide()


class IncidentForm(_Card):
    """Something that happened, in the speaker's words, and when."""

    def __init__(self, context: Context, model: InterviewModel) -> None:
        super().__init__(context)
        self._model = model
        look = context.look
        self.title = LineField(look, msg("In the speaker’s words"))
        self.stack.addWidget(Field(look, msg("In the speaker’s words"), self.title))
        self.when = DateWords(look, msg("When"))
        self.stack.addWidget(Field(look, msg("When"), self.when))
        accept, cancel = self._buttons(msg("Add"))
        accept.clicked.connect(self._add)
        cancel.clicked.connect(self.hide)
        self.title.submitted.connect(self._add)
        self.when.field.submitted.connect(self._add)

    def toggle(self) -> None:
        """Open or close the form."""
        self.setVisible(not self.isVisible())
        if self.isVisible():
            self.title.setFocus()

    def _add(self) -> None:
        if self.title.text().strip():
            when, words = self.when.value()
            self._model.add_incident(self.title.text(), when, words)
            self.title.set_text("")
            self.when.set_value("")
            self.hide()


class Questions(Section):
    """Open questions of the chosen topic; one is unfolded at a time."""

    def __init__(self, context: Context, model: InterviewModel) -> None:
        super().__init__(context.look, msg("Questions"))
        self.context, self.model = context, model
        self._topic: Topic | None = None
        self._open = ""
        self._drawn: tuple[Any, ...] | None = None
        model.changed.connect(self.draw)
        self.draw()

    def show_topic(self, topic_id: str) -> None:
        """Show the questions of a topic, or with an empty id those already answered."""
        self._topic = next((topic for topic in TOPICS if topic.id == topic_id), None)
        self._open = ""
        self.draw()

    def draw(self) -> None:
        """Show the questions, when something about them changed."""
        answers = dict(self.model.state.answers)
        now = (self._topic, self._open, self.model.state.answers)
        if now == self._drawn:
            return
        self._drawn = now
        self.rows.clear()
        shown = self._topic.questions if self._topic is not None else self._answered(answers)
        if not shown:
            self.inset(
                Label(self.context.look, msg("Choose a topic under the text to see its questions."), "quiet")
            )
        for question in shown:
            if question.id == self._open:
                card = QuestionCard(self.context, question, answers.get(question.id))
                card.answered.connect(self._answered_now)
                self.rows.add(card)
                card.field.setFocus()
            else:
                row = Row(self.context.look, question.words, "", answer_words(answers.get(question.id)))
                row.setObjectName(question.id)
                row.clicked.connect(self._unfold)
                self.rows.add(row)

    def unfold(self, question: str) -> None:
        """Open the card of a question that is shown."""
        self._open = question
        self.draw()

    @staticmethod
    def _answered(answers: dict[str, Any]) -> tuple[Question, ...]:
        return tuple(question for topic in TOPICS for question in topic.questions if question.id in answers)

    def _unfold(self) -> None:
        sender = self.sender()
        self.unfold(sender.objectName() if sender is not None else "")

    def _answered_now(self, question: str, value: object) -> None:
        self._open = ""
        self.model.answer(question, value)
        self.draw()


def answer_words(value: Any) -> Message | str:
    """What was answered, for the row of a question."""
    if isinstance(value, tuple):
        return dict(BLANKS).get(str(value[1]), str(value[1]))
    if isinstance(value, bool):
        return pmsg("answer", "yes") if value else pmsg("answer", "no")
    return value if isinstance(value, str) else "" if value is None else str(value)


class QuestionCard(_Card):
    """One question: a text, or one of the ways not to have an answer. `answered(id, value)`."""

    answered = Signal(str, object)

    def __init__(self, context: Context, question: Question, value: Any) -> None:
        super().__init__(context)
        self._question = question.id
        look = context.look
        self.stack.addWidget(Label(look, question.words, "body"))
        self.field = AreaField(look, question.words, 2)
        self.stack.addWidget(self.field)
        self.blank = Options(look, BLANKS, msg("No answer, because"), columns=2)
        self.stack.addWidget(self.blank)
        if isinstance(value, tuple):
            self.blank.set_value(str(value[1]))
        elif isinstance(value, str):
            self.field.set_text(value)
        accept, cancel = self._buttons(msg("Keep"))
        accept.clicked.connect(self._keep)
        cancel.clicked.connect(self._cancel)
        self._value = value
        self.blank.chosen.connect(self._blank_chosen)

    def _keep(self) -> None:
        text = self.field.text().strip()
        blank = self.blank.value
        self.answered.emit(self._question, text or ({"blank": blank} if blank else None))

    def _blank_chosen(self, _value: str) -> None:
        self.field.set_text("")

    def _cancel(self) -> None:
        value = {"blank": self._value[1]} if isinstance(self._value, tuple) else self._value
        self.answered.emit(self._question, value)
