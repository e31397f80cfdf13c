"""A new passphrase: seven proposed words shown large and typed back, or one's own typed twice. Must not make text of the whole.

The proposal lies in one buffer that is wiped; it counts only when it was typed back with the words out of sight.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg
from ui.look import Look, must_speak
from ui.theme.tokens import SECTION
from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.passphrase import PassphraseBox
from ui.widgets.secret_shown import WordsShown
from ui.widgets.text import Label
from ui.wiping import wipe_bytes

STRENGTHS: tuple[Message, ...] = (
    msg("Six or seven words that do not belong together, in any language. Nobody can recover it for you."),
    msg("Too easy to guess. Add words."),
    msg("Strong enough. One more word makes it better."),
    msg("Strong."),
)
TONES = ("quiet", "amber", "accent", "accent")
_FALLBACK = "en"


def strength_of(passphrase: bytearray) -> int:
    """0 nothing, 1 weak, 2 enough, 3 strong; the caller wipes."""
    from storage import MINIMUM_BITS, passphrase_bits

    if not passphrase:
        return 0
    bits = passphrase_bits(passphrase)
    return 1 if bits < MINIMUM_BITS else 2 if bits < 1.3 * MINIMUM_BITS else 3


class ProposedWords(WordsShown):
    """The words in the size of a heading."""

    def cell_size(self) -> tuple[float, float]:
        """Place and word."""
        theme = self.look.theme
        metrics = QFontMetricsF(theme.font(SECTION))
        widest = max((metrics.horizontalAdvance(word) for _, word in self._pairs), default=80.0)
        return theme.px(24) + widest + theme.px(24), theme.px(44)

    def paint_cell(self, painter: QPainter, cell: int, x: float, y: float) -> None:
        """The place, quiet; the word."""
        theme = self.look.theme
        high = self.cell_size()[1]
        for text, font, colour, left in (
            (str(cell + 1), theme.font(13, tabular=True), "quiet", x),
            (self._pairs[cell][1], theme.font(SECTION), "ink", x + theme.px(24)),
        ):
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(theme.color(colour))
            painter.drawText(QPointF(left, y + (high + metrics.ascent() - metrics.descent()) / 2), text)


class PassphraseChoice(QWidget):
    """`changed` when something was typed or another way chosen, `submitted` on Enter in the last field.

    `begin` proposes anew; `problem` says what is missing, None when it counts; `copy_bytes` gives it; `wipe` when left.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._secret = bytearray()
        self.own = False
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(16)
        self._build_proposal(stack)
        self._build_own(stack)
        self._show_parts()

    def begin(self) -> None:
        """Forget what was typed and propose other words, in the letters of the window's language."""
        from storage import propose_secret

        self.wipe()
        try:
            self._secret = propose_secret(self.look.words.code)
        except KeyError:
            self._secret = propose_secret(_FALLBACK)
        self._show_words()
        self._show_parts()

    def problem(self) -> Message | None:
        """What is missing before the passphrase counts."""
        if not self.own:
            if not self.words.isHidden():
                return msg("Learn the seven words, then type them.")
            return None if self._typed_back() else msg("These are not the seven words. Look at them again.")
        typed = self.first.copy_bytes()
        strength = strength_of(typed)
        wipe_bytes(typed)
        if strength < 2:
            return msg("This passphrase is too short. Use six or seven words that do not belong together.")
        return None if self._same() else msg("The two passphrases differ.")

    def copy_bytes(self) -> bytearray:
        """A copy that the caller wipes; ours stays until `wipe`: a full disk must not cost what was just learnt."""
        return self.first.copy_bytes() if self.own else self.back.copy_bytes()

    def wipe(self) -> None:
        """Overwrite what is typed and what is proposed."""
        for box in (self.back, self.first, self.second):
            box.wipe()
        wipe_bytes(self._secret)
        self._secret = bytearray()
        self.words.wipe()

    def focus(self) -> QWidget:
        """Where one goes on."""
        if self.own:
            return self.first.focus()
        return self.back.focus() if self.words.isHidden() else self.learnt

    def changeEvent(self, event: QEvent) -> None:
        """Another language of the window: words in its letters, unless somebody is already typing."""
        super().changeEvent(event)
        if must_speak(self, event) and hasattr(self, "second") and self._secret and not self.words.isHidden():
            self.begin()

    def _build_proposal(self, stack: QVBoxLayout) -> None:
        look = self.look
        self.head = Label(look, msg("A passphrase of seven words"), "quiet")
        self.words = ProposedWords(look, msg("Seven proposed words"))
        # critical
        self.advice = Label(
            look,
            msg("Learn them by heart. If you must write them down, keep the paper away from the computer."),
            "quiet",
        )
        self.learnt = Button(look, msg("I know them: type them now"), "quiet", "keyboard")
        self.learnt.clicked.connect(self._hide_words)
        self.others = Button(look, msg("Propose others"), "link", "refresh-cw")
        self.others.clicked.connect(self.begin)
        self.to_own = Button(look, msg("Use my own"), "link", "pencil")
        self.to_own.clicked.connect(self._choose_own)
        self.back = PassphraseBox(look, msg("The seven words"), with_plain=True)
        self.back.edited.connect(self._edited)
        self.back.submitted.connect(self.submitted)
        self.back_field = Field(look, msg("Type the seven words"), self.back, msg("with spaces between them"))
        self.again = Button(look, msg("Show the words again"), "link", "eye")
        self.again.clicked.connect(self._show_words)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for button in (self.others, self.to_own, self.again):
            ways.addWidget(button)
        ways.addStretch(1)
        for widget in (self.head, self.words, self.advice):
            stack.addWidget(widget)
        stack.addLayout(_left(self.learnt))
        stack.addWidget(self.back_field)
        stack.addLayout(ways)

    def _build_own(self, stack: QVBoxLayout) -> None:
        look = self.look
        self.first = PassphraseBox(look, msg("New passphrase"), with_plain=True)
        self.first.edited.connect(self._edited)
        self.first_field = Field(look, msg("New passphrase"), self.first, STRENGTHS[0])
        self.second = PassphraseBox(look, msg("The same once more"), with_keyboard=False)
        self.second.follow(self.first)
        self.second.edited.connect(self._edited)
        self.second.submitted.connect(self.submitted)
        self.second_field = Field(look, msg("The same once more"), self.second)
        self.to_words = Button(look, msg("Propose seven words"), "link", "refresh-cw")
        self.to_words.clicked.connect(self._choose_words)
        for widget in (self.first_field, self.second_field):
            stack.addWidget(widget)
        stack.addLayout(_left(self.to_words))

    def _show_words(self) -> None:
        self.back.wipe()
        self.words.show_words([("", word) for word in _words(self._secret)])
        self._show_parts(seen=True)
        self.changed.emit()

    def _hide_words(self) -> None:
        self._show_parts(seen=False)
        self.words.wipe()
        self.back.focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _choose_own(self) -> None:
        self.own = True
        self.wipe()
        self._show_parts()
        self.first.focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _choose_words(self) -> None:
        self.own = False
        self.begin()
        self.learnt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self, *, seen: bool = True) -> None:
        proposed: tuple[QWidget, ...] = (self.head, self.words, self.advice, self.learnt, self.others)
        typed_back: tuple[QWidget, ...] = (self.back_field, self.again)
        own: tuple[QWidget, ...] = (self.first_field, self.second_field, self.to_words)
        for widgets, shown in ((proposed, not self.own and seen), (typed_back, not self.own and not seen)):
            for widget in widgets:
                widget.setVisible(shown)
        self.to_own.setVisible(not self.own)
        for widget in own:
            widget.setVisible(self.own)

    def _edited(self) -> None:
        if self.own:
            typed = self.first.copy_bytes()
            strength = strength_of(typed)
            wipe_bytes(typed)
            self.first_field.note.say(STRENGTHS[strength])
            self.first_field.note.set_kind(TONES[strength])
        else:
            right = self._typed_back()
            words = msg("These are the seven words.") if right else msg("with spaces between them")
            self.back_field.note.say(words)
            self.back_field.note.set_kind("accent" if right else "quiet")
        self.changed.emit()

    def _typed_back(self) -> bool:
        from storage import same_passphrase

        typed = self.back.copy_bytes()
        right = bool(self._secret) and same_passphrase(typed, self._secret)
        wipe_bytes(typed)
        return right

    def _same(self) -> bool:
        one, two = self.first.copy_bytes(), self.second.copy_bytes()
        same = one == two
        wipe_bytes(one)
        wipe_bytes(two)
        return same


def _left(widget: QWidget) -> QHBoxLayout:
    """A line that leaves a button its own width, and may wrap it where there is less."""
    line = QHBoxLayout()
    line.addWidget(widget)
    line.addStretch(1)
    return line


def _words(secret: bytearray) -> list[str]:
    """The words one by one: each is a word of the list, and no text of them all is made."""
    found, start = [], 0
    while start < len(secret):
        end = secret.find(0x20, start)
        end = len(secret) if end < 0 else end
        found.append(str(memoryview(secret)[start:end], "utf-8"))
        start = end + 1
    return found
