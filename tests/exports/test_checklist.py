"""The checklist: what blocks and cannot be set aside, what can with a reason, what only warns."""

from __future__ import annotations

from datetime import date

import pytest

from exports import readiness, readiness_of
from exports.checklist import petition_for

TODAY = date(2026, 6, 2)


def looked(records, petition, language="en", audience=None, overrides=None, today=TODAY, **changes):
    return readiness_of(
        records,
        petition(records, **changes),
        language=language,
        audience=audience,
        overrides=overrides,
        today=today,
    )


def fields(items):
    return {item.field for item in items}


def test_a_complete_petition_is_ready(small, petition):
    found = looked(small, petition)
    assert found.ready and found.blocks == ()
    assert "consent" in fields(found.warnings)  # not named to the State: said, not refused


@pytest.mark.parametrize(
    ("record", "changes", "number"),
    [
        ("e1", {"when": None}, "II.1"),
        ("e1", {"where": None}, "II.2"),
        ("v1", {"citizenships": []}, "I.5"),
        ("v1", {"birth_date": None}, "I.4"),
        ("e1", {"perpetrators": []}, "II.3"),
    ],
)
def test_what_is_missing_blocks_by_its_printed_number(small, petition, record, changes, number):
    found = looked(small.edited(record, **changes), petition)
    assert number in fields(found.blocks) and not found.ready
    aside = looked(small.edited(record, **changes), petition, overrides={number: "nobody knows"})
    assert aside.ready and number in fields(aside.set_aside)
    assert not looked(small.edited(record, **changes), petition, overrides={number: "  "}).ready


def test_a_recorded_unknown_warns_only(small, petition):
    found = looked(small.edited("e1", when="unknown"), petition)
    assert "II.1" in fields(found.warnings) and "II.1" not in fields(found.blocks)


def test_unverified_fields_never_block(small, petition):
    found = looked(
        small.edited("e1", details={"detention": {"warrant_shown": True, "reasons_given": "none"}}), petition
    )
    assert {"III.3", "III.4"} <= fields(found.warnings) and not {"III.3", "III.4"} & fields(found.blocks)


def test_consent_blocks_and_cannot_be_set_aside(small, petition):
    found = looked(small.edited("c2", withdrawn_on="2026-05-01"), petition, overrides={"consent": "urgent"})
    assert [(b.field, b.severity) for b in found.blocks] == [("consent", "protective")]


def test_one_copy_can_be_looked_at_alone(small, petition):
    grants = [g for g in small.get("c2")["grants"] if g["purpose"] != "publish_anonymised"]
    records = small.edited("c2", grants=grants)
    assert looked(records, petition).ready and looked(records, petition, audience="filing").ready
    assert not looked(records, petition, audience="public").ready


@pytest.mark.parametrize(
    ("procedure", "language", "field"),
    [
        ("wgad", "ru", "blocks"),
        ("wgad", "tg", "blocks"),
        ("ecthr", "uz_Latn", "blocks"),
        ("ecthr", "ru", "warnings"),
        ("wgad", "fr", None),
        ("ecthr", "az", None),
    ],
)
def test_languages(small, petition, procedure, language, field):
    found = looked(small, petition, language, procedure=procedure)
    assert ("language" in fields(found.blocks)) is (field == "blocks")
    assert ("language" in fields(found.warnings)) is (field == "warnings")


def test_what_is_left_out_is_named_by_code(small, petition):
    records = small.edited("c1", withdrawn_on="2026-05-01")
    texts = [
        item.message.values.get("code")
        for item in looked(records, petition).warnings
        if item.field == "consent"
    ]
    assert "I-31702-0011-1" in texts


def test_a_childs_public_copy_needs_two_people(small, petition):
    records = small.edited("v1", minor=True)
    assert "minor" in fields(looked(records, petition, audience="public").blocks)
    two = records.edited("c2", decided_by=[{"words": "a"}, {"words": "b"}])
    assert "minor" not in fields(looked(two, petition, audience="public").blocks)


def test_a_language_without_grammar_needs_two_readers_before_a_public_copy(small, petition):
    narratives = [{"id": "n1", "kind": "original", "language": "sgh", "text": "Invented words."}]
    records = small.edited("i1", narratives=narratives)
    assert "not_covered" in fields(looked(records, petition, audience="public").blocks)
    seen = [
        {"record": "i1", "path": "narratives/n1/text", "quote": "x", "by": {"words": w}} for w in ("a", "b")
    ]
    assert "not_covered" not in fields(looked(records, petition, audience="public", redactions=seen).blocks)


def ecthr(records):
    return records.edited("k1", respondents=["TR"], country="TR")


def test_an_article_that_does_not_bind_the_state_is_a_formal_block(small, petition):
    arguments = [{"provision": "ECHR-P4-2", "explanation": "No passport.", "facts": ["e1"]}]
    found = looked(ecthr(small), petition, procedure="ecthr", arguments=arguments)
    assert "ECHR-P4-2" in fields(found.blocks)
    assert "ECHR-P4-2" in fields(
        looked(
            ecthr(small),
            petition,
            procedure="ecthr",
            arguments=arguments,
            overrides={"ECHR-P4-2": "new ratification"},
        ).set_aside
    )


def test_facts_before_a_protocol_bound_the_state(small, petition):
    records = ecthr(small.edited("e1", when="2014-05-01"))
    arguments = [{"provision": "ECHR-P7-1", "explanation": "Expelled.", "facts": ["e1"]}]
    assert "ECHR-P7-1" in fields(looked(records, petition, procedure="ecthr", arguments=arguments).blocks)


def test_a_verified_box_that_overflows_blocks_and_an_estimated_one_warns(small, petition):
    grants = [*small.get("c2")["grants"], {"purpose": "name_to_government", "decision": "yes"}]
    names = [{"full": "Н" * 90, "family": "Н" * 90, "given": "А", "kind": "legal"}]
    found = looked(
        ecthr(small.edited("v1", names=names).edited("c2", grants=grants)), petition, procedure="ecthr"
    )
    assert "1" in fields(found.blocks)
    long_text = looked(ecthr(small), petition, procedure="ecthr", sections={"71": "word " * 400})
    assert "71" in fields(long_text.warnings) and "71" not in fields(long_text.blocks)


def test_an_annex_of_more_than_twenty_pages_is_refused_whatever_the_reason(small, petition):
    narratives = [
        {
            "id": "n1",
            "kind": "original",
            "language": "en",
            "text": "\n".join(["They came in the morning. " * 30] * 60),
        }
    ]
    records = ecthr(small.edited("i1", narratives=narratives))
    found = looked(records, petition, procedure="ecthr", overrides={"pages": "long case"})
    assert ("pages", "protective") in {(b.field, b.severity) for b in found.blocks}


def test_documents_out_of_order(small, petition):
    docs = [
        {"id": f"d{n}", "neutral_title": "Paper", "dated": day, "file": {"sha256": "0" * 64}}
        for n, day in enumerate(("2026-02-01", "2026-01-01"))
    ]
    records = ecthr(small.plus("evidence", *docs))
    assert "70" in fields(looked(records, petition, procedure="ecthr", annexes=["d0", "d1"]).blocks)
    assert "70" not in fields(looked(records, petition, procedure="ecthr", annexes=["d1", "d0"]).blocks)


def test_other_bodies_old_forms_and_review_warn(small, petition):
    step = {"id": "x9", "kind": "un_communication", "lodged_on": "2026-01-01"}
    records = ecthr(
        small.plus("proceeding", step)
        .edited("k1", proceedings=["x1", "x9"])
        .edited("i1", review={"state": "draft"})
    )
    found = looked(records, petition, procedure="ecthr", today=date(2027, 7, 1))
    assert {"other", "form", "review"} <= fields(found.warnings)


def test_the_petition_not_filed_yet_is_the_one_looked_at(small):
    filed = {"id": "t0", "case": "k1", "procedure": "wgad", "filing": {"status": "sent"}}
    records = small.plus("petition", filed)
    assert petition_for(records, "k1", "wgad")["id"] == "t1"
    assert readiness(records, "k1", "statement", language="ru", today=TODAY).warnings is not None
