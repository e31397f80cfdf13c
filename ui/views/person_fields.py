"""Answerable fields as one widget each: label, editor, and the ways of not answering. Must not know records or save anything.

An editor is a widget with `value()`, `set_value(value)` and a signal `answered(object)` that comes when a person has
finished answering. `AnswerField` puts a label above it and, behind one small button, the blanks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from i18n import case
from i18n.message import Message, msg, pmsg
from ui.look import Look
from ui.viewmodels.person_answers import BLANK_WORDS, Answer, Shape
from ui.viewmodels.person_words import body_name
from ui.widgets.button import Button, IconButton
from ui.widgets.choice import Choice
from ui.widgets.date_words import DateWords
from ui.widgets.fields import AreaField, LineField
from ui.widgets.segmented import Segmented
from ui.widgets.text import Label


class Editor(QWidget):
    """Base of the editors: `answered` comes when a person has finished answering."""

    answered = Signal(object)

    def value(self) -> Any:
        """What is answered now."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show what is stored."""
        raise NotImplementedError

    def _hold(self, widget: QWidget) -> None:
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(widget)
        self.setFocusProxy(widget)


class TextEditor(Editor):
    """One line, or with `lines` several."""

    def __init__(self, look: Look, label: Message, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ""
        self.field: LineField | AreaField = (
            LineField(look, label) if lines == 1 else AreaField(look, label, lines)
        )
        self._hold(self.field)
        self.field.left.connect(self._finish)
        if isinstance(self.field, LineField):
            self.field.submitted.connect(self._finish)

    def value(self) -> str:
        """What is typed, without outer spaces."""
        return self.field.text().strip()

    def set_value(self, value: Any) -> None:
        """Show a stored text; what somebody is typing right now stays."""
        text = value if isinstance(value, str) else ""
        typing = self.field.hasFocus() and self.value() != self._stored
        self._stored = text
        if not typing:
            self.field.set_text(text)

    def _finish(self) -> None:
        if self.value() != self._stored:
            self._stored = self.value()
            self.answered.emit(self.value())


class NumberEditor(TextEditor):
    """A whole number; what is not one is kept in the field and not answered."""

    def set_value(self, value: Any) -> None:
        """Show a stored number."""
        super().set_value(str(value) if isinstance(value, int) else "")

    def _finish(self) -> None:
        typed = self.value()
        if typed != self._stored and (typed.isdecimal() or not typed):
            self._stored = typed
            self.answered.emit(int(typed) if typed else None)


class BodyEditor(TextEditor):
    """A body named in words. A body of the lexicon keeps its key as long as nobody writes other words."""

    def __init__(self, look: Look, label: Message, parent: QWidget | None = None) -> None:
        super().__init__(look, label, 1, parent)
        self._given: Any = None
        self._shown = ""

    def value(self) -> Any:
        """The stored value while its words stand, else the words."""
        typed = super().value()
        if typed == self._shown:
            return self._given
        return {"words": typed} if typed else None

    def set_value(self, value: Any) -> None:
        """Show a key of the lexicon by its name, or words as they are."""
        self._given = value
        words = value.get("words", "") if isinstance(value, dict) else value
        self._shown = body_name(words, self.field.look.words.code) if isinstance(words, str) else ""
        super().set_value(self._shown)

    def _finish(self) -> None:
        if super().value() != self._shown:
            self.answered.emit(self.value())


class SuggestedEditor(TextEditor):
    """Free words; a word the program knows is shown, and understood, as the choices call it."""

    def __init__(
        self,
        look: Look,
        label: Message,
        choices: Sequence[tuple[str, Message | str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, label, 1, parent)
        self._table = dict(choices)

    def set_value(self, value: Any) -> None:
        """Show the words for a stored key, or the stored words."""
        super().set_value(
            self.field.look.t(self._table[value])
            if isinstance(value, str) and value in self._table
            else value
        )

    def _finish(self) -> None:
        typed = self.value()
        if typed == self._stored:
            return
        look = self.field.look
        self._stored = typed
        known = (
            key
            for key, words in self._table.items()
            if case.equal_ignoring_case(look.t(words), typed, look.words.code)
        )
        self.answered.emit(next(known, typed))


class ChoiceEditor(Editor):
    """One of a closed list; a value outside it is shown as it stands. With `front` by the reader's alphabet, those first."""

    def __init__(
        self,
        look: Look,
        label: Message,
        choices: Sequence[tuple[str, Message | str]],
        front: frozenset[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = list(choices)
        self.choice = Choice(look, self._choices, label)
        if front is not None:
            self.choice.order_by_alphabet(front)
        self._hold(self.choice)
        self.choice.chosen.connect(self._chosen)

    def offer(self, choices: Sequence[tuple[str, Message | str]]) -> None:
        """Offer other choices from now on."""
        self._choices = list(choices)
        self.choice.set_choices(self._choices)

    def value(self) -> str:
        """The chosen value."""
        return self.choice.value

    def set_value(self, value: Any) -> None:
        """Choose."""
        text = value if isinstance(value, str) else ""
        if text and all(known != text for known, _ in self._choices):
            self._choices.append((text, text))
            self.choice.set_choices(self._choices)
        self.choice.set_value(text)

    def _chosen(self, value: str) -> None:
        self.answered.emit(value)


class YesNoEditor(Editor):
    """Yes or no, nothing chosen at first."""

    def __init__(self, look: Look, label: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = Segmented(look, [("yes", msg("Yes")), ("no", msg("No"))], label)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignLeft)
        line.addStretch(1)
        self.setFocusProxy(self.parts)
        self.parts.chosen.connect(self._chosen)

    def value(self) -> bool | None:
        """The answer; None while there is none."""
        return {"yes": True, "no": False}.get(self.parts.value)

    def set_value(self, value: Any) -> None:
        """Show a stored answer."""
        self.parts.set_value("yes" if value is True else "no" if value is False else "")

    def _chosen(self, _value: str) -> None:
        self.answered.emit(self.value())


class DateEditor(Editor):
    """A date in words; `answered` carries EDTF text, and the words are in `words()`."""

    def __init__(self, look: Look, label: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.date = DateWords(look, label)
        self._hold(self.date)
        self.date.answered.connect(self._finish)

    def value(self) -> str:
        """EDTF text, empty when not understood."""
        return self.date.value()[0]

    def words(self) -> str:
        """The witness's own words, empty when they say no more than the date."""
        return self.date.value()[1]

    def set_value(self, value: Any) -> None:
        """Show a stored date: EDTF text, or (EDTF text, words)."""
        if isinstance(value, tuple):
            self.date.set_value(str(value[0]), str(value[1]))
        elif not self.date.field.hasFocus():
            self.date.set_value(value if isinstance(value, str) else "")

    def _finish(self, edtf_text: str, _words: str) -> None:
        self.answered.emit(edtf_text)


class AnswerField(QWidget):
    """One answerable field. `answered(name, answer)` comes for values and blanks alike."""

    answered = Signal(str, object)

    def __init__(
        self,
        look: Look,
        name: str,
        shape: Shape,
        label: Message,
        editor: Editor,
        *,
        help_text: Message | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look, self.name, self.shape = look, name, shape
        self.editor = editor
        self._answer = Answer()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        self.label = Label(look, label, "quiet")
        self._more = IconButton(look, "ellipsis", msg("There is no answer: say why"), side=24)
        self._more.clicked.connect(self._open_blanks)
        head.addWidget(self.label, 1)
        head.addWidget(self._more)
        rows.addLayout(head)
        rows.addWidget(editor)
        rows.addWidget(self._blank_line())
        self.note = Label(look, help_text, "quiet")
        self._help = help_text
        rows.addWidget(self.note)
        self.note.setVisible(bool(help_text))
        self.setFocusProxy(editor)
        editor.answered.connect(self._value_given)
        self._show()

    def _blank_line(self) -> QWidget:
        self._blank = QWidget()
        line = QHBoxLayout(self._blank)
        line.setContentsMargins(0, 6, 0, 6)
        self._blank_words = Label(self.look, "", "bodyquiet")
        self._again = Button(self.look, pmsg("button", "Answer"), "link")
        self._again.clicked.connect(self._clear)
        line.addWidget(self._blank_words)
        line.addWidget(self._again)
        line.addStretch(1)
        return self._blank

    def set_answer(self, answer: Answer) -> None:
        """Show what is stored."""
        self._answer = answer
        self.editor.set_value(answer.value if answer.given else None)
        self._show()

    def show_problem(self, problem: Message | str) -> None:
        """Say what is wrong beside the field, or take it back."""
        self.note.say(problem or self._help)
        self.note.set_kind("amber" if problem else "quiet")
        self.note.setVisible(bool(problem or self._help))

    def _show(self) -> None:
        blank = self._answer.blank
        told = blank is not None and blank != "not_asked"
        self.editor.setVisible(not told)
        self._blank.setVisible(told)
        if told:
            self._blank_words.say(BLANK_WORDS.get(str(blank), str(blank)))

    def _value_given(self, value: object) -> None:
        self._take(Answer(value, None) if value not in (None, "") else Answer())

    def _clear(self) -> None:
        self._take(Answer())
        self.editor.setFocus()

    def _take(self, answer: Answer) -> None:
        self._answer = answer
        self._show()
        self.answered.emit(self.name, answer)

    def _open_blanks(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for blank, words in BLANK_WORDS.items():
            action = menu.addAction(self.look.t(words))
            action.setData(blank)
        menu.triggered.connect(self._blank_chosen)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _blank_chosen(self, action: QAction) -> None:
        self.say_blank(str(action.data()))

    def say_blank(self, blank: str) -> None:
        """Answer with a blank."""
        self.editor.set_value(None)
        self._take(Answer(blank=blank))


class FieldSet(QObject):
    """The answer fields of a page, by name: fills them all from a document, tells of each answer."""

    answered = Signal(str, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, AnswerField] = {}

    def add(self, field: AnswerField) -> AnswerField:
        """Keep a field."""
        self.fields[field.name] = field
        field.answered.connect(self._answered)
        return field

    def _answered(self, name: str, answer: object) -> None:
        self.answered.emit(name, self.fields[name].shape, answer)
