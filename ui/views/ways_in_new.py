"""A new passphrase: seven words proposed, typed twice, its strength said, a key file if wanted. Must not keep what is typed.

The proposal is painted word by word and has to be typed by hand: what the fingers know is not forgotten.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from i18n.message import Message, msg
from ui.context import Context
from ui.views.gate import STRENGTHS
from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.file_chooser import FileChooser
from ui.widgets.passphrase import PassphraseBox, wipe_bytes
from ui.widgets.row import Row
from ui.widgets.secret_shown import WordsShown
from ui.widgets.side_panel import Column, inset
from ui.widgets.text import Label

_KINDS = ("quiet", "amber", "accent", "accent")


class KeyFileRow(Column):
    """Which file has to be there beside the passphrase; `path` is None without one."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        look = context.look
        self.path: Path | None = None
        self.row = Row(look, msg("Key file"), msg("none"), icon="key-round", chevron=True)
        self.row.clicked.connect(self._toggle)
        self.chooser = FileChooser(look, "file", context.program.default_folder, action=msg("Take this file"))
        self.chooser.hide()
        self.chooser.chosen.connect(self._chosen)
        self.chooser.given_up.connect(self._given_up)
        self.add(self.row)
        self.add(inset(self.chooser))

    def _toggle(self) -> None:
        self.chooser.setVisible(self.chooser.isHidden())

    def _chosen(self, path: object) -> None:
        if isinstance(path, Path):
            self._take(path)

    def _given_up(self) -> None:
        self._take(None)

    def _take(self, path: Path | None) -> None:
        self.path = path
        self.chooser.hide()
        self.row.update_texts(
            msg("Key file"), msg("none") if path is None else "", "" if path is None else path.name
        )
        self.changed.emit()


class Proposal(Column):
    """Seven words, drawn when asked for."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        self._look = context.look
        self.wish = Button(self._look, msg("Propose seven words"), "link", "refresh-cw")
        self.wish.clicked.connect(self.propose)
        self.words = WordsShown(self._look, msg("Seven proposed words, to be typed below"))
        self.words.hide()
        # critical
        self.note = Label(
            self._look,
            msg("Learn them by heart; if you must write them, keep the paper away from the computer."),
            "quiet",
        )
        self.note.hide()
        self.stack.addWidget(self.wish, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.words)
        self.add(self.note)

    def propose(self) -> None:
        """Draw other words, in letters of the window's language."""
        from storage import propose_passphrase

        language = self._look.words.code
        try:
            words = propose_passphrase(language)
        except KeyError:
            words = propose_passphrase("en")
        self.words.show_words([("", word) for word in words.split()])
        self.words.show()
        self.note.show()
        self.wish.say(msg("Propose other words"))

    def wipe(self) -> None:
        """Show nothing."""
        self.words.wipe()
        self.words.hide()


class NewPassphrase(Column):
    """The whole form but its action. `edited` on each change, `submitted` on Enter in the second field."""

    edited = Signal()
    submitted = Signal()

    def __init__(
        self, context: Context, name: Message, *, with_key_file: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, gap=16)
        look = context.look
        self.proposal = Proposal(context)
        self.first = PassphraseBox(look, name)
        self.first.field.edited.connect(self._judge)
        self.field = Field(look, name, self.first, STRENGTHS[0])
        self.second = PassphraseBox(look, msg("The same once more"), with_keyboard=False)
        self.second.field.submitted.connect(self.submitted)
        self.second.field.edited.connect(self.edited)
        self.again = Field(look, msg("The same once more"), self.second)
        self.key_file = KeyFileRow(context)
        self.key_file.setVisible(with_key_file)
        self.key_note = Label(
            look,
            # critical
            msg(
                "With a key file the passphrase alone opens nothing. Keep it on a card of its own: if the file is lost or"
                " one byte of it changes, only the recovery kit helps."
            ),
            "quiet",
        )
        self.key_note.hide()
        self.key_file.changed.connect(self._key_file_changed)
        for widget in (self.proposal, self.field, self.again):
            self.add(inset(widget))
        self.add(self.key_file)
        self.add(inset(self.key_note))

    @property
    def ready(self) -> bool:
        """Whether both fields hold something."""
        return not (self.first.field.is_empty or self.second.field.is_empty)

    def take(self) -> tuple[bytearray, bool]:
        """The bytes (the caller wipes them) and whether both fields held the same; both are empty afterwards."""
        same = self.first.field.equals(self.second.field)
        self.second.field.wipe()
        return self.first.field.take(), same

    def show_problem(self, problem: Message | None) -> None:
        """Say what is wrong under the second field."""
        self.again.show_problem(problem or "")

    def wipe(self) -> None:
        """Overwrite everything."""
        self.first.field.wipe()
        self.second.field.wipe()
        self.proposal.wipe()

    def _judge(self) -> None:
        from storage import MINIMUM_BITS, passphrase_bits

        typed = self.first.field.copy_bytes()
        bits = passphrase_bits(typed) if typed else -1.0
        wipe_bytes(typed)
        strength = 0 if bits < 0 else 1 if bits < MINIMUM_BITS else 2 if bits < 1.3 * MINIMUM_BITS else 3
        self.field.note.say(STRENGTHS[strength])
        self.field.note.set_kind(_KINDS[strength])
        self.edited.emit()

    def _key_file_changed(self) -> None:
        self.key_note.setVisible(self.key_file.path is not None)
        self.edited.emit()
