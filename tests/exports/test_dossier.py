"""Dossiers: who reads what, what never stands on paper, order, attribution, languages."""

from __future__ import annotations

from datetime import date

import pytest

from exports import build, form
from exports.dossier import plain, texts
from exports.dossier.tree import FormRow, Paragraph
from storage.errors import ConsentMissing, InvalidInput

ON = date(2026, 6, 2)


def made(records, petition, audience="filing", language="en", **changes):
    return build(
        records, petition(records, **changes), language=language, audience=audience, date="2026-06-01", on=ON
    )


def words(dossier, section=None):
    return "\n".join(plain(runs) for part, runs in texts(dossier) if section in (None, part.id))


def rows(dossier):
    return {b.number: b for s in dossier.sections for b in s.blocks if isinstance(b, FormRow)}


def test_the_parts_stand_in_the_forms_order_and_the_sheet_is_for_filing_alone(small, petition):
    filing = [s.id for s in made(small, petition).sections]
    assert filing == [part.id for part in form("wgad").parts]
    for audience in ("government", "public"):
        assert [s.id for s in made(small, petition, audience).sections] == filing[:-1]


def test_parts_that_a_state_reads_obey_the_government_policy(small, petition):
    for procedure in ("wgad", "ecthr"):
        for section in made(small, petition, procedure=procedure).sections:
            assert section.policy == ("government" if "respondent_state" in section.recipients else "filing")
    assert {s.policy for s in made(small, petition, "public").sections} == {"public"}


def test_every_printed_field_of_the_court_has_its_block(small, petition):
    records = small.edited("k1", country="PL", respondents=["PL"])
    numbers = rows(made(records, petition, procedure="ecthr"))
    assert [str(n) for n in range(1, 75)] == list(numbers)


def test_facts_are_numbered_dated_attributed_and_alleged(small, petition):
    body = words(made(small, petition), "facts")
    assert "20 January 2026" in body and "The source saw this." in body
    assert "Alleged to have acted: men in plain clothes." in body
    paragraphs = [
        b
        for s in made(small, petition).sections
        if s.id == "facts"
        for b in s.blocks
        if isinstance(b, Paragraph)
    ]
    assert [p.number for p in paragraphs if p.number] == ["1", "2", "3"]


def test_testimony_stands_in_translation_or_is_quoted_with_its_language(small, petition):
    assert "They took my sister away in the morning." in words(made(small, petition), "facts")
    untranslated = small.edited("i1", narratives=[small.get("i1")["narratives"][0]])
    body = words(made(untranslated, petition), "facts")
    assert "Мою сестру увели утром." in body and "quoted as it was told, in Russian" in body


def test_arguments_name_their_articles_and_paragraphs(small, petition):
    body = words(made(small, petition), "arguments")
    assert "Category III" in body and "ICCPR 14" in body and "No judge saw her. See paragraph 1." in body


def test_the_lawyers_text_wins_over_the_draft(small, petition):
    dossier = made(small, petition, sections={"IV": "She was taken.\n\nNobody said why."})
    assert "Alleged to have acted" not in words(dossier, "facts")
    assert "She was taken." in words(dossier, "facts")


def test_codes_never_stand_on_paper(small, petition):
    for procedure in ("wgad", "ecthr", "statement"):
        for audience in form(procedure).copies:
            assert "31702" not in words(made(small, petition, audience, procedure=procedure))


@pytest.mark.parametrize("klass", ["C2", "C3"])
def test_a_raised_class_keeps_a_field_off_the_parts_a_state_reads(small, petition, klass):
    records = small.edited("e1", classes={"description": {"class": klass}, "where": {"class": klass}})
    body = words(made(records, petition))
    assert "was taken from the school" not in body and "Bokhtar" not in body


def test_c2_details_of_an_incident_are_never_drafted(small, petition):
    records = small.edited(
        "e1",
        injuries="a broken wrist",
        medical="seen by a doctor",
        sexual_violence="told in private",
        witnesses=["s1"],
    )
    for audience in ("filing", "government", "public"):
        body = words(made(records, petition, audience))
        assert not any(word in body for word in ("broken wrist", "doctor", "told in private"))


def test_the_address_and_document_number_stand_on_the_confidential_sheet_alone(small, petition):
    documents = [{"type": "passport", "number": "40000001", "issuer": "ministry"}]
    records = small.edited(
        "v1",
        identity_documents=documents,
        addresses=[{"kind": "real", "country": "TJ", "text": "River street 3"}],
    )
    dossier = made(records, petition)
    assert "40000001" in words(dossier, "submitter") and "River street 3" in words(dossier, "submitter")
    assert "40000001" not in words(dossier, "identity") and "On the confidential sheet." in words(
        dossier, "identity"
    )
    assert "40000001" not in words(made(records, petition, "government"))


def test_what_the_court_demands_goes_in_only_with_a_yes_for_that_state(small, petition):
    records = small.edited("k1", respondents=["PL"]).edited(
        "v1",
        addresses=[
            {"kind": "real", "text": "Hidden street 1"},
            {"kind": "safe_postal", "text": "P.O. box 7"},
        ],
    )
    assert "P.O. box 7" not in words(made(records, petition, procedure="ecthr"))
    grants = [
        *small.get("c2")["grants"],
        {"purpose": "name_to_government", "recipient": "PL", "decision": "yes"},
    ]
    agreed = records.edited("c2", grants=grants)
    body = words(made(agreed, petition, procedure="ecthr"))
    assert "P.O. box 7" in body and "Hidden street" not in body


def test_clandestine_crossing_is_left_out_until_the_lawyer_includes_it(small, petition):
    crossing = {
        "id": "e9",
        "kind": "mobility.clandestine_crossing",
        "when": "2026-02-01",
        "victims": ["v1"],
        "description": "Crossed at night.",
    }
    records = small.plus("incident", crossing).edited("k1", incidents=["e1", "e9"])
    assert "Crossed at night." not in words(made(records, petition))
    arguments = [{"provision": "WGAD-III", "explanation": "Flight.", "facts": ["e9"]}]
    assert "Crossed at night." in words(made(records, petition, arguments=arguments))


def test_testimony_without_consent_and_what_only_it_tells_is_left_out(small, petition):
    other = {
        "id": "i2",
        "interviewee": "s2",
        "narratives": [{"id": "n9", "kind": "original", "language": "en", "text": "I saw the van."}],
    }
    only_there = {
        "id": "e2",
        "kind": "threat.phone_calls",
        "when": "2026-02",
        "victims": ["v1"],
        "description": "Somebody called.",
        "sources": [{"interview": "i2", "basis": "heard"}],
    }
    records = (
        small.plus("interview", other).plus("person", {"id": "s2", "names": []}).plus("incident", only_there)
    )
    records = records.edited("k1", interviews=["i1", "i2"], incidents=["e1", "e2"])
    body = words(made(records, petition))
    assert "I saw the van." not in body and "Somebody called." not in body
    assert "They took my sister" in body


def test_without_the_victims_consent_there_is_no_dossier(small, petition):
    with pytest.raises(ConsentMissing):
        made(small.edited("c2", withdrawn_on="2026-05-01"), petition)
    with pytest.raises(InvalidInput):
        made(small, petition, "interviewee")


def test_family_consent_opens_the_working_group_but_not_a_statement(small, petition):
    assert made(small, petition)
    with pytest.raises(ConsentMissing):
        made(small.edited("c1", withdrawn_on="2026-05-01"), petition, "filing", procedure="statement")


def test_the_statement_is_in_the_words_that_were_spoken(small, petition):
    dossier = made(small, petition, "interviewee", "ru", procedure="statement", applicants=["s1"])
    body = words(dossier, "words")
    assert "Мою сестру увели утром." in body and "They took my sister away in the morning." in body
    assert [
        s.id for s in made(small, petition, "public", "ru", procedure="statement", applicants=["s1"]).sections
    ] == ["head", "words"]


def test_a_statement_holds_nothing_of_the_sitting(small, petition):
    records = small.edited(
        "i1",
        sessions=[{"from": "2026-02-27T10:00+01:00", "place": {"words": "a library"}}],
        interviewer={"words": "documenter 3"},
        interpreter={"mode": "phone", "relation": "cousin", "undertaking": True},
        risk="brother at home",
        read_back={"on": "2026-03-02", "by": {"words": "documenter 3"}},
    )
    body = words(made(records, petition, "filing", "en", procedure="statement", applicants=["s1"]))
    assert "An interpreter helped in this interview." in body and "2 March 2026" in body
    assert not any(
        secret in body for secret in ("library", "documenter 3", "cousin", "27 February", "brother at home")
    )


def test_french_has_words_for_everything_documents_say(small, petition):
    records = small.edited("k1", respondents=["PL"])
    english = {
        plain(runs) for _, runs in texts(made(records, petition)) if all(r.kind == "fixed" for r in runs)
    }
    french = {
        plain(runs)
        for _, runs in texts(made(records, petition, language="fr"))
        if all(r.kind == "fixed" for r in runs)
    }
    same = {t for t in english & french if any(c.isalpha() for c in t)}
    # Names of kinds and choices come from the record room's catalogs, which have no French.
    assert same <= {"Date", "Signature", "Female", "R-55120", "I.1", "Document", "Pages"}, same


def test_further_applicants_have_numbered_sheets(small, petition):
    records = small.edited("k1", victims=["v1", "s1"], respondents=["PL"])
    sheets = [
        s
        for s in made(records, petition, procedure="ecthr", applicants=["v1", "s1"]).sections
        if s.id == "A1"
    ]
    assert len(sheets) == 2 and "Sheet 2 of 2" in "\n".join(
        plain(b.text) for b in sheets[1].blocks if hasattr(b, "text")
    )
