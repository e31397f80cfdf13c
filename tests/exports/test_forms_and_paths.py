"""Form files and their path language: data that code only walks."""

from __future__ import annotations

import re

import pytest

from exports import form, forms
from exports.dossier.build import DRAWERS
from exports.dossier.paths import Scope, parse_path
from exports.form_model import Form
from exports.pdf.styles import SHEETS
from exports.procedures import parse_form, source_texts
from storage.errors import InvalidInput

RECIPIENTS = {"secretariat", "respondent_state", "national_bureau", "public", "interviewee", "nobody"}


@pytest.mark.parametrize("procedure", [f.id for f in forms()])
def test_a_form_file_is_whole(procedure):
    found = form(procedure)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", found.checked_on) and found.source and found.form_version
    for part in found.parts:
        assert part.recipients and set(part.recipients) <= RECIPIENTS and part.sheet in SHEETS
        assert set(part.copies) <= set(found.copies) and (not part.draws or part.draws in DRAWERS)
        for field in part.fields:
            assert field.label.en and field.label.fr, field.number
            assert field.klass in ("C0", "C1", "C2") and field.status in ("verified", "unverified")
            for path in field.fills:
                root = parse_path(path)[0].name
                assert root in found.roots or root in (
                    "petition",
                    "case",
                    "facts",
                    "proceedings",
                    "authorities",
                    "interviews",
                    "each",
                )
            assert field.draws in ("", "ink") or field.draws in DRAWERS
            if field.klass == "C2" and not field.demanded and field.fills:
                assert part.sheet == "confidential" or "respondent_state" in part.recipients
    assert all(words.fr for category in found.categories for words in (category.title,))


def test_official_order_and_numbers():
    assert [f.number for f in form("ecthr").fields()] == [str(n) for n in range(1, 75)]
    assert [f.number for f in form("wgad").fields()][:11] == [
        "I.1", "I.2", "I.3", "I.4", "I.5", "I.6 (a)", "I.6 (b)", "I.6 (c)", "I.6 (d)", "I.7", "I.8",
    ]  # fmt: skip
    assert len(form("ecthr").states) == 47
    assert {f.status for part in form("wgad").parts if part.id == "detention" for f in part.fields} == {
        "unverified"
    }


def test_an_unknown_procedure_is_bad_input():
    with pytest.raises(InvalidInput):
        form("nothing")


def test_a_new_form_needs_no_code():
    data = {
        "id": "x", "title": "X", "body": "Y", "languages": ["en"], "form_version": "1", "checked_on": "2026-01-01", "source": "s",
        "copies": ["filing"], "purpose": "keep", "bases": ["self"],
        "part": [{"id": "p", "title": "P", "sheet": "form", "recipients": ["nobody"],
                  "field": [{"number": "1", "label": "L", "fills": "victim.sex", "as": "choice", "class": "C1"}]}],
    }  # fmt: skip
    made = parse_form(data)
    assert isinstance(made, Form) and made.fields()[0].shown_as == "choice"


def test_a_misspelt_key_is_not_swallowed():
    data = {"number": "1", "label": "L", "mandatry": True}
    with pytest.raises(TypeError):
        parse_form({
            "id": "x", "title": "X", "body": "Y", "languages": [], "form_version": "1", "checked_on": "", "source": "", "copies": [],
            "purpose": "keep", "bases": [], "part": [{"id": "p", "title": "P", "sheet": "form", "recipients": [], "field": [data]}],
        })  # fmt: skip


def test_every_label_is_in_the_list_for_translators():
    assert {"Family name", "Surname", "Reading back and signature", "Azerbaijan"} <= set(source_texts())


@pytest.fixture
def scope(small):
    roots = {"victim": ("case.victims[]",), "arrest": ("facts[victims=@victim][details.detention]",)}
    facts = [small.get("e1"), {"id": "e0", "victims": ["s1"], "details": {"detention": {}}}]
    return Scope(small, {"case": small.get("k1"), "facts": facts}, roots, frozenset({"PL"}))


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("victim.names[kind=legal].family", ["Назарова"]),
        ("victim.names[kind=alias].family", []),
        ("victim.names[].(given family)", ["Гулбаҳор Назарова"]),
        ("victim.citizenships[*]", ["TJ"]),
        ("victim.names[kind!=alias].full", ["Гулбаҳор Назарова"]),
        ("arrest.where.locality", ["Bokhtar"]),
        ("arrest.perpetrators[role=arrest].agency", [{"words": "men in plain clothes"}]),
        ("arrest.details.detention.warrant_shown", [False]),
        ("arrest.details.detention.reasons_given", []),
        ("victim.nothing.at.all", []),
        ("case.victims[type=person]", ["v1"]),
        ("case.victims[type=organisation]", []),
        ("case.country[party]", []),
    ],
)
def test_paths(scope, path, values):
    assert [item.value for item in scope.find(path)] == values


def test_what_is_found_knows_where_it_stands(scope):
    found = scope.find("arrest.where.locality")[0]
    assert (found.record, found.type, found.path) == ("e1", "incident", "where.locality")


@pytest.mark.parametrize("path", ["", "a..b", "a b", "Großes.x", ".a"])
def test_what_is_no_path_is_refused(path):
    with pytest.raises(ValueError):
        parse_path(path)
