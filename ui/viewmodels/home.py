"""Today: what goes on, drafts, time limits of the next 30 days, search. Must not show a name.

All reading happens in the vault lane; time limits come after the rest, because they read every case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ui.bus import touches
from ui.context import Context
from ui.viewmodels.base import ViewModel

if TYPE_CHECKING:
    from exports import Deadline
    from storage import ChangeSet, Row, Vault

DAYS = 30
_FEW = 5
_SCAN = 400
_DEADLINE_TYPES = ("case", "proceeding", "petition", "task")
_CARED = ("interview", "case", "person", "proceeding", "petition", "task")


@dataclass(frozen=True)
class DraftLine:
    """A text being typed that no revision holds: which record, by code."""

    key: str
    record_id: str
    type: str
    code: str
    saved_ms: int


@dataclass(frozen=True)
class Hit:
    """One record found: its code, and a piece of the text it was found in."""

    id: str
    type: str
    code: str
    snippet: str


@dataclass(frozen=True)
class HomeState:
    """`loaded` is False until the first reading came back; `hits` is None while nothing is searched."""

    loaded: bool = False
    open_interviews: tuple[Row, ...] = ()
    drafts: tuple[DraftLine, ...] = ()
    cases: tuple[Row, ...] = ()
    interviews: int = 0
    people: int = 0
    case_count: int = 0
    drill: str = ""  # the form of a recovery kit that should be tried: digits, shares, or empty
    deadlines: tuple[Deadline, ...] | None = None
    query: str = ""
    hits: tuple[Hit, ...] | None = None
    total: int = 0


@dataclass(frozen=True)
class _Read:
    open_interviews: tuple[Row, ...]
    drafts: tuple[DraftLine, ...]
    cases: tuple[Row, ...]
    counts: dict[str, int]
    drill: str = ""


def read_home(vault: Vault) -> _Read:
    """What stands on the page, but for time limits."""
    recent = vault.rows("interview", 0, _SCAN)
    open_ones = [row for row in recent if row.extra.get("state", "draft") == "draft"]
    return _Read(
        tuple(open_ones[:_FEW]),
        tuple(_drafts(vault)),
        tuple(vault.rows("case", 0, _FEW)),
        dict(vault.counts()),
        _drill(vault),
    )


def _drill(vault: Vault) -> str:
    ways_in = vault.ways_in
    if not ways_in.drill_due:
        return ""
    return "shares" if any(way.in_shares for way in ways_in.all()) else "digits"


def _drafts(vault: Vault) -> list[DraftLine]:
    lines = []
    for draft in vault.drafts()[:_FEW]:
        doc = vault.get(draft.base_id) if draft.base_id else None
        if draft.base_id and doc is not None:
            type_ = vault.type_of(draft.base_id) or ""
            lines.append(
                DraftLine(draft.key, draft.base_id, type_, str(doc.get("code") or ""), draft.saved_ms)
            )
    return lines


def read_deadlines(today: date, vault: Vault) -> tuple[Deadline, ...]:
    """Time limits due within 30 days and open tasks whose day has passed, the earliest first."""
    from exports import deadlines
    from storage import Snapshot

    docs = {type_: {str(doc["id"]): doc for doc in vault.docs(type_)} for type_ in _DEADLINE_TYPES}
    last = today + timedelta(days=DAYS)
    near = [item for item in deadlines(Snapshot(docs), today) if _is_near(item, today, last)]
    return tuple(sorted(near, key=_due_of))


def _is_near(item: Deadline, today: date, last: date) -> bool:
    if item.due is None or item.due[:10] > last.isoformat():
        return False
    return item.rule.startswith("task-") or (not item.passed and today.isoformat() <= item.due[:10])


def _due_of(item: Deadline) -> str:
    return item.due or ""


def search_notebook(text: str, vault: Vault) -> tuple[tuple[Hit, ...], int]:
    """The best hits and how many there are in all."""
    found = vault.search(text, 30)
    return tuple(Hit(hit.id, hit.type, hit.code or "", hit.snippet) for hit in found.hits), found.total


class HomeModel(ViewModel[HomeState]):
    """Reads on creation and after each write that concerns it."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(HomeState(), parent)
        self._context = context
        context.bus.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self._context.jobs.vault(read_home, self._take)
        self._context.jobs.vault(
            partial(read_deadlines, self._context.program.today()), self._take_deadlines, self._no_deadlines
        )

    def search(self, text: str) -> None:
        """Search the notebook; an empty text goes back to the page."""
        if not text:
            self._become(replace(self.state, query="", hits=None, total=0))
            return
        self._become(replace(self.state, query=text))
        self._context.jobs.vault(partial(search_notebook, text), partial(self._take_hits, text))

    def _take(self, found: _Read) -> None:
        counts = found.counts
        self._become(
            replace(
                self.state,
                loaded=True,
                open_interviews=found.open_interviews,
                drafts=found.drafts,
                cases=found.cases,
                interviews=counts.get("interview", 0),
                people=counts.get("person", 0),
                case_count=counts.get("case", 0),
                drill=found.drill,
            )
        )

    def _take_deadlines(self, found: tuple[Deadline, ...]) -> None:
        self._become(replace(self.state, deadlines=found))

    def _no_deadlines(self, error: Any) -> None:
        self._become(replace(self.state, deadlines=()))
        self._context.jobs.error.emit(error)

    def _take_hits(self, text: str, found: tuple[tuple[Hit, ...], int]) -> None:
        if text == self.state.query:
            self._become(replace(self.state, hits=found[0], total=found[1]))

    def _changed(self, changes: ChangeSet) -> None:
        if touches(changes, *_CARED):
            self.refresh()


def saved_at(line: DraftLine) -> datetime:
    """When a draft was saved, in local time."""
    return datetime.fromtimestamp(line.saved_ms / 1000, UTC).astimezone()
