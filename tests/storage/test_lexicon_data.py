"""The shipped tables are whole, agree with each other, and the stage of a person follows the rules with a reason."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from storage import kind_label, lexicon, stage_of, stage_of_person
from storage.records.countries import COUNTRIES
from storage.records.spec import spec_of
from storage.reference import GROUP_LABELS

Doc = dict[str, Any]


def test_tables_have_all_rows_of_the_reference(shared: Path) -> None:
    def slugs(name: str, key: str = "slug") -> list[str]:
        with (shared / "reference" / name).open(encoding="utf-8", newline="") as stream:
            return [row[key] for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)]

    known = lexicon()
    assert list(known.kinds) == slugs("taxonomy.tsv", "code")
    assert list(known.agencies) == slugs("agencies.tsv")
    assert list(known.instruments) == slugs("legal_instruments.tsv")
    assert list(known.groups) == slugs("groups.tsv")
    assert list(known.places) == slugs("places.tsv")
    assert list(known.officials) == slugs("public_officials.tsv")
    assert list(known.document_types) == [slug for slug in slugs("systems.tsv") if slug.startswith("doc-")]


def test_rows_refer_to_rows_that_exist() -> None:
    known = lexicon()
    forms = set(spec_of("incident").fields["details"].fields)
    for kind in known.kinds.values():
        assert kind.group in GROUP_LABELS and kind.code.startswith(kind.group + ".")
        assert kind.stage in (None, 1, 2, 3) and kind.channel in (None, "formal", "informal", "both")
        assert kind.details_form is None or kind.details_form in forms
        assert all(slug in known.instruments for slug in kind.instruments), kind.code
        assert all(token.lower() in known.instruments for token in kind.maps_to), kind.code
        assert kind_label(kind.code).source
    for agency in known.agencies.values():
        assert agency.successor_of is None or agency.successor_of in known.agencies
        assert agency.country in COUNTRIES | {"INT", None}


def test_no_sentences_of_the_sources_ship() -> None:
    data = Path(__file__).resolve().parents[2] / "storage" / "reference" / "data"
    for path in data.glob("*.tsv"):
        header = path.read_text(encoding="utf-8").splitlines()[0].split("\t")
        assert not {"definition_en", "notes", "source", "provides", "used_for", "source_rows"} & set(header)


def test_a_body_has_its_name_in_the_language_asked_for() -> None:
    assert lexicon().agency_name("az-national-assembly", "az") == "Milli Məclis"
    assert lexicon().agency_name("az-national-assembly", "ru") == "Милли Меджлис"
    assert lexicon().agency_name("az-national-assembly", "uz_Cyrl") == "National Assembly"
    assert lexicon().agency_name("nobody", "ru") == "nobody"


EXILE: Doc = {"id": "p1", "exile_category": ["civic"]}
AT_HOME: Doc = {"id": "p2"}


def incident(kind: str, **more: Any) -> Doc:
    return {"id": "e", "kind": kind, "victims": ["p1"], "extraterritorial": True, **more}


@pytest.mark.parametrize(
    ("record", "person", "stage", "channel"),
    [
        (incident("notice.red_notice"), EXILE, 1, "formal"),
        (incident("detention.at_home_request"), EXILE, 2, "formal"),
        (incident("removal.rendition"), EXILE, 3, "informal"),
        (incident("removal.rendition", victims=["p2"]), AT_HOME, None, "informal"),
        (incident("detention.incommunicado", extraterritorial=False), EXILE, None, "informal"),
        (incident("detention.incommunicado", extraterritorial="unknown"), EXILE, None, "informal"),
        (incident("prison.conditions"), EXILE, None, "formal"),
        (incident("violence.stabbing", attempt=True), EXILE, 3, "informal"),
        (incident("removal.kidnapping", attempt=True), EXILE, 3, "informal"),
        (incident("removal.extradition", attempt=True), EXILE, 1, "formal"),
        (incident("removal.extradition", attempt=True, details={"detention": {"warrant_shown": True}}), EXILE, 2, "formal"),
        (incident("violence.assault", stage=3, stage_reason="lasting injury"), EXILE, 3, "informal"),
        (incident("violence.assault", stage=3, stage_reason=""), EXILE, 1, "informal"),
        (incident("violence.assault", stage=3, stage_reason="x", extraterritorial=False), EXILE, None, "informal"),
        (incident("removal.rendition", victims=["p9"]), EXILE, None, "informal"),
        ({"id": "e", "kind": "unknown"}, EXILE, None, None),
        ({"id": "e", "victims": {"blank": "unknown"}, "kind": "removal.rendition"}, EXILE, None, "informal"),
    ],
)  # fmt: skip
def test_stage_of_one_incident(record: Doc, person: Doc, stage: int | None, channel: str | None) -> None:
    found = stage_of(record, person)
    assert (found.stage, found.channel) == (stage, channel)
    assert found.reason.source and found.incident == "e"


def test_pressure_on_relatives_counts_for_the_exile_it_answers() -> None:
    post = incident("threat.phone_calls", id="e1")
    arrest = {"id": "e2", "kind": "relatives.prosecution", "victims": ["p2"], "reprisal_for": "e1"}
    found = stage_of(arrest, EXILE, [post, arrest])
    assert (found.stage, found.channel) == (1, "informal")
    relative = {"id": "p2", "exile_category": {"blank": "unknown"}}
    assert stage_of(arrest, relative, [post, arrest]).stage is None
    assert stage_of(arrest, {"id": "p2", "exile_category": ["civic"]}, [post, arrest]).stage is None


def test_attempted_removal_with_a_detention_told_beside_it() -> None:
    request = incident("removal.extradition", id="e1", attempt=True)
    held = incident("detention.at_home_request", id="e2", relative_to={"incident": "e1", "relation": "after"})
    assert stage_of(request, EXILE, [request, held]).stage == 2


def test_the_furthest_stage_decides_and_names_its_incident() -> None:
    records = [
        incident("notice.red_notice", id="a"),
        incident("detention.at_home_request", id="b"),
        incident("detention.incommunicado", id="c"),
        incident("removal.rendition", id="d", extraterritorial=False),
    ]
    found = stage_of_person(EXILE, records)
    assert (found.stage, found.incident) == (2, "b")
    assert stage_of_person({**EXILE, "exile_category": []}, records).stage is None
    assert stage_of_person(EXILE, []).stage is None
