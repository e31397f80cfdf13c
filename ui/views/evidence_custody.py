"""The chain of custody of an evidence in words, a check of its file, the way to the package. Must not change a step."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from i18n import formatting
from i18n.message import Message, msg
from ui.context import Context
from ui.theme.tokens import HANG
from ui.views.person_folds import heading
from ui.widgets.button import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.side_panel import Column
from ui.widgets.text import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage import ChangeSet, Vault

_STEPS: dict[str, Message] = {
    "received": msg("received"),
    "attached": msg("taken into the notebook and encrypted"),
    "checked": msg("read to its end; the hash is the same"),
    "exported": msg("handed over, unprotected"),
}
"""Steps the program adds itself; what people wrote stands as they wrote it."""


class CustodySection(Column):
    """Shown where an evidence has a file or steps."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=12)
        self.context = context
        self._evidence = ""
        self._steps: list[dict[str, Any]] = []
        self._author = ""
        look = context.look
        self.add(heading(look, msg("Chain of custody")))
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(HANG, 0, HANG, 0)
        rows.setSpacing(12)
        self.list = Column(gap=8)
        rows.addWidget(self.list)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=12, line_gap=8)
        self.check = Button(look, msg("Check the file"), "quiet", "shield-check")
        # critical
        self.hand_over = Button(look, msg("Hand over as a package"), "quiet", "package")
        flow.addWidget(self.check)
        flow.addWidget(self.hand_over)
        rows.addWidget(buttons)
        note = msg("Steps are only ever added. Who did it is a key of this notebook, not a name.")
        rows.addWidget(Label(look, note, "quiet"))
        self.add(holder)
        self.check.clicked.connect(self._check)
        self.hand_over.clicked.connect(self._hand_over)
        look.words.changed.connect(self._draw)
        context.jobs.vault(_author_of, self._know_author)

    def show_evidence(self, evidence_id: str, doc: dict[str, Any]) -> None:
        """Draw the steps of one evidence."""
        self._evidence = evidence_id
        value = doc.get("custody")
        self._steps = [step for step in value if isinstance(step, dict)] if isinstance(value, list) else []
        has_file = bool(doc.get("file"))
        self.setVisible(bool(evidence_id) and (has_file or bool(self._steps)))
        self.check.setVisible(has_file)
        self.hand_over.setVisible(has_file)
        self._draw()

    def _draw(self) -> None:
        self.list.clear()
        for step in self._steps:
            self.list.add(self._line(step))

    def _line(self, step: dict[str, Any]) -> QWidget:
        look = self.context.look
        line = QWidget()
        rows = QVBoxLayout(line)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        said = str(step.get("what") or "")
        words = msg("{when}: {what}", when=self._when(step), what=_STEPS.get(said, said))
        rows.addWidget(Label(look, words, "small"))
        rows.addWidget(Label(look, self._who(step), "quiet"))
        return line

    def _when(self, step: dict[str, Any]) -> str:
        try:
            moment = datetime.fromisoformat(str(step.get("at"))).astimezone()
        except ValueError:
            return "–"
        return formatting.date_time(moment, self.context.look.words.code)

    def _who(self, step: dict[str, Any]) -> Message | str:
        who = step.get("who")
        named = str(who.get("words") or "") if isinstance(who, dict) else ""
        if named and named == self._author:
            return msg("by this notebook, key {key}", key=named[:8])
        if len(named) == 64:
            return msg("by another notebook, key {key}", key=named[:8])
        return "" if self.context.discreet.on else named

    def _know_author(self, author: str) -> None:
        self._author = author
        self._draw()

    def _check(self) -> None:
        self.check.setEnabled(False)
        work = partial(_check_file, self._evidence)
        self.context.jobs.change(work, self._checked, self._failed)

    def _checked(self, _result: object) -> None:
        self.check.setEnabled(True)
        self.context.navigator.say(msg("The file is what it was when it was taken in."), "good")

    def _failed(self, error: Any) -> None:
        self.check.setEnabled(True)
        self.context.navigator.say(error)

    def _hand_over(self) -> None:
        self.context.navigator.go("evidence_package", self._evidence)


def _author_of(vault: Vault) -> str:
    return vault.author


def _check_file(evidence_id: str, vault: Vault) -> tuple[Sequence[ChangeSet], None]:
    return [vault.check_evidence(evidence_id)], None
