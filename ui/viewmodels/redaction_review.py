"""Redaction review of one petition's copy: finds, walks, decides, stores. Must not know widgets or how names are found.

A decision shows at once; it is stored on the petition right after, and what is found is then read anew, so that what the
screen shows is always what the exporter would write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storage import SaveRecord
from storage.errors import DaftarError
from ui.bus import touches
from ui.context import Context
from ui.viewmodels.base import ViewModel
from ui.viewmodels.person_answers import Doc
from ui.viewmodels.redaction_review_finding import Found, Gathered, find_mentions, gather
from ui.viewmodels.redaction_review_model import (
    Decision,
    Mention,
    Outcome,
    Review,
    decision_for,
    merged_decisions,
)

if TYPE_CHECKING:
    from storage import ChangeSet, Vault
    from ui.jobs import Job

REVIEWER = "reviewer"
"""Who decided, as the decision says it: the vault has one author, its name stands nowhere."""


@dataclass(frozen=True)
class ReviewState:
    """What the screen shows. `people` gives code and name of every person a mention may mean."""

    petition: str = ""
    case_code: str = ""
    procedure: str = ""
    audiences: tuple[str, ...] = ()
    review: Review = field(default_factory=lambda: Review("public"))
    people: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    busy: bool = True
    choosing: bool = False


class RedactionReviewModel(ViewModel[ReviewState]):
    """Commands are the keys: `next`, `previous`, `hide`, `pseudonym`, `keep`, `choose_who`, `mark`, `accept_certain`."""

    stored = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(ReviewState(), parent)
        self._context = context
        self._unsaved: list[Decision] = []
        self._writing = False
        self._place: tuple[str, str, int] | None = None
        self._looking: Job | None = None
        context.bus.changed.connect(self._records_changed)

    @property
    def saved(self) -> bool:
        """Whether every decision is in the notebook."""
        return not self._writing and not self._unsaved

    def load(self, petition_id: str, audience: str = "public") -> None:
        """Open the review of a petition's copy."""
        self._become(ReviewState(petition=petition_id, review=Review(audience)))
        self._find()

    def switch(self, audience: str) -> None:
        """Review another copy; the place in hand is kept where it is found there too."""
        self._remember_place()
        self._become(replace(self._state, review=Review(audience), busy=True))
        self._find()

    def next(self, *, everything: bool = False) -> None:
        """Go on to the next place."""
        self._show(self._state.review.step(1, everything=everything))

    def previous(self, *, everything: bool = False) -> None:
        """Go back to the place before."""
        self._show(self._state.review.step(-1, everything=everything))

    def go_to(self, key: int) -> None:
        """Take one mention in hand."""
        self._show(self._state.review.go_to(key))

    def hide(self) -> None:
        """A blank stands there."""
        self._decide(Outcome.HIDE)

    def pseudonym(self) -> None:
        """A pseudonym stands there; asks who it is where that is not known."""
        mention = self.in_hand
        if mention is None:
            return
        subject = mention.subject or (mention.candidates[0] if len(mention.candidates) == 1 else None)
        if subject is None:
            self.ask_who()
        else:
            self._decide(Outcome.PSEUDONYM, subject)

    def keep(self) -> None:
        """The words stay as they are; a possible hit is thereby said to be somebody or something else."""
        mention = self.in_hand
        if mention is not None:
            self._decide(Outcome.KEEP if mention.certain else Outcome.NOT_THIS)

    def ask_who(self) -> None:
        """Offer the people a mention may mean."""
        if self.in_hand is not None:
            self._become(replace(self._state, choosing=True))

    def choose_who(self, person_id: str) -> None:
        """The mention in hand means this person; a blank stays a blank, everything else becomes the pseudonym."""
        mention = self.in_hand
        self._become(replace(self._state, choosing=False))
        if mention is not None and person_id:
            self._decide(Outcome.HIDE if mention.outcome is Outcome.HIDE else Outcome.PSEUDONYM, person_id)

    def mark(self, passage: int, start: int, end: int, outcome: Outcome = Outcome.HIDE) -> None:
        """Hide (or else) a stretch nobody found."""
        made = self._state.review.mark(passage, start, end, outcome)
        if made != self._state.review:
            self._show(made)
            self._store([made.current])

    def accept_certain(self) -> None:
        """Record a decision for every certain mention, as the policy has it."""
        review = self._state.review
        keys: list[int | None] = [mention.key for mention in review.to_accept]
        self._show(review.accept_certain())
        self._store(keys)

    @property
    def in_hand(self) -> Mention | None:
        """The mention the next key is about."""
        return self._state.review.at(self._state.review.current)

    # inside

    def _show(self, review: Review) -> None:
        self._become(replace(self._state, review=review, choosing=False))

    def _decide(self, outcome: Outcome, subject: str | None = None) -> None:
        key = self._state.review.current
        if key is None or self._state.review.at(key) is None:
            return
        self._show(self._state.review.decide(key, outcome, subject=subject))
        self._store([key])

    def _store(self, keys: list[int | None]) -> None:
        if self._looking is not None:
            self._looking.cancel()
        review = self._state.review
        for key in keys:
            mention = review.at(key)
            if mention is not None:
                self._unsaved.append(decision_for(review.passages[mention.passage], mention, REVIEWER))
        self._write()

    def _write(self) -> None:
        if self._writing or not self._unsaved:
            return
        self._writing = True
        made, self._unsaved = self._unsaved, []
        work = partial(_with_decisions, self._state.petition, tuple(made))
        self._context.jobs.vault(work, self._save, self._failed)

    def _save(self, doc: Doc) -> None:
        petition = self._state.petition
        self._context.jobs.write(SaveRecord("petition", doc, petition), self._written, self._failed)

    def _written(self, _changes: ChangeSet) -> None:
        self._writing = False
        if self._unsaved:
            self._write()
        else:
            self.stored.emit()
            self._find()

    def _failed(self, error: DaftarError) -> None:
        self._writing = False
        self._become(replace(self._state, busy=False))
        self._context.navigator.say(error, "red")

    def _find(self) -> None:
        if self._state.petition:
            self._context.jobs.vault(partial(gather, self._state.petition), self._gathered, self._failed)

    def _gathered(self, gathered: Gathered) -> None:
        if self._looking is not None:
            self._looking.cancel()
        work = partial(find_mentions, gathered, self._state.review.audience, self._context.program.today())
        self._looking = self._context.jobs.compute(work, self._found, self._failed)

    def _found(self, found: Found) -> None:
        if found.asked != self._state.review.audience or not self.saved:
            return
        self._remember_place()
        review = self._restored(found.review)
        self._become(
            replace(
                self._state,
                case_code=found.case_code,
                procedure=found.procedure,
                audiences=found.audiences,
                people=found.people,
                review=review,
                busy=False,
            )
        )

    def _remember_place(self) -> None:
        mention = self.in_hand
        if mention is not None:
            passage = self._state.review.passages[mention.passage]
            self._place = (passage.record, passage.path, mention.start)

    def _restored(self, review: Review) -> Review:
        for mention in review.mentions:
            passage = review.passages[mention.passage]
            if self._place == (passage.record, passage.path, mention.start):
                return review.go_to(mention.key)
        return review.step(1)

    def _records_changed(self, changes: ChangeSet) -> None:
        if (
            self._state.petition
            and self.saved
            and touches(changes, "person", "interview", "incident", "petition")
        ):
            self._find()


def _with_decisions(petition_id: str, made: tuple[Decision, ...], vault: Vault) -> Doc:
    doc = vault.get(petition_id) or {}
    kept = [item for item in doc.get("redactions") or [] if isinstance(item, dict)]
    rest = {name: value for name, value in doc.items() if name not in ("id", "code")}
    return {**rest, "redactions": merged_decisions(kept, made)}
