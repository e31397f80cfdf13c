"""How an interview begins: four questions about consent, read aloud in the speaker's language; nothing is required.

Must not preselect an answer.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.languages import UI_LANGUAGES
from i18n.message import Message, msg
from ui.context import Context
from ui.look import Look
from ui.theme.tokens import CONTENT_WIDTH
from ui.translator import Words
from ui.viewmodels.consent_words import ANSWERS, QUICK
from ui.viewmodels.interview_writing import Beginning
from ui.viewmodels.person_words import LANGUAGES
from ui.views.interview_session_begin import PinSection, RecordingSection
from ui.views.interview_speaker import SpeakerPicker
from ui.widgets.choice import Choice
from ui.widgets.fields import Field, LineField
from ui.widgets.options import Options
from ui.widgets.segmented import Segmented
from ui.widgets.sheet import Sheet
from ui.widgets.side_panel import Column, Section, SidePanel, scrolled
from ui.widgets.text import Label

MODES: tuple[tuple[str, Message], ...] = (
    ("in_person", msg("In person")),
    ("phone", msg("By phone")),
    ("video", msg("By video")),
    ("written", msg("In writing")),
    ("from_paper", msg("From paper")),
)


class BeginPage(QWidget):
    """The first layer of consent and what is known of the speaker. `value()` gives the beginning."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._words = Words(context.program.catalog, context.look.words.code, self)
        self._spoken = Look(context.look.theme, self._words)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(scrolled(self._questions()), 1)
        line.addWidget(self._speaker())

    def first_focus(self) -> QWidget:
        """The first question."""
        return self.answers["keep"]

    @property
    def recording_wished(self) -> str:
        """no, ends or goes_on; without a yes to the question it is no."""
        return self.recording.value if self.answers["record"].value == "yes" else "no"

    def _record_answered(self, answer: str) -> None:
        self.recording.allow(answer == "yes")

    def value(self) -> Beginning:
        """What was answered so far; unanswered questions count as not asked."""
        answers = tuple(
            (purpose, self.answers[name].value or "not_asked")
            for name, _words, purposes in QUICK
            for purpose in purposes
        )
        return Beginning(
            speaker=self.speaker.speaker,
            name=self.speaker.name,
            language=self.language.value,
            mode=self.mode.value or "in_person",
            answers=answers,
            contact_how=self.how.text(),
            text_language=self.reading.value,
        )

    def _questions(self) -> QWidget:
        look = self.context.look
        holder = QWidget()
        outer = QHBoxLayout(holder)
        outer.setContentsMargins(32, 8, 32, 24)
        outer.addStretch(1)
        column = Column(gap=12)
        column.setMaximumWidth(CONTENT_WIDTH)
        self.reading = Segmented(
            look, [(entry.code, entry.autonym) for entry in UI_LANGUAGES], msg("Read aloud in")
        )
        self.reading.set_value(look.words.code)
        self.reading.chosen.connect(self._read_in)
        column.add(Label(look, msg("Read aloud in"), "quiet"))
        column.add(self.reading)
        sheet = Sheet(look)
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(40, 28, 40, 32)
        inner.setSpacing(8)
        self._lines: list[Label] = []
        self.answers: dict[str, Segmented] = {}
        # critical
        opening = msg(
            "You decide what happens with what you tell. You may say no to any of this, stop at any time, and take it back later."
        )
        self._spoken_label(inner, opening, "narrative")
        for name, words, _purposes in QUICK:
            inner.addSpacing(14)
            self._spoken_label(inner, words, "narrative")
            answer = Segmented(look, ANSWERS, words)
            self.answers[name] = answer
            if name == "record":
                answer.chosen.connect(self._record_answered)
            row = QHBoxLayout()
            row.addWidget(answer)
            row.addStretch(1)
            inner.addLayout(row)
        self.how = LineField(look, msg("How it is safe to reach the person"))
        self.how.explain(msg("How it is safe to reach the person"))
        inner.addWidget(self.how)
        column.add(sheet)
        outer.addWidget(column, 20, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(1)
        return holder

    def _speaker(self) -> SidePanel:
        look = self.context.look
        panel = SidePanel(look)
        who = Section(look, msg("Who speaks"))
        self.speaker = SpeakerPicker(self.context)
        who.rows.add(self.speaker)
        panel.add(who)
        how = Section(look, msg("How you talk"))
        self.language = Choice(look, LANGUAGES, msg("Spoken language"), _spoken_default(look.words.code))
        how.inset(Field(look, msg("Spoken language"), self.language))
        self.mode = Options(look, MODES, msg("Manner"), columns=2)
        self.mode.set_value("in_person")
        how.inset(Field(look, msg("Manner"), self.mode))
        how.rows.stack.setSpacing(12)
        panel.add(how)
        self.recording = RecordingSection(self.context)
        panel.add(self.recording)
        self.recording.allow(False)
        self.pin = PinSection(look)
        panel.add(self.pin)
        return panel

    def _spoken_label(self, layout: QVBoxLayout, message: Message, kind: str) -> None:
        label = Label(self._spoken, message, kind)
        self._lines.append(label)
        layout.addWidget(label)

    def _read_in(self, code: str) -> None:
        self._words.speak_quietly(code)
        for label in self._lines:
            label.speak()


def _spoken_default(code: str) -> str:
    return {"uz_Latn": "uz-Latn", "uz_Cyrl": "uz-Cyrl", "en": "ru"}.get(code, code)
