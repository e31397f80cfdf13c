"""How far pursuit has gone for one incident and for one person: the three CAPE stages, each with its reason.

Must not change a record: what a user overrides, with a reason, stands in the record and wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from i18n.message import Message, msg
from storage.reference.load import lexicon
from storage.reference.model import IncidentKind

Doc = Mapping[str, Any]

# Formal removal that was only attempted: held for it, or only requested (rule 6).
_FORMAL_REMOVAL = frozenset(
    {
        "removal.extradition",
        "removal.despite_interim_measure",
        "removal.disguised_extradition",
        "removal.deportation",
        "removal.failed_asylum",
        "removal.family_members",
    }
)


@dataclass(frozen=True)
class Stage:
    """The stage (1, 2, 3 or None), the channel, why, and for a person the incident that decided."""

    stage: int | None
    channel: str | None
    reason: Message
    incident: str | None = None
    overridden: bool = False


def stage_of(incident: Doc, victim: Doc, incidents: Iterable[Doc] = ()) -> Stage:
    """The stage of one incident for one person. `incidents`: what else is known, to see whom it answers or led to.

    A stage or channel set by hand with a reason replaces what the kind says (rule 1); whether the incident counts
    for this person at all (rule 2) is not changed by it.
    """
    kind = lexicon().kinds.get(str(incident.get("kind")))
    if kind is None:
        return Stage(None, None, msg("The kind of the incident is not known."), incident.get("id"))
    known = list(incidents)
    obstacle = _why_it_does_not_count(incident, kind, victim, known)
    if obstacle is not None:
        return Stage(None, kind.channel, obstacle, incident.get("id"))
    if incident.get("stage_reason") and ("stage" in incident or "channel" in incident):
        return _overridden(incident, kind)
    stage, channel, reason = _by_kind(incident, kind, victim, known)
    return Stage(stage, channel, reason, incident.get("id"))


def stage_of_person(person: Doc, incidents: Iterable[Doc]) -> Stage:
    """The furthest stage of any incident that counts for the person; between equals the first told decides."""
    known = list(incidents)
    best = Stage(None, None, msg("No incident with a stage counts for this person."))
    if not _is_exile(person):
        return Stage(None, None, msg("No category of exile is set for this person."))
    for incident in known:
        if not (_is_victim(incident, person) or _is_reprisal_against(incident, person, known)):
            continue
        found = stage_of(incident, person, known)
        if found.stage is not None and (best.stage is None or found.stage > best.stage):
            best = found
    return best


def _why_it_does_not_count(
    incident: Doc, kind: IncidentKind, person: Doc, known: list[Doc]
) -> Message | None:
    if not _is_exile(person):
        return msg("No category of exile is set for this person.")
    if _is_reprisal_against(incident, person, known):
        return None
    if not _is_victim(incident, person):
        return msg("The person is not a victim of this incident.")
    if kind.group == "relatives" and incident.get("reprisal_for"):
        return msg("Pressure on a relative counts for the exile it was aimed at.")
    if kind.stage is None and not incident.get("stage_reason"):
        return msg("Incidents of this kind have no stage.")
    if incident.get("extraterritorial") is not True:
        return msg("The incident is not marked as outside the home country.")
    return None


def _by_kind(
    incident: Doc, kind: IncidentKind, person: Doc, known: list[Doc]
) -> tuple[int | None, str | None, Message]:
    if _is_reprisal_against(incident, person, known):
        return 1, "informal", msg("Pressure on a relative counts as stage 1 for the exile.")
    if incident.get("attempt") is True and kind.code in _FORMAL_REMOVAL:
        if _was_held(incident, person, known):
            return 2, kind.channel, msg("Held for a removal that was not carried out.")
        return 1, kind.channel, msg("A removal that was only requested or ordered.")
    return kind.stage, kind.channel, msg("By the kind of the incident.")


def _overridden(incident: Doc, kind: IncidentKind) -> Stage:
    stage, channel = incident.get("stage", kind.stage), incident.get("channel", kind.channel)
    return Stage(
        stage if isinstance(stage, int) else None,
        channel if isinstance(channel, str) else None,
        msg("Set by hand, with a reason."),
        incident.get("id"),
        overridden=True,
    )


def _was_held(incident: Doc, person: Doc, known: list[Doc]) -> bool:
    """Whether the incident itself, or a detention told in relation to it, held the person for the removal."""
    if (incident.get("details") or {}).get("detention") is not None:
        return True
    return any(
        str(other.get("kind")).startswith("detention.")
        and _is_victim(other, person)
        and (other.get("relative_to") or {}).get("incident") == incident.get("id")
        for other in known
    )


def _is_exile(person: Doc) -> bool:
    category = person.get("exile_category")
    return isinstance(category, list | tuple) and bool(category)


def _is_victim(incident: Doc, person: Doc) -> bool:
    victims = incident.get("victims")
    return isinstance(victims, list | tuple) and person.get("id") in victims


def _is_reprisal_against(incident: Doc, person: Doc, incidents: list[Doc]) -> bool:
    """Whether the incident answers another one whose victim is this person."""
    if not str(incident.get("kind")).startswith("relatives."):
        return False
    target = incident.get("reprisal_for")
    return (
        any(other.get("id") == target and _is_victim(other, person) for other in incidents)
        if target
        else False
    )
