"""The interview room: one interview from consent to close, text saved as it is typed. Must not judge what is told.

Drafts go into the vault every 2 s while something changed; a revision is written when a text is left. Nothing here waits
for the disk: every write is handed to the vault lane.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from storage import SaveDraft
from storage.errors import DaftarError
from ui.bus import touches
from ui.context import Context
from ui.viewmodels import interview_reading as reading
from ui.viewmodels import interview_writing as writing
from ui.viewmodels.base import ViewModel
from ui.viewmodels.interview_reading import GrantLine, IncidentLine, PersonLine, Room, elements, words_of
from ui.viewmodels.interview_writing import Beginning

if TYPE_CHECKING:
    from storage import ChangeSet


@dataclass(frozen=True)
class NarrativeLine:
    """One text of the interview, without the text."""

    id: str
    language: str
    kind: str


@dataclass(frozen=True)
class InterviewState:
    """`step`: begin (consent first), loading, room, gone."""

    step: str = "begin"
    id: str = ""
    code: str = ""
    mode: str = ""
    began: str = ""
    closed: bool = False
    narratives: tuple[NarrativeLine, ...] = ()
    current: str = ""
    people: tuple[PersonLine, ...] = ()
    incidents: tuple[IncidentLine, ...] = ()
    grants: tuple[GrantLine, ...] = ()
    consent_id: str = ""
    consent_manner: str = ""
    consent_told_back: str = ""
    withdrawn: bool = False
    answers: tuple[tuple[str, Any], ...] = ()
    paused_since: datetime | None = None


class InterviewModel(ViewModel[InterviewState]):
    """Commands of the room. `text_shown(id, text)` when another text is to be edited; `closed(code)` after Close."""

    text_shown = Signal(str, str)
    closed = Signal(str)
    begun = Signal(str)

    def __init__(self, context: Context, interview_id: str, parent: QObject | None = None) -> None:
        super().__init__(InterviewState(step="loading" if interview_id else "begin", id=interview_id), parent)
        self._context = context
        self._texts: dict[str, str] = {}
        self._to_take: set[str] = set()
        context.bus.changed.connect(self._changed)
        if interview_id:
            self.load(interview_id)

    # -- beginning

    def begin(self, start: Beginning) -> None:
        """Write person, interview and consent, then show the room."""
        now = self._now()
        full = replace(start, began=now, today=self._today())
        self._context.jobs.change(partial(writing.begin, full), self._begun)

    def load(self, interview_id: str) -> None:
        """Read everything of an interview."""
        self._context.jobs.vault(partial(reading.read_room, interview_id), self._take, self._gone)

    # -- texts

    def show_narrative(self, narrative_id: str) -> None:
        """Edit another text of the interview."""
        if narrative_id != self.state.current and narrative_id in self._texts:
            self._become(replace(self.state, current=narrative_id))
            self.text_shown.emit(narrative_id, self._texts[narrative_id])

    def keep_draft(self, narrative_id: str, text: str) -> None:
        """Hand a text being typed to the vault as a draft."""
        if narrative_id and text != self._texts.get(narrative_id):
            self._texts[narrative_id] = text
            self._to_take.add(narrative_id)
            self._context.jobs.write(self.draft_operation(narrative_id, text))

    def take_over(self, narrative_id: str, text: str) -> None:
        """The text was left: write a revision, if it differs from the record."""
        if not narrative_id or (text == self._texts.get(narrative_id) and narrative_id not in self._to_take):
            return
        self._texts[narrative_id] = text
        self._to_take.discard(narrative_id)
        self._context.jobs.change(partial(writing.save_text, self.state.id, narrative_id, text))

    def draft_operation(self, narrative_id: str, text: str) -> Any:
        """The operation that keeps a text as draft; for the lock."""
        return SaveDraft(reading.draft_key(self.state.id, narrative_id), self.state.id, text)

    def is_kept(self, narrative_id: str, text: str) -> bool:
        """Whether the vault already has exactly this text, as record or draft."""
        return self._texts.get(narrative_id) == text

    def add_narrative(self, language: str, kind: str) -> None:
        """Add a text and go to it."""
        work = partial(writing.add_narrative, self.state.id, language, kind, self._original())
        self._context.jobs.change(work, self._narrative_added)

    def set_language(self, language: str) -> None:
        """Say which language the shown text is written in."""
        work = partial(writing.set_narrative_language, self.state.id, self.state.current, language)
        self._context.jobs.change(work)

    # -- beside the text

    def add_person(self, name: str, relation: str, protection: str) -> None:
        """Add somebody mentioned."""
        self._context.jobs.change(partial(writing.add_person, self.state.id, name, relation, protection))

    def add_incident(self, title: str, when: str, when_words: str) -> None:
        """Add something that happened, in the speaker's words."""
        self._context.jobs.change(partial(writing.add_incident, self.state.id, title, when, when_words))

    def answer(self, question: str, value: Any) -> None:
        """Keep an answer: text, or `{"blank": …}`, or None."""
        self._context.jobs.change(partial(writing.save_answer, self.state.id, question, value))

    # -- consent

    def decide(self, purpose: str, recipient: str, decision: str) -> None:
        """Record one decision."""
        line = GrantLine(purpose, recipient, decision)
        self._context.jobs.change(
            partial(writing.decide, self.state.id, self.state.consent_id, line, self._today())
        )

    def set_manner(self, manner: str) -> None:
        """How consent was given."""
        self._set_consent("manner", manner)

    def set_told_back(self, value: str) -> None:
        """Whether the person said in own words what was allowed."""
        self._set_consent("told_back", {"yes": True, "no": False}.get(value))

    def withdraw(self) -> None:
        """The person takes everything back."""
        if self.state.consent_id:
            self._context.jobs.change(partial(writing.withdraw, self.state.consent_id, self._today()))

    # -- sitting

    def pause(self) -> None:
        """Begin a pause."""
        if self.state.paused_since is None:
            self._become(replace(self.state, paused_since=self._context.program.now()))

    def go_on(self) -> None:
        """End the pause and note how long it was, in whole minutes, at least one."""
        since = self.state.paused_since
        if since is None:
            return
        minutes = max(1, round((self._context.program.now() - since).total_seconds() / 60))
        self._become(replace(self.state, paused_since=None))
        self._context.jobs.change(partial(writing.add_break, self.state.id, _stamp(since), minutes))

    def close(self) -> None:
        """End the sitting."""
        self._context.jobs.change(partial(writing.close_session, self.state.id, self._now()), self._closed)

    def reopen(self) -> None:
        """Another sitting."""
        work = partial(writing.open_session, self.state.id, self._now(), self.state.mode or "in_person")
        self._context.jobs.change(work)

    # -- results

    def _begun(self, interview_id: object) -> None:
        self._become(replace(self.state, step="loading", id=str(interview_id)))
        self.begun.emit(str(interview_id))
        self.load(str(interview_id))

    def _take(self, room: Room) -> None:
        doc = room.doc
        narratives = tuple(
            NarrativeLine(
                str(n.get("id")), words_of(n.get("language")), words_of(n.get("kind")) or "original"
            )
            for n in elements(doc.get("narratives"))
        )
        first = not self._texts
        self._remember_texts(room)
        known = {line.id for line in narratives}
        current = (
            self.state.current if self.state.current in known else (narratives[0].id if narratives else "")
        )
        moved = first or current != self.state.current
        self._become(self._state_of(room, narratives, current))
        if moved and current:
            self.text_shown.emit(current, self._texts.get(current, ""))

    def _remember_texts(self, room: Room) -> None:
        """Texts of the record, or of drafts where there are; what is being typed here is not overwritten."""
        drafts = dict(room.drafts)
        for narrative in elements(room.doc.get("narratives")):
            key = str(narrative.get("id"))
            if key not in self._texts:
                self._texts[key] = drafts.get(key, words_of(narrative.get("text")))
                if key in drafts:
                    self._to_take.add(key)

    def _state_of(self, room: Room, narratives: tuple[NarrativeLine, ...], current: str) -> InterviewState:
        doc, consent = room.doc, room.consent or {}
        sessions = elements(doc.get("sessions"))
        review = doc.get("review")
        told = consent.get("told_back")
        return replace(
            self.state,
            step="room",
            id=str(doc["id"]),
            code=words_of(doc.get("code")),
            mode=words_of(sessions[-1].get("mode")) if sessions else "",
            began=words_of(sessions[-1].get("from")) if sessions else "",
            closed=isinstance(review, dict) and review.get("state") not in (None, "draft"),
            narratives=narratives,
            current=current,
            people=room.people,
            incidents=room.incidents,
            grants=room.grants,
            consent_id=str(consent.get("id", "")),
            consent_manner=words_of(consent.get("manner")),
            consent_told_back="yes" if told is True else "no" if told is False else "",
            withdrawn=isinstance(consent.get("withdrawn_on"), str),
            answers=tuple(
                (words_of(item.get("question")), _frozen(item.get("value")))
                for item in elements(doc.get("answers"))
            ),
        )

    def _gone(self, error: DaftarError) -> None:
        self._become(replace(self.state, step="gone"))
        self._context.jobs.error.emit(error)

    def _narrative_added(self, narrative_id: object) -> None:
        self._texts[str(narrative_id)] = ""
        self._become(replace(self.state, current=str(narrative_id)))
        self.text_shown.emit(str(narrative_id), "")

    def _closed(self, _id: object) -> None:
        self.closed.emit(self.state.code)

    def _changed(self, changes: ChangeSet) -> None:
        if self.state.id and touches(changes, "interview", "person", "incident", "consent"):
            self.load(self.state.id)

    def _set_consent(self, name: str, value: Any) -> None:
        if self.state.consent_id:
            self._context.jobs.change(partial(writing.set_consent_field, self.state.consent_id, name, value))

    def _original(self) -> str:
        return next((line.id for line in self.state.narratives if line.kind == "original"), "")

    def _now(self) -> str:
        return _stamp(self._context.program.now())

    def _today(self) -> str:
        return self._context.program.today().isoformat()


def _stamp(moment: datetime) -> str:
    """Local time with its offset, to the minute, as records write it."""
    return moment.astimezone().isoformat(timespec="minutes")


def _frozen(value: Any) -> Any:
    """A value that can stand in a frozen state: blanks become ("blank", word)."""
    return ("blank", value["blank"]) if isinstance(value, dict) and "blank" in value else value
