"""Redaction review: the text with its marks, what was found beside it, and how the paragraph will read. Must not decide or store."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from i18n.message import Message, msg, nmsg, pmsg
from ui.context import Context
from ui.theme.tokens import MARGIN_LEFT
from ui.viewmodels.redaction_review import RedactionReviewModel, ReviewState
from ui.viewmodels.redaction_review_model import Mention, Outcome, Reading, reading_of
from ui.views.redaction_review_list import FindingsList
from ui.views.screen import Heading, Screen
from ui.widgets.button import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.redaction_text import RedactionText
from ui.widgets.redaction_text_findings import Swatch
from ui.widgets.redaction_text_marks import Mark, MarkKind
from ui.widgets.redaction_text_preview import Piece, PieceKind, RedactionPreview
from ui.widgets.segmented import Segmented
from ui.widgets.side_panel import scrolled
from ui.widgets.text import Label

AUDIENCES: Mapping[str, Message] = {
    "filing": pmsg("copy", "Filing"),
    "government": pmsg("copy", "Government"),
    "public": pmsg("copy", "Public"),
    "interviewee": pmsg("copy", "Interviewee"),
}
_READERS: Mapping[str, Message] = {
    # critical
    "filing": msg("The body addressed reads this copy; parts of it may reach the State"),
    # critical
    "government": msg("The Government reads this copy"),
    # critical
    "public": msg("Anybody can read the public copy"),
    # critical
    "interviewee": msg("The interviewee carries this copy"),
}
_AS_READ: Mapping[str, Message] = {
    "filing": msg("How this paragraph reads in the filing copy"),
    "government": msg("How this paragraph reads in the Government’s copy"),
    "public": msg("How this paragraph reads in the public copy"),
    "interviewee": msg("How this paragraph reads in the interviewee’s copy"),
}
_PREVIEW_MOST = 124
_KINDS = {
    Outcome.HIDE: MarkKind.HIDDEN,
    Outcome.PSEUDONYM: MarkKind.PSEUDONYM,
    Outcome.KEEP: MarkKind.KEPT,
    Outcome.NOT_THIS: MarkKind.KEPT,
    Outcome.OPEN: MarkKind.POSSIBLE,
}
_LEGEND = (
    (MarkKind.HIDDEN, pmsg("mark", "hidden")),
    (MarkKind.PSEUDONYM, pmsg("mark", "pseudonym")),
    (MarkKind.POSSIBLE, pmsg("mark", "possible")),
    (MarkKind.KEPT, pmsg("mark", "kept")),
)


def mark_kind(mention: Mention) -> MarkKind:
    """The shape a mention is marked with."""
    return _KINDS[mention.outcome]


def summary(certain: int, possible: int) -> Message:
    """The one line: "12 certain, 3 possible to look at"."""
    left = nmsg("{count} certain", "{count} certain", certain)
    if not possible:
        return msg("{certain}, nothing left to look at", certain=left)
    return msg(
        "{certain}, {possible}",
        certain=left,
        possible=nmsg("{count} possible to look at", "{count} possible to look at", possible),
    )


class RedactionReview(Screen):
    """Keys work wherever the focus is: J K next and previous, H hide, P pseudonym, V keep, W who."""

    def __init__(self, context: Context, record_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, record_id, parent)
        look = context.look
        self.model = RedactionReviewModel(context, self)
        self._shown = ReviewState()
        self._audience = Segmented(look, [("public", AUDIENCES["public"])], msg("Which copy is reviewed"))
        self._accept = Button(look, msg("Accept the certain ones"), "primary")
        self.text = RedactionText(look)
        self._summary = Label(look, "", "small")
        self._preview_head = Label(look, "", "quiet")
        self.preview = RedactionPreview(look)
        self.findings = FindingsList(context, self)
        self._build()
        self._audience.chosen.connect(self.model.switch)
        self._accept.clicked.connect(self.model.accept_certain)
        self.text.mark_pressed.connect(self.model.go_to)
        self.findings.picked.connect(self.model.go_to)
        self.findings.who_chosen.connect(self.model.choose_who)
        self.model.changed.connect(self._draw)
        self.model.load(record_id)

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN_LEFT, 0, 0, 0)
        line.setSpacing(32)
        left = QVBoxLayout()
        left.setContentsMargins(0, 8, 0, 16)
        left.setSpacing(12)
        left.addWidget(self._top_line())
        left.addWidget(self.text, 1)
        left.addWidget(self._preview_box())
        line.addLayout(left, 3)
        line.addWidget(self.findings, 2)

    def _top_line(self) -> QWidget:
        top = QWidget()
        flow = FlowLayout(top, gap=24, line_gap=4)
        flow.addWidget(self._summary)
        for kind, word in _LEGEND:
            flow.addWidget(Swatch(self.context.look, kind, word))
        self._summary.setWordWrap(False)
        return top

    def _preview_box(self) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(40, 0, 40, 0)
        rows.setSpacing(4)
        rows.addWidget(self._preview_head)
        self._preview_area = scrolled(self.preview)
        rows.addWidget(self._preview_area)
        return box

    # the screen's shape

    def heading(self) -> Heading:
        """The case by code; the audience switch and the primary action stand at the right."""
        return Heading(msg("Redaction review"), self._shown.case_code, rail="cases")

    def header_actions(self) -> list[QWidget]:
        """The copies of the procedure, then the one primary action."""
        return [self._audience, self._accept]

    def who_sees(self) -> Message:
        """Who will read the copy under review."""
        return _READERS[self._shown.review.audience]

    def wants_first_focus(self) -> QWidget | None:
        """The text: the keys work at once."""
        return self.text

    def place(self) -> str:
        """The copy under review."""
        return self._shown.review.audience

    def follow_place(self, place: str) -> None:
        """Go back to the copy."""
        if place in AUDIENCES and place != self._shown.review.audience:
            self.model.switch(place)

    # drawing

    def _draw(self) -> None:
        before, state = self._shown, self.model.state
        self._shown = state
        review = state.review
        if state.audiences != before.audiences:
            self._audience.set_choices([(name, AUDIENCES[name]) for name in state.audiences])
        self._audience.set_value(review.audience)
        if review.passages != before.review.passages:
            self.text.set_paragraphs([passage.text for passage in review.passages])
        if review.mentions != before.review.mentions:
            self.text.set_marks(_marks(review.mentions))
        self.text.set_current(review.current)
        self._summary.say(
            msg("Reading the texts…") if state.busy else summary(review.certain, len(review.to_look_at))
        )
        count = len(review.to_accept)
        self._accept.say(
            nmsg("Accept {count} certain", "Accept {count} certain", count)
            if count
            else msg("All certain accepted")
        )
        self._accept.setEnabled(count > 0)
        self._preview_head.say(_AS_READ[review.audience])
        self.text.setAccessibleName(self.context.t(msg("Text under review")))
        self.preview.setAccessibleName(self.context.t(_AS_READ[review.audience]))
        self.preview.set_pieces([_piece(part) for part in reading_of(review)])
        tall = self.preview.heightForWidth(max(200, self._preview_area.viewport().width()))
        self._preview_area.setFixedHeight(min(self.context.look.theme.px(_PREVIEW_MOST), tall + 2))
        self.findings.show_state(state)
        self.heading_changed.emit()
        self.who_sees_changed.emit()

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One letter, one act; Latin keys by their place, whatever the layout."""
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
            return
        everything = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._do(act, everything)
        event.accept()

    @staticmethod
    def _act_of(event: QKeyEvent) -> str | None:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return None
        if event.key() == Qt.Key.Key_Escape:
            return "escape"
        letter = event.text().casefold()
        by_letter = {"j": "next", "k": "previous", "h": "hide", "p": "pseudonym", "v": "keep", "w": "who"}
        # The same keys under the Russian, Tajik and Uzbek Cyrillic layouts.
        cyrillic = {"о": "next", "л": "previous", "р": "hide", "з": "pseudonym", "м": "keep", "ц": "who"}
        return by_letter.get(letter) or cyrillic.get(letter)

    def _do(self, act: str, everything: bool) -> None:
        model = self.model
        chosen = self.text.selection()
        if act == "next":
            model.next(everything=everything)
        elif act == "previous":
            model.previous(everything=everything)
        elif act == "escape":
            self.text.clear_selection()
            model.choose_who("")
        elif act == "who":
            model.ask_who()
            self.findings.focus_people()
        elif chosen is not None:
            self.text.clear_selection()
            model.mark(
                *chosen, {"hide": Outcome.HIDE, "pseudonym": Outcome.PSEUDONYM, "keep": Outcome.KEEP}[act]
            )
        else:
            {"hide": model.hide, "pseudonym": model.pseudonym, "keep": model.keep}[act]()


def _marks(mentions: tuple[Mention, ...]) -> dict[int, list[Mark]]:
    marks: dict[int, list[Mark]] = {}
    for mention in mentions:
        marks.setdefault(mention.passage, []).append(
            Mark(mention.start, mention.end, mark_kind(mention), mention.key)
        )
    return marks


def _piece(part: Reading) -> Piece:
    if part.open:
        return Piece(PieceKind.POSSIBLE)
    return Piece(PieceKind.HIDDEN) if part.blank else Piece(PieceKind.WORDS, part.words)
