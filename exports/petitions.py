"""Makes a new petition document: reference and label seed drawn once, form version noted. Must not save it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date

from exports.procedures import form as form_of
from exports.records import Doc, Records, ids_of, is_blank, text_of
from i18n import document_language
from i18n.message import msg
from storage.errors import InvalidInput


def new_petition(
    records: Records, case_id: str, procedure: str, language: str, *, today: date, rng: random.Random
) -> Doc:
    """A petition for a case, to be saved by the caller. Its reference is drawn, neutral and unlike those of the records.

    `rng` should be a `random.SystemRandom`. The date stays empty until the first export; `today` is not written.
    """
    form = form_of(procedure)
    case = records.get(case_id)
    if case is None or records.type_of(case_id) != "case":
        raise InvalidInput(msg("There is no such case."))
    taken = {text_of(petition.get("reference")) for petition in records.of("petition")}
    petition: Doc = {
        "case": case_id,
        "procedure": form.id,
        "form_version": form.form_version,
        "language": language,
        "reference": draw_reference(rng, taken),
        "label_seed": f"{rng.getrandbits(128):032x}",
    }
    if form.leads_with == "case" and ids_of(case.get("victims")):
        petition["applicants"] = (
            ids_of(case.get("victims"))[:1] if form.id.startswith("wg") else ids_of(case.get("victims"))
        )
    return petition


def draw_reference(rng: random.Random, taken: Iterable[str]) -> str:
    """A reference for paper: says nothing of vault, person, case or order."""
    used = set(taken)
    while True:
        reference = f"R-{rng.randrange(10_000, 100_000)}"
        if reference not in used:
            return reference


def completed(records: Records, petition: Doc, day: date, rng: random.Random) -> Doc:
    """The petition with what a first export needs: a reference, a label seed and its date, each only where missing."""
    made = dict(petition)
    if is_blank(made.get("reference")):
        taken = (text_of(other.get("reference")) for other in records.of("petition"))
        made["reference"] = draw_reference(rng, taken)
    if is_blank(made.get("label_seed")):
        made["label_seed"] = f"{rng.getrandbits(128):032x}"
    if is_blank(made.get("date")):
        made["date"] = day.isoformat()
    if is_blank(made.get("form_version")):
        made["form_version"] = form_of(str(made.get("procedure"))).form_version
    return made


def spoken_language(records: Records, petition: Doc, speakers: list[str]) -> str | None:
    """The first language these people spoke in the case's interviews that documents can be written in."""
    case = records.get(str(petition.get("case"))) or {}
    for id in ids_of(case.get("interviews")):
        interview = records.get(id) or {}
        tags = interview.get("languages") if interview.get("interviewee") in speakers else None
        found = (
            [code for tag in tags if (code := document_language(str(tag)))] if isinstance(tags, list) else []
        )
        if found:
            return found[0]
    return None
