"""What was found, beside the text: places to look at with their reasons, people with counts, who a mention may mean. Must not decide."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from i18n.message import Message, msg, nmsg, pmsg
from ui.context import Context
from ui.theme.tokens import HANG, MARGIN_RIGHT
from ui.viewmodels.redaction_review import ReviewState
from ui.viewmodels.redaction_review_model import Group, Mention, Outcome, Review
from ui.viewmodels.redaction_review_words import kind_words, reason_words
from ui.widgets.fields import LineField
from ui.widgets.redaction_text_findings import Finding, FindingRow, KeyHints
from ui.widgets.redaction_text_marks import MarkKind
from ui.widgets.side_panel import Column, inset, scrolled
from ui.widgets.text import Hairline, Label

_KINDS = {
    Outcome.HIDE: MarkKind.HIDDEN,
    Outcome.PSEUDONYM: MarkKind.PSEUDONYM,
    Outcome.KEEP: MarkKind.KEPT,
    Outcome.NOT_THIS: MarkKind.KEPT,
    Outcome.OPEN: MarkKind.POSSIBLE,
}
_KEYS = (
    (("J", "K"), msg("next, back")),
    (("H",), pmsg("key", "hide")),
    (("P",), pmsg("key", "pseudonym")),
    (("V",), pmsg("key", "keep")),
    (("W",), msg("who is it")),
)
_SHOWN_ROWS = 60
_SHOWN_FORMS = 6
_SHOWN_QUOTE = 60


class FindingsList(QWidget):
    """The right column. `picked(mention)` and `who_chosen(person)` come when a person presses a row."""

    picked = Signal(int)
    who_chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = ReviewState()
        self._rows: dict[str, FindingRow] = {}
        look = context.look
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(Hairline(upright=True))
        stack = QVBoxLayout()
        stack.setContentsMargins(24 - HANG, 8, MARGIN_RIGHT - HANG, 16)
        stack.setSpacing(12)
        self._search = LineField(look, msg("Find a person by name or code"))
        self._search.explain(msg("Find a person by name or code"))
        self._search.edited.connect(self._filter_people)
        self._column = Column(gap=0)
        self._column.push_up()
        self._area: QScrollArea = scrolled(self._column)
        self._search_line = inset(self._search)
        self._search_line.hide()
        stack.addWidget(self._search_line)
        stack.addWidget(self._area, 1)
        stack.addWidget(inset(Hairline()))
        stack.addWidget(inset(KeyHints(look, _KEYS)))
        line.addLayout(stack, 1)

    def focus_people(self) -> None:
        """Put the focus where a person can be looked for."""
        if self._state.choosing:
            self._search.setFocus()

    def show_state(self, state: ReviewState) -> None:
        """Draw the review; only the row in hand changes when nothing else did."""
        before, self._state = self._state, state
        same = (before.review.mentions, before.people, before.choosing) == (
            state.review.mentions,
            state.people,
            state.choosing,
        )
        if not same or not self._rows:
            self._rebuild()
        for key, row in self._rows.items():
            row.set_chosen(key == f"m{state.review.current}")
        chosen = self._rows.get(f"m{state.review.current}")
        if chosen is not None:
            self._area.ensureWidgetVisible(chosen, 0, 24)

    # inside

    def _rebuild(self) -> None:
        self._column.clear()
        self._rows = {}
        self._search_line.setVisible(self._state.choosing)
        if self._state.choosing:
            self._add_people("")
            return
        review = self._state.review
        waiting = review.to_look_at
        if waiting:
            self._head(msg("To look at"), _place_words(review, waiting))
            for mention in waiting[:_SHOWN_ROWS]:
                self._add(self._waiting(review, mention))
            self._space(16)
        settled = [mention for mention in review.mentions if not mention.open]
        if settled or not waiting:
            self._head(pmsg("places in the text", "Found"), str(len(settled)))
        if not review.mentions:
            self._column.add(inset(Label(self._context.look, self._nothing_words(review), "bodyquiet")))
        for group in review.groups()[:_SHOWN_ROWS]:
            self._add(self._found(group))

    def _nothing_words(self, review: Review) -> Message:
        if self._state.busy:
            return msg("Reading the texts…")
        if review.audience in ("filing", "interviewee"):
            return msg("This copy names people as they are; nothing is replaced in these texts.")
        return msg(
            "No registered name, place or number was found. That is no proof that there is none: read the text."
        )

    def _head(self, title: Message, right: Message | str) -> None:
        look = self._context.look
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(HANG, 4, HANG, 8)
        line.addWidget(Label(look, title, "quiet"), 1)
        line.addWidget(Label(look, right, "quiet", wrap=False))
        self._column.add(holder)

    def _space(self, height: int) -> None:
        space = QWidget()
        space.setFixedHeight(height)
        self._column.add(space)

    def _add(self, finding: Finding) -> None:
        row = FindingRow(self._context.look, finding)
        row.clicked.connect(self._pressed)
        self._rows[finding.key] = row
        self._column.add(row)

    def _pressed(self) -> None:
        row = self.sender()
        if not isinstance(row, FindingRow):
            return
        kind, rest = row.finding.key[0], row.finding.key[1:]
        if kind == "p":
            self.who_chosen.emit(rest)
        else:
            self.picked.emit(int(rest))

    def _waiting(self, review: Review, mention: Mention) -> Finding:
        t = self._context.t
        quote = mention.quote if len(mention.quote) <= _SHOWN_QUOTE else f"{mention.quote[:_SHOWN_QUOTE]}…"
        where = t(msg("paragraph {number}", number=mention.passage + 1))
        return Finding(f"m{mention.key}", quote, "", t(reason_words(mention, self._state.people)), where)

    def _found(self, group: Group) -> Finding:
        t = self._context.t
        code = self._state.people.get(group.subject or "", ("", ""))[0]
        title = code or t(msg("Kept by decision") if group.stays else kind_words(group.kind))
        forms = ", ".join(group.forms[:_SHOWN_FORMS])
        if len(group.forms) > _SHOWN_FORMS:
            forms = t(msg("{forms} and {count} more", forms=forms, count=len(group.forms) - _SHOWN_FORMS))
        return Finding(
            f"g{group.first}",
            title,
            t(_aside(group)) if code or not group.stays else "",
            forms,
            str(group.count),
            _KINDS[group.outcome],
            dim=group.stays,
        )

    # who

    def _filter_people(self, typed: str) -> None:
        if self._state.choosing:
            self._column.clear()
            self._rows = {}
            self._add_people(typed)

    def _add_people(self, typed: str) -> None:
        mention = self._state.review.at(self._state.review.current)
        self._head(msg("Who is meant by “{quote}”?", quote=mention.quote if mention else ""), "")
        wanted = typed.casefold()
        likely = mention.candidates if mention else ()
        order = sorted(self._state.people.items(), key=lambda item: (item[0] not in likely, item[1][0]))
        found = [(key, code, name) for key, (code, name) in order if wanted in f"{code} {name}".casefold()]
        for key, code, name in found[:_SHOWN_ROWS]:
            shown = "" if self._context.discreet.on else name
            note = self._context.t(msg("The text may mean this person")) if key in likely else ""
            self._add(Finding(f"p{key}", code, shown, note))
        if not found:
            self._column.add(
                inset(
                    Label(
                        self._context.look, msg("Nobody in this notebook has this name or code."), "bodyquiet"
                    )
                )
            )


def _place_words(review: Review, waiting: tuple[Mention, ...]) -> Message | str:
    keys = [mention.key for mention in waiting]
    if review.current in keys:
        return msg("{number} of {count}", number=keys.index(review.current) + 1, count=len(keys))
    return nmsg("{count} place", "{count} places", len(keys))


def _aside(group: Group) -> Message | str:
    if group.stays:
        return msg("kept by decision")
    if group.outcome is Outcome.HIDE and not group.label:
        return pmsg("mark", "hidden")
    return group.label
