"""How a record is said in one line of a list: code, words, detail. Must not show a name while names are hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from i18n.languages import language_name
from i18n.message import Message, msg, nmsg
from storage import choice_label, kind_label

if TYPE_CHECKING:
    from storage import Row

INTERVIEW_STATES: dict[str, Message] = {
    "draft": msg("not closed yet"),
    "closed": msg("closed"),
    "in_review": msg("in review"),
    "returned": msg("returned"),
    "accepted": msg("accepted"),
}


TYPE_WORDS: dict[str, Message] = {
    "interview": msg("Interview"),
    "person": msg("Person"),
    "case": msg("Case"),
    "incident": msg("Incident"),
    "consent": msg("Consent"),
    "evidence": msg("Document"),
    "proceeding": msg("Proceeding"),
    "petition": msg("Petition"),
    "task": msg("Task"),
    "note": msg("Note"),
    "organisation": msg("Organisation"),
    "agency": msg("Agency"),
}


def type_words(type_: str) -> Message:
    """What a record of a type is called."""
    return TYPE_WORDS.get(type_, msg("Record"))


@dataclass(frozen=True)
class Line:
    """Three texts of a list row."""

    title: Message | str
    trailing: Message | str = ""
    detail: Message | str = ""


def line_of(type_: str, row: Row, *, names: bool) -> Line:
    """Say a row; names of people only where `names` is true."""
    return _LINES.get(type_, _plain)(row, names)


def changed_on(row: Row) -> Message:
    """The day of the last change, as the window's language writes it."""
    return Message("{day}", {"day": datetime.fromtimestamp(row.changed_ms / 1000, UTC).astimezone().date()})


def joined(parts: Iterable[Message | str]) -> Message | str:
    """Short facts beside each other, with a middle dot between; not a sentence."""
    kept = [part for part in parts if part]
    if not kept:
        return ""
    names = [f"part{number}" for number in range(len(kept))]
    return Message(" · ".join("{" + name + "}" for name in names), dict(zip(names, kept, strict=True)))


def _interview(row: Row, _names: bool) -> Line:
    languages = row.extra.get("languages") or ([row.language] if row.language else [])
    state = str(row.extra.get("state") or "draft")
    began = row.extra.get("from")
    facts: list[Message | str] = [language_name(tag) for tag in languages if isinstance(tag, str)]
    if isinstance(began, str) and len(began) >= 10:
        facts.append(_day(began))
    facts.append(INTERVIEW_STATES.get(state, msg("not closed yet")))
    return Line(row.code or "", changed_on(row), joined(facts))


def _person(row: Row, names: bool) -> Line:
    facts: list[Message | str] = []
    if names and row.title:
        facts.append(row.title)
    protection = row.extra.get("protection")
    if isinstance(protection, str) and protection != "none":
        facts.append(choice_label("person", "protection", protection))
    if row.extra.get("minor") is True:
        facts.append(msg("under 18"))
    return Line(row.code or "", changed_on(row), joined(facts))


def _case(row: Row, _names: bool) -> Line:
    interviews, incidents = row.extra.get("interviews"), row.extra.get("incidents")
    facts: list[Message | str] = [row.title]
    if isinstance(interviews, int) and interviews:
        facts.append(nmsg("{count} interview", "{count} interviews", interviews))
    if isinstance(incidents, int) and incidents:
        facts.append(nmsg("{count} incident", "{count} incidents", incidents))
    return Line(row.code or "", changed_on(row), joined(facts))


def _incident(row: Row, _names: bool) -> Line:
    kind = row.extra.get("kind")
    words: Message | str = row.title or (kind_label(kind) if isinstance(kind, str) else msg("Incident"))
    when = row.extra.get("when")
    return Line(words, "", Message("{when}", {"when": when}) if isinstance(when, str) else "")


def _plain(row: Row, _names: bool) -> Line:
    return Line(row.code or row.title or msg("Record"), changed_on(row))


def _day(moment: str) -> Message:
    try:
        return Message("{day}", {"day": datetime.fromisoformat(moment).date()})
    except ValueError:
        return Message("{day}", {"day": moment[:10]})


_LINES = {"interview": _interview, "person": _person, "case": _case, "incident": _incident}
