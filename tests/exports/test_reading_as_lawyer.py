"""The papers as a lawyer and a judge read them: order, grounds, names, fields, requests."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exports import build, readiness_of
from exports.dossier.material import by_time
from exports.dossier.tree import Dossier, FormRow, plain, texts
from exports.form_model import Form
from exports.lexicon import agency_name
from exports.procedures import form
from i18n import catalog
from storage import lexicon

TODAY = date(2024, 6, 6)
Frozen = Any  # the snapshot of conftest


def _petition(records: Frozen, procedure: str, **changes: Any) -> dict[str, Any]:
    found = next(doc for doc in records.of("petition") if doc["procedure"] == procedure)
    return {**copy.deepcopy(found), "reference": "R-10001", "label_seed": "s", **changes}


def _written(
    records: Frozen, procedure: str, language: str = "en", audience: str = "filing", **changes: Any
) -> Dossier:
    return build(
        records,
        _petition(records, procedure, **changes),
        language=language,
        audience=audience,
        date="2024-06-05",
        on=TODAY,
    )


def _words(dossier: Dossier, section: str) -> str:
    return "\n".join(plain(runs) for part, runs in texts(dossier) if part.id == section)


def _answer(dossier: Dossier, number: str) -> str:
    rows = [b for s in dossier.sections for b in s.blocks if isinstance(b, FormRow) and b.number == number]
    return "\n".join(plain(runs) for runs in rows[0].answer)


# Order of the story -------------------------------------------------------------------------------------------------


def test_what_lasted_from_a_month_on_stands_after_what_happened_on_a_day_of_it(demo: Frozen) -> None:
    facts = _words(_written(demo, "wgad"), "facts")
    assert facts.index("Incommunicado detention") < facts.index("Torture to obtain")


@pytest.mark.parametrize(
    ("told", "order"),
    [
        (["2023-06/2023-07-24", "2023-06-14"], [1, 0]),
        (["2023-06", "2023-06-30"], [0, 1]),
        (["2023", "2023-21"], [1, 0]),
        (["2023-10~", "2023-10-03/2024-03-01"], [1, 0]),
        (["[2023-01..2023-05]", "2023-04"], [1, 0]),
        (["../2023-02", "2023-01-05"], [1, 0]),
        (["2023-05", None, "2023-04"], [2, 0, 1]),
        ([None, "2023-04"], [0, 1]),
        (["nonsense", "2020"], [0, 1]),
    ],
)
def test_order_is_by_the_latest_beginning_then_as_told(told: list[Any], order: list[int]) -> None:
    docs = [{"id": str(n), "when": when} for n, when in enumerate(told)]
    assert [int(doc["id"]) for doc in by_time(docs, "when")] == order


def test_an_undated_incident_stands_beside_the_one_it_is_told_by() -> None:
    docs = [
        {"id": "a", "when": "2023-03"},
        {"id": "b", "when": "2023-05"},
        {"id": "c", "relative_to": {"incident": "b", "relation": "before"}},
        {"id": "d", "relative_to": {"incident": "a", "relation": "after"}},
    ]
    assert [doc["id"] for doc in by_time(docs, "when")] == ["a", "d", "c", "b"]


# Grounds ------------------------------------------------------------------------------------------------------------


def test_only_argued_grounds_are_printed_and_others_are_a_hint(demo: Frozen) -> None:
    articles = _words(_written(demo, "ecthr"), "F")
    assert "ECHR 3" in articles and "ECHR 5" in articles
    assert "bear on this ground" not in articles and "ECHR 10" not in articles
    hints = [
        str(i.message)
        for i in readiness_of(demo, _petition(demo, "ecthr"), language="en", today=TODAY).warnings
        if i.field == "arguments"
    ]
    assert any("Article 8" in hint for hint in hints) and not any("Article 3:" in hint for hint in hints)


def test_drafted_grounds_are_called_a_draft(demo: Frozen) -> None:
    articles = _words(_written(demo, "ecthr", arguments=[]), "F")
    assert "bear on this ground" in articles
    found = readiness_of(demo, _petition(demo, "ecthr", arguments=[]), language="en", today=TODAY)
    assert [i for i in found.warnings if i.field == "arguments" and "drafted" in str(i.message)]


def test_an_argument_on_an_unlisted_article_is_not_lost(demo: Frozen) -> None:
    argument = {"provision": "Article 4", "explanation": "He was made to work.", "facts": []}
    assert "He was made to work." in _words(_written(demo, "ecthr", arguments=[argument]), "F")


# Bodies and sentences -----------------------------------------------------------------------------------------------


def test_no_body_carries_an_editors_remark() -> None:
    for slug, entry in lexicon().agencies.items():
        assert "(" not in entry.name, slug
        assert "printed" not in agency_name(slug, "en")


def test_a_paragraph_opens_with_a_heading_and_brackets_and_names_a_body_once(demo: Frozen) -> None:
    facts = _words(_written(demo, "wgad"), "facts")
    assert "Threatening or probing calls (spring 2023). Person concerned:" in facts
    arrest = next(line for line in facts.split("\n") if line.startswith("Incommunicado"))
    assert arrest.count("State Committee for National Security") == 1
    assert "Alleged to have acted: the same body and two men in plain clothes." in arrest
    assert "How the source knows of this: by seeing it and by being told." in arrest
    assert "The source saw this. The source" not in facts


def test_occupation_and_activity_are_two_things(demo: Frozen) -> None:
    assert _answer(_written(demo, "wgad"), "I.7").startswith("construction worker; wrote short notes")


# Names --------------------------------------------------------------------------------------------------------------


def test_a_form_in_latin_letters_gives_both_spellings(demo: Frozen) -> None:
    paper = _written(demo, "wgad")
    assert _answer(paper, "I.1") == "Jaborov (Ҷаборов)"
    assert _answer(paper, "I.2") == "Daler (Далер)"


def test_a_name_without_latin_spelling_is_carried_over_and_shown_as_it_is_once(demo: Frozen) -> None:
    facts = _words(_written(demo, "wgad"), "facts")
    assert facts.count("Tavfiq Rajabjonov (Тавфиқ Раҷабҷонов)") == 1


@pytest.mark.parametrize(
    ("language", "full", "tag", "shown"),
    [
        ("en", "Рустам Ӯринов", "tg", "Rustam Urinov (Рустам Ӯринов)"),
        ("fr", "Жўра Қосимов", "uz-Cyrl", "Joʻra Qosimov (Жўра Қосимов)"),
        ("ru", "Elçin Qədirzadə", "az", "Элчин Гадирзада (Elçin Qədirzadə)"),
        ("ru", "Рустам Орлов", "ru", "Рустам Орлов"),
        ("en", "Elçin Qədirzadə", "az", "Elçin Qədirzadə"),
        ("en", "田中", "ja", "田中"),
    ],
)
def test_names_are_carried_into_the_letters_of_the_paper(
    small: Frozen, language: str, full: str, tag: str, shown: str
) -> None:
    from exports.dossier.people import person_run

    records = small.edited("v1", names=[{"full": full, "language": tag, "kind": "legal"}])
    run = person_run(records, "v1", language, original=True)
    got = plain(run)
    if tag in ("tg", "uz-Cyrl"):
        assert got.endswith(f"({full})") and not any("Ѐ" <= c <= "ԯ" for c in got.split("(")[0])
    else:
        assert got == shown


# The form of the European Court -------------------------------------------------------------------------------------


def test_what_the_form_demands_goes_in_with_a_yes_for_that_state(demo: Frozen) -> None:
    assert _answer(_written(demo, "ecthr"), "6") == "P.O. box 118, Tbilisi"
    consent = next(
        c
        for c in demo.of("consent")
        if any(
            g["purpose"] == "name_to_government" and g.get("recipient") == "AZ" and g["decision"] == "yes"
            for g in c["grants"]
        )
    )
    grants = [{**g, "decision": "no"} if g.get("recipient") == "AZ" else g for g in consent["grants"]]
    refused = demo.edited(consent["id"], grants=grants)
    assert "118" not in _answer(_written(refused, "ecthr"), "6")


def test_a_representative_who_agreed_is_printed(demo: Frozen) -> None:
    lawyer = {
        "id": "law", "names": [{"full": "Sofia Brandt", "family": "Brandt", "given": "Sofia", "kind": "legal", "language": "de"}],
        "addresses": [{"kind": "safe_postal", "text": "Invalidenweg 9, Berlin"}], "protection": "none", "public_figure": True,
    }  # fmt: skip
    yes = {
        "id": "cl",
        "person": "law",
        "given_on": "2024-01-01",
        "grants": [{"purpose": "name_to_government", "recipient": "AZ", "decision": "yes"}],
    }
    paper = _written(demo.plus("person", lawyer).plus("consent", yes), "ecthr", submitter="law")
    assert (_answer(paper, "26"), _answer(paper, "27"), _answer(paper, "29")) == (
        "Brandt",
        "Sofia",
        "Invalidenweg 9, Berlin",
    )
    assert (
        _answer(_written(demo.plus("person", lawyer), "ecthr", submitter="law"), "26")
        == "By hand, on the official form."
    )


def test_the_list_of_documents_gives_the_page_each_begins_on(small: Frozen) -> None:
    docs = [
        {"id": f"d{n}", "title": "t", "neutral_title": f"Paper {n}", "dated": f"2026-0{n}"} for n in (1, 2, 3)
    ]
    records = small.plus("evidence", *docs).edited("k1", evidence=["d1", "d2", "d3"], respondents=["AZ"])
    petition = {**records.of("petition")[0], "procedure": "ecthr", "arguments": []}
    paper = build(
        records,
        petition,
        language="en",
        audience="filing",
        date="2026-06-01",
        printed={"d1": 4, "d2": 0, "d3": 2},
    )
    rows = [
        [plain(cell) for cell in row]
        for s in paper.sections
        if s.id == "I"
        for b in s.blocks
        if hasattr(b, "rows")
        for row in b.rows
    ]
    assert [row[-1] for row in rows] == ["1", "–", "5"]


def test_what_follows_from_a_no_does_not_apply(demo: Frozen) -> None:
    paper = _written(demo, "ecthr")
    assert _answer(paper, "64") == "No" and _answer(paper, "65") == "Does not apply."


# Anonymity ----------------------------------------------------------------------------------------------------------


def test_a_protected_applicant_asks_for_anonymity_and_reasons_are_called_for(demo: Frozen) -> None:
    words = _words(_written(demo, "ecthr"), "anonymity")
    assert "a single letter" in words and "Reasons are to be written here" in words
    found = readiness_of(demo, _petition(demo, "ecthr"), language="en", today=TODAY).warnings
    texts_ = " ".join(str(i.message) for i in found if i.field == "anonymity")
    assert "no reasons yet" in texts_ and "Not verified" in texts_ and "44F" in texts_
    assert "44F" not in words


def test_reasons_and_left_out_requests(demo: Frozen) -> None:
    words = _words(
        _written(demo, "ecthr", sections={"anonymity": "His sister would be questioned."}), "anonymity"
    )
    assert "His sister would be questioned." in words and "to be written here" not in words
    assert not [
        s for s in _written(demo, "ecthr", sections={"anonymity": "-"}).sections if s.id == "anonymity"
    ]
    assert not [s for s in _written(demo, "ecthr", audience="public").sections if s.id == "anonymity"]


def test_a_state_of_nationality_that_is_a_party_is_kept_out(demo: Frozen) -> None:
    applicant = _petition(demo, "ecthr")["applicants"][0]
    georgian = demo.edited(applicant, citizenships=["GE", "AZ", "UZ"])
    words = _words(_written(georgian, "ecthr"), "anonymity")
    assert "(Georgia)" in words and "Article 36" in words
    assert "Article 36" not in _words(_written(demo, "ecthr"), "anonymity")
    assert "Article 36" not in _words(_written(georgian, "ecthr", sections={"nationality": "–"}), "anonymity")
    assert [
        i
        for i in readiness_of(georgian, _petition(georgian, "ecthr"), language="en", today=TODAY).warnings
        if i.field == "nationality"
    ]


# Languages ----------------------------------------------------------------------------------------------------------


def test_spanish_is_refused_with_the_languages_there_are(demo: Frozen) -> None:
    found = readiness_of(demo, _petition(demo, "wgad"), language="es", today=TODAY)
    block = next(item for item in found.blocks if item.field == "language")
    assert block.severity == "protective"
    said = catalog("en").text(block.message)
    assert "English" in said and "Spanish" not in said.partition(":")[2]


def _french() -> set[str]:
    from exports.words import _own_words

    return set(_own_words("fr"))


def test_french_has_every_kind_document_and_body() -> None:
    words, data = _french(), lexicon()
    wanted = {kind.label.source for kind in data.kinds.values()} | {
        entry.name for entry in data.agencies.values()
    }
    wanted |= {row.label.source for row in data.document_types.values()}
    assert wanted - words == set()


def test_french_has_every_sentence_of_a_paper() -> None:
    import ast

    root = Path(__file__).parents[2] / "exports"
    found: set[str] = set()
    for path in [
        *(root / "dossier").glob("*.py"),
        *(root / "pdf").glob("*.py"),
        root / "annexes" / "bundle.py",
        root / "words" / "__init__.py",
    ]:
        if path.name in (
            "material.py",
            "kit_page.py",
        ):  # no paper for a body: kit pages speak the window's languages
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "msg"
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    from exports.dossier.facts import detail_texts

    errors = {
        text for text in found if "procedure {name}" in text or text.startswith(("The case of", "{word}"))
    }
    assert (found | set(detail_texts())) - errors - _french() == set()


def test_every_form_has_french_for_each_text() -> None:
    def bare(item: Form) -> list[str]:
        labels = [
            item.title,
            item.body,
            *(part.title for part in item.parts),
            *(f.label for f in item.fields()),
        ]
        labels += [category.title for category in item.categories] + [
            w for group in item.texts.values() for w in group
        ]
        return [words.en for words in labels if words.en and not words.fr]

    assert [text for name in ("wgad", "ecthr", "statement") for text in bare(form(name))] == []


@pytest.mark.parametrize("procedure", ["wgad", "ecthr"])
def test_a_french_paper_has_no_english_of_ours(demo: Frozen, procedure: str) -> None:
    paper = _written(demo, procedure, "fr")
    own = " ".join(run.text for _, runs in texts(paper) for run in runs if run.kind == "fixed")
    for word in (" the ", "Person concerned", "Alleged", "Appeal", "Held by", "of the"):
        assert word not in own
