"""Computes every time limit of the records, each with the input it was computed from. Must not shift, round or guess.

The European Court's rule (dossiers.md): receipt by applicant or lawyer, whichever first; four calendar months for a
final decision of 1 February 2022 or later, otherwise six; clamped to the month's last day, never moved for weekends.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from exports.procedures import form
from exports.records import (
    Doc,
    Records,
    code_or_id,
    earliest,
    elements,
    ids_of,
    is_blank,
    latest,
    parse_date,
    text_of,
)
from i18n.message import Message, msg

PROTOCOL_15 = date(2022, 2, 1)
POSTING_MARGIN = timedelta(days=14)
WGEID_URGENT_MONTHS = 3
_NOT_DOMESTIC = frozenset({"un_communication", "interpol_ccf", "ecthr_application", "interim_measure"})


@dataclass(frozen=True)
class Deadline:
    """One time limit or open task. `due` and `post_by` are ISO texts (a task keeps its hour and zone).

    `due` is None when the input is too open to compute with; `estimated` says that the input is not one certain day.
    """

    case: str | None
    case_id: str | None
    complaint: str | None
    rule: str
    from_date: str | None
    from_kind: str | None
    estimated: bool
    due: str | None
    post_by: str | None
    passed: bool
    record: str
    flags: tuple[Message, ...] = ()


def add_calendar_months(day: date, months: int) -> date:
    """The day with the same number `months` later, or the last day of that month where it does not exist."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def months_allowed(decided_on: object, received_on: object) -> tuple[int, bool]:
    """How many months the Court gives, and whether the decision may lie on either side of the change."""
    first, last = earliest(decided_on), latest(decided_on)
    if last is None:
        last = latest(received_on)  # nobody receives a decision before it is made
    if last is not None and last < PROTOCOL_15:
        return 6, False
    return 4, first is None or first < PROTOCOL_15


def _receipt(proceeding: Doc) -> tuple[object, str] | None:
    """The earliest receipt and whose it was; the day of the decision where no receipt is recorded."""
    by = proceeding.get("received_by")
    other = {"applicant": "lawyer", "lawyer": "applicant"}.get(str(by), "")
    kinds = [("received_on", f"received_by_{by}" if other else "received")]
    kinds.append(("other_received_on", f"received_by_{other}" if other else "received"))
    known = [(earliest(proceeding.get(path)), proceeding.get(path), kind) for path, kind in kinds]
    dated = [(day, value, kind) for day, value, kind in known if day is not None]
    if dated:
        _, value, kind = min(dated, key=lambda item: item[0])
        return value, kind
    open_receipt = [(value, kind) for _, value, kind in known if parse_date(value) is not None]
    if open_receipt:
        return open_receipt[0]
    decided = proceeding.get("decided_on")
    return None if parse_date(decided) is None else (decided, "decided_on")


def _flags(proceeding: Doc, kind: str, exact: bool, doubtful: bool, several: bool) -> tuple[Message, ...]:
    flags: list[Message] = []
    if kind == "decided_on":
        flags.append(msg("No receipt is recorded: counted from the day of the decision."))
    if not exact:
        flags.append(msg("The day is not certain: counted from its earliest day."))
    if doubtful:
        flags.append(
            msg(
                "The decision may be of before or after 1 February 2022: the shorter period of four months is shown."
            )
        )
    if proceeding.get("is_final") is not True:
        flags.append(msg("It is not recorded whether this decision is final."))
    if several:
        flags.append(
            msg("More than one decision in this matter is marked final: the earliest limit is shown.")
        )
    return tuple(flags)


def _court_deadline(case: Doc | None, proceeding: Doc, today: date, several: bool) -> Deadline | None:
    receipt = _receipt(proceeding)
    if receipt is None:
        return None
    value, kind = receipt
    parsed = parse_date(value)
    months, doubtful = months_allowed(proceeding.get("decided_on"), value)
    start = earliest(value)
    due = None if start is None else add_calendar_months(start, months)
    exact = parsed is not None and parsed.exact is not None
    flags = _flags(proceeding, kind, exact, doubtful, several)
    return Deadline(
        case=code_or_id(case) if case else None,
        case_id=case.get("id") if case else None,
        complaint=text_of(proceeding.get("complaint")) or None,
        rule=f"ecthr-{months}-months",
        from_date=(start.isoformat() if start else str(value)),
        from_kind=kind,
        estimated=bool(flags)
        and (not exact or kind == "decided_on" or proceeding.get("is_final") is not True or doubtful),
        due=due.isoformat() if due else None,
        post_by=(due - POSTING_MARGIN).isoformat() if due else None,
        passed=due is not None and due < today,
        record=str(proceeding["id"]),
        flags=flags,
    )


def _may_go_to_court(proceeding: Doc, case: Doc | None) -> bool:
    """Whether the decision is of a State that can be a respondent; a State nobody recorded is not ruled out."""
    if proceeding.get("kind") in _NOT_DOMESTIC or proceeding.get("is_final") is False:
        return False
    country = proceeding.get("country")
    parties = {state.code for state in form("ecthr").states}
    if not is_blank(country):
        return country in parties
    respondents = ids_of(case.get("respondents")) if case else []
    return not respondents or any(code in parties for code in respondents)


def _court_deadlines(case: Doc | None, proceedings: list[Doc], today: date) -> Iterator[Deadline]:
    by_complaint: dict[str, list[Doc]] = {}
    for proceeding in proceedings:
        if _may_go_to_court(proceeding, case):
            key = text_of(proceeding.get("complaint")) or str(proceeding["id"])
            by_complaint.setdefault(key, []).append(proceeding)
    for group in by_complaint.values():
        final = [p for p in group if p.get("is_final") is True]
        # Where no decision is marked final the last one may be: shown, and flagged as uncertain.
        chosen = (
            final
            or sorted(group, key=lambda p: (earliest(p.get("decided_on")) or date.min, str(p["id"])))[-1:]
        )
        found = [_court_deadline(case, p, today, len(final) > 1) for p in chosen]
        dated = [deadline for deadline in found if deadline is not None]
        if dated:
            yield min(dated, key=lambda d: (d.due or "", d.record))


def _urgent_disappearance(case: Doc | None, incident: Doc, today: date) -> Deadline | None:
    details = (incident.get("details") or {}).get("disappearance") or {}
    seen = details.get("last_seen") or {}
    value = seen.get("when") if parse_date(seen.get("when")) else incident.get("when")
    parsed, start = parse_date(value), earliest(value)
    if parsed is None or start is None:
        return None
    due = add_calendar_months(start, WGEID_URGENT_MONTHS)
    flags = () if parsed.exact else (msg("The day is not certain: counted from its earliest day."),)
    return Deadline(
        case=code_or_id(case) if case else None,
        case_id=case.get("id") if case else None,
        complaint=text_of(incident.get("title")) or None,
        rule="wgeid-urgent-3-months",
        from_date=start.isoformat(),
        from_kind="disappeared_on",
        estimated=bool(flags),
        due=due.isoformat(),
        post_by=None,
        passed=due < today,
        record=str(incident["id"]),
        flags=flags,
    )


def _task(task: Doc, case: Doc | None, now: date) -> Deadline | None:
    due = task.get("due")
    if is_blank(due) or not is_blank(task.get("done_on")):
        return None
    try:
        day = datetime.fromisoformat(str(due)).date()
    except ValueError:
        return None
    return Deadline(
        case=code_or_id(case) if case else None,
        case_id=case.get("id") if case else None,
        complaint=None,
        rule=f"task-{task.get('kind') or 'custom'}",
        from_date=None,
        from_kind=None,
        estimated=False,
        due=str(due),
        post_by=None,
        passed=day < now,
        record=str(task["id"]),
    )


def _case_of(records: Records, cases: list[Doc]) -> dict[str, Doc]:
    """For each record the case that names it (the first, where several do)."""
    owner: dict[str, Doc] = {}
    for case in cases:
        owner.setdefault(str(case["id"]), case)
        for path in ("victims", "interviews", "incidents", "proceedings", "evidence"):
            for id in ids_of(case.get(path)):
                owner.setdefault(id, case)
    for petition in records.of("petition"):
        filed = owner.get(str(petition.get("case")))
        if filed is not None:
            owner.setdefault(str(petition["id"]), filed)
    return owner


def _is_disappearance(incident: Doc) -> bool:
    named = str(incident.get("kind") or "").startswith("disappearance.")
    return named or bool((incident.get("details") or {}).get("disappearance"))


def deadlines(records: Records, today: date) -> list[Deadline]:
    """Every time limit and open task, soonest first; those too open to compute stand before all others."""
    cases = sorted(records.of("case"), key=lambda doc: str(doc["id"]))
    owner = _case_of(records, cases)
    grouped: dict[str | None, list[Doc]] = {}
    for proceeding in sorted(records.of("proceeding"), key=lambda doc: str(doc["id"])):
        named = owner.get(str(proceeding["id"]))
        grouped.setdefault(str(named["id"]) if named else None, []).append(proceeding)
    found: list[Deadline] = []
    for case_id, proceedings in grouped.items():
        found += _court_deadlines(owner.get(case_id) if case_id else None, proceedings, today)
    for incident in records.of("incident"):
        if _is_disappearance(incident):
            urgent = _urgent_disappearance(owner.get(str(incident["id"])), incident, today)
            found += [urgent] if urgent else []
    for task in records.of("task"):
        due = _task(task, owner.get(str(task.get("about"))), today)
        found += [due] if due else []
    found += _replies(records, owner, today)
    return sorted(found, key=lambda d: (d.due or "", d.rule, d.record))


def _replies(records: Records, owner: dict[str, Doc], today: date) -> Iterator[Deadline]:
    """Answers a body asked for in its letters (`filing.correspondence[].reply_due`) that no task covers yet."""
    covered = {(t.get("about"), t.get("due")) for t in records.of("task") if t.get("kind") == "reply_due"}
    for petition in records.of("petition"):
        filing = petition.get("filing")
        for letter in elements(filing, "correspondence") if isinstance(filing, dict) else []:
            due = letter.get("reply_due")
            if not is_blank(due) and (petition["id"], due) not in covered:
                task = {"id": petition["id"], "kind": "reply_due", "due": due}
                deadline = _task(task, owner.get(str(petition["id"])), today)
                if deadline is not None:
                    yield deadline
