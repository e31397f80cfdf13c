"""The live checklist of a petition: what blocks it, what to look at. Must not write, and must not decide for the lawyer.

A block is *protective* (consent, minors, an over-long annex: holds) or *formal* (can be set aside one by one with a
written reason). What the reference marks unverified only ever warns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from exports.checklist import admissibility, answers, formalities, people, pleading
from exports.checklist.items import Item, Looked
from exports.dossier.build import case_of
from exports.dossier.material import choose
from exports.dossier.tree import Policy
from exports.form_model import Form
from exports.procedures import form as form_of
from exports.records import Doc, Records, elements, is_blank
from i18n.message import msg
from storage.errors import InvalidInput


@dataclass(frozen=True)
class Readiness:
    """Blocks that hold, warnings, blocks set aside with a reason, and whether anything still blocks."""

    blocks: tuple[Item, ...]
    warnings: tuple[Item, ...]
    set_aside: tuple[Item, ...] = field(default=())

    @property
    def ready(self) -> bool:
        """Whether the copies may be written."""
        return not self.blocks


def petition_for(records: Records, case_id: str, procedure: str) -> Doc:
    """The case's petition for a procedure (one not filed yet, if there is one), or an empty one to check against."""
    found = [
        p for p in records.of("petition") if p.get("case") == case_id and p.get("procedure") == procedure
    ]
    found.sort(key=lambda p: str(p["id"]))
    open_ones = [p for p in found if (p.get("filing") or {}).get("status") in (None, "draft", "not_filed")]
    return next(iter([*open_ones, *found]), {"id": "", "case": case_id, "procedure": procedure})


def readiness(
    records: Records,
    case_id: str,
    procedure: str,
    *,
    language: str,
    audience: str | None = None,
    overrides: Mapping[str, str] | None = None,
    today: date,
) -> Readiness:
    """The checklist for a case and procedure; with `audience` for that copy alone, otherwise for all it has."""
    petition = petition_for(records, case_id, procedure)
    return readiness_of(
        records, petition, language=language, audience=audience, overrides=overrides, today=today
    )


def readiness_of(
    records: Records,
    petition: Doc,
    *,
    language: str,
    audience: str | None = None,
    overrides: Mapping[str, str] | None = None,
    today: date,
) -> Readiness:
    """The checklist for one petition document, saved or not."""
    form = form_of(str(petition.get("procedure")))
    if audience is not None and audience not in form.copies:
        raise InvalidInput(msg("The procedure {name} has no copy for this audience.", name=form.id))
    items = list(_all_checks(records, form, petition, language, audience, today))
    return _sorted_out(_unique(items), _reasons(petition, overrides))


def _all_checks(
    records: Records, form: Form, petition: Doc, language: str, audience: str | None, today: date
) -> Iterable[Item]:
    main = cast(Policy, audience or form.copies[0])  # one of the form's own copies
    material = choose(records, form, petition, case_of(records, petition), main, today)
    looked = Looked(records, form, petition, material, language, main, today)
    yield from people.consent(looked, audience)
    yield from formalities.accepted_language(looked)
    yield from answers.fields(looked)
    yield from answers.parts(looked)
    yield from admissibility.articles(looked)
    yield from pleading.grounds(looked)
    yield from pleading.requests(looked)
    yield from formalities.documents(looked)
    yield from formalities.pages(looked)
    yield from people.self_incrimination(looked)
    yield from admissibility.other_matters(looked)
    yield from people.people(looked)
    yield from admissibility.time_limits(looked)
    yield from people.testimony(looked)
    yield from formalities.age_of_form(looked)


def _unique(items: Iterable[Item]) -> list[Item]:
    return list(
        {(item.field, item.message.source, str(item.message.values)): item for item in items}.values()
    )


def _reasons(petition: Doc, overrides: Mapping[str, str] | None) -> dict[str, str]:
    recorded = {
        str(item.get("field")): str(item.get("reason") or "") for item in elements(petition, "overrides")
    }
    given = {**recorded, **(overrides or {})}
    return {name: reason for name, reason in given.items() if not is_blank(reason.strip())}


def _sorted_out(items: list[Item], reasons: Mapping[str, str]) -> Readiness:
    blocks: list[Item] = []
    warnings: list[Item] = []
    aside: list[Item] = []
    for item in items:
        if item.severity == "warning":
            warnings.append(item)
        elif item.severity == "formal" and item.field in reasons:
            aside.append(item)
        else:
            blocks.append(item)
    return Readiness(tuple(blocks), tuple(warnings), tuple(aside))
