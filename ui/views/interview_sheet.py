"""The middle of the interview room: consent strip, the sheet one writes on, topics under it. Must not wait for anything.

The text belongs to the editor while it is shown; it goes to the model as draft every 2 s and as revision when it is left.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.languages import language_name
from i18n.message import Message, msg, pmsg
from ui.context import Context
from ui.theme.tokens import CONTENT_WIDTH
from ui.viewmodels.consent_words import SHORT
from ui.viewmodels.interview import InterviewModel, NarrativeLine
from ui.viewmodels.interview_questions import TOPICS
from ui.viewmodels.person_words import LANGUAGES, country_words
from ui.views.interview_session_strip import RecorderStrip
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.choice import Choice
from ui.widgets.consent_strip import ConsentStrip, Item
from ui.widgets.flow import FlowLayout
from ui.widgets.letters import LetterPalette
from ui.widgets.message_bar import MessageBar
from ui.widgets.narrative_edit import NarrativeEdit
from ui.widgets.segmented import Segmented
from ui.widgets.sheet import Sheet
from ui.widgets.side_panel import scrolled
from ui.widgets.text import Label

DRAFT_MS = 2000
KINDS: dict[str, Message] = {
    "original": pmsg("narrative", "original"),
    "translation": pmsg("narrative", "translation"),
    "summary": pmsg("narrative", "summary"),
    "addendum": pmsg("narrative", "addendum"),
}


class InterviewSheet(QWidget):
    """`topic_chosen(id)` and `consent_wished` go to the room."""

    topic_chosen = Signal(str)
    consent_wished = Signal()

    def __init__(self, context: Context, model: InterviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.model = context, model
        look = context.look
        self._narrative = ""
        self._dirty = False
        self._values: list[tuple[str, Message | str]] = []
        self.edit: NarrativeEdit
        self.letters: LetterPalette
        self.texts: Segmented
        self._opened_at = context.program.now()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        outer = QHBoxLayout(holder)
        outer.setContentsMargins(24, 0, 24, 12)
        outer.addStretch(1)
        column = QWidget()
        column.setMaximumWidth(CONTENT_WIDTH + max(0, look.theme.scale - 100) * 4)
        self._stack = QVBoxLayout(column)
        self._stack.setContentsMargins(0, 10, 0, 0)
        self._stack.setSpacing(14)
        outer.addWidget(column, 20)
        outer.addStretch(1)
        whole.addWidget(scrolled(holder))
        self.strip = ConsentStrip(look)
        self.strip.change_wished.connect(self.consent_wished)
        self._stack.addWidget(self.strip)
        self.bar = MessageBar(look)
        self._stack.addWidget(self.bar)
        self._stack.addWidget(self._make_sheet(), 1)
        self._stack.addWidget(self._make_topics())
        self.recorder = RecorderStrip(context, model)
        self._stack.addWidget(self.recorder)
        self._timer = QTimer(self)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self._keep_draft)
        mark = QShortcut(QKeySequence("F6"), self)
        mark.activated.connect(self._mark_time)
        model.changed.connect(self.draw)
        model.text_shown.connect(self._show_text)

    # -- what the room asks

    def unsaved(self) -> list[Any]:
        """The draft still to be written, for the lock."""
        if not self._dirty or not self._narrative:
            return []
        self._dirty = False
        return [self.model.draft_operation(self._narrative, self.edit.stored_text())]

    def finish(self) -> None:
        """The text is left: take it over."""
        self._timer.stop()
        if self._narrative and (
            self._dirty or not self.model.is_kept(self._narrative, self.edit.stored_text())
        ):
            self._dirty = False
        if self._narrative:
            self.model.take_over(self._narrative, self.edit.stored_text())

    # -- drawing

    def draw(self) -> None:
        """Show consent, texts, the language of the text."""
        state = self.model.state
        self.strip.show_items(_consent_items(self.model))
        shown = next((line for line in state.narratives if line.id == state.current), None)
        if shown is not None:
            self.language.set_value(shown.language)
            self.letters.show_language(_letters_of(shown.language))
        values: list[tuple[str, Message | str]] = [
            (line.id, _narrative_words(line)) for line in state.narratives
        ]
        if values != self._values:
            self._values = values
            self.texts.set_choices(values)
        self.texts.set_value(state.current)
        self.texts.setVisible(len(values) > 1)
        self.edit.setReadOnly(state.paused_since is not None)
        self.edit.marks_shown = bool(self.context.settings.get("ui.time_marks"))

    def _make_sheet(self) -> Sheet:
        look = self.context.look
        sheet = Sheet(look)
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(2, 8, 2, 3)
        inner.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 8, 0)
        head.setSpacing(8)
        self.texts = Segmented(look, [], msg("Texts of this interview"))
        self.texts.chosen.connect(self._choose_text)
        head.addWidget(self.texts)
        head.addStretch(1)
        self.more = IconButton(look, "languages", msg("Language of this text, another text"), side=32)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._toggle_more)
        self.keys = IconButton(look, "keyboard", msg("Letters"), side=32)
        self.keys.setCheckable(True)
        self.keys.toggled.connect(self._toggle_letters)
        head.addWidget(self.keys)
        head.addWidget(self.more)
        inner.addLayout(head)
        inner.addWidget(self._make_more())
        holder = QHBoxLayout()
        holder.setContentsMargins(16, 4, 16, 0)
        self.letters = LetterPalette(look)
        self.letters.hide()
        holder.addWidget(self.letters)
        inner.addLayout(holder)
        self.edit = NarrativeEdit(look, msg("What the person tells"))
        self.edit.setMinimumHeight(look.theme.px(160))
        self.edit.typed.connect(self._typed)
        self.edit.left.connect(self._left)
        self.letters.pressed.connect(self.edit.insert_letter)
        inner.addWidget(self.edit, 1)
        return sheet

    def _make_more(self) -> QWidget:
        look = self.context.look
        self.more_panel = QWidget()
        flow = FlowLayout(self.more_panel, gap=12, line_gap=8)
        flow.setContentsMargins(16, 8, 16, 8)
        self.language = Choice(look, LANGUAGES, msg("Language of this text"))
        self.language.chosen.connect(self.model.set_language)
        flow.addWidget(self.language)
        for kind, words in (("translation", msg("Add a translation")), ("addendum", msg("Add an addendum"))):
            button = Button(look, words, "quiet", "plus")
            button.setObjectName(kind)
            button.clicked.connect(self._add_text)
            flow.addWidget(button)
        self.more_panel.hide()
        return self.more_panel

    def _make_topics(self) -> QWidget:
        look = self.context.look
        holder = QWidget()
        flow = FlowLayout(holder, gap=8, line_gap=8)
        flow.addWidget(Label(look, msg("Topics"), "quiet", wrap=False))
        self.topics: dict[str, Chip] = {}
        for topic in TOPICS:
            chip = Chip(look, topic.words)
            chip.setObjectName(topic.id)
            chip.clicked.connect(self._topic)
            flow.addWidget(chip)
            self.topics[topic.id] = chip
        return holder

    # -- typing

    def _show_text(self, narrative_id: str, text: str) -> None:
        if self._narrative and self._narrative != narrative_id:
            self.model.take_over(self._narrative, self.edit.stored_text())
        self._narrative, self._dirty = narrative_id, False
        self.edit.show_text(text)
        if (
            text and self.context.session.interview_id == self.model.state.id
        ):  # back in the sitting: one goes on at its end
            self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self._timer.start()

    def _typed(self) -> None:
        self._dirty = True

    def _left(self) -> None:
        if self._narrative and self._dirty:
            self._dirty = False
            self.model.take_over(self._narrative, self.edit.stored_text())

    def _keep_draft(self) -> None:
        if self._dirty and self._narrative:
            self._dirty = False
            text = self.edit.stored_text()
            self.model.keep_draft(self._narrative, text)
            self._warn_when_long(text)

    def _warn_when_long(self, text: str) -> None:
        from storage import limits

        # A character has at most four bytes: shorter texts need not be encoded to be measured.
        if limits.near_limit(len(text) * 4) and limits.near_limit(len(text.encode("utf-8"))):
            self.bar.show_message(
                msg("This text is nearly as long as one text may be. Continue in an addendum."), "amber"
            )

    def _mark_time(self) -> None:
        began = _moment(self.model.state.began) or self._opened_at
        self.edit.mark_time(int((self.context.program.now() - began).total_seconds()) % 360_000)

    # -- small commands

    def _choose_text(self, narrative_id: str) -> None:
        self._left()
        self.model.show_narrative(narrative_id)

    def _add_text(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._left()
            language = "en" if sender.objectName() == "translation" else self.language.value
            self.model.add_narrative(language or "en", sender.objectName())
            self.more.setChecked(False)

    def _toggle_more(self, on: bool) -> None:
        self.more_panel.setVisible(on)

    def _toggle_letters(self, on: bool) -> None:
        self.letters.setVisible(on)

    def _topic(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.topic_chosen.emit(sender.objectName())


def _consent_items(model: InterviewModel) -> list[Item]:
    state = model.state
    if state.withdrawn:
        # critical
        return [(msg("taken back; nothing may leave"), False)]
    items: list[Item] = []
    for line in state.grants:
        if line.decision not in ("yes", "no"):
            continue
        words: Message | str = SHORT.get(line.purpose, line.purpose)
        if line.recipient:
            # critical
            words = msg("name to {country}", country=country_words(line.recipient))
        # critical
        items.append(
            (words if line.decision == "yes" else msg("{purpose}: no", purpose=words), line.decision == "yes")
        )
    # critical
    return items or [(msg("nothing asked yet"), False)]


def _narrative_words(line: NarrativeLine) -> Message:
    return msg(
        "{language}, {kind}", language=language_name(line.language), kind=KINDS.get(line.kind, line.kind)
    )


def _letters_of(tag: str) -> str:
    return {"uz": "uz_Latn", "uz-Latn": "uz_Latn", "uz-Cyrl": "uz_Cyrl"}.get(tag, tag)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
