"""What a State or the public reads of whole papers: contacts, addresses, towns, fields of who may be named, dates, countries."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from exports.dossier.build import build
from exports.dossier.tree import Dossier, Origin, Paragraph, Run, Section, fixed, plain, texts
from exports.redaction import Finder, protected_for, protected_from_names, redact
from exports.redaction.dates import general_dates
from exports.redaction.places import general_words
from exports.redaction.replace import replaced


class Records:
    def __init__(self, **docs: list[dict[str, Any]]) -> None:
        self.docs = docs

    def of(self, type: str) -> list[dict[str, Any]]:
        return self.docs.get(type, [])

    def get(self, id: str) -> dict[str, Any] | None:
        return next((doc for docs in self.docs.values() for doc in docs if doc["id"] == id), None)

    def type_of(self, id: str) -> str | None:
        return next((type for type, docs in self.docs.items() if any(doc["id"] == id for doc in docs)), None)


VICTIM: dict[str, Any] = {
    "id": "v",
    "sex": "male",
    # The elements of lists carry ids of their own in a notebook.
    "names": [
        {
            "id": "v-n1",
            "full": "Далер Саъдиев",
            "family": "Саъдиев",
            "given": "Далер",
            "kind": "legal",
            "language": "tg",
        }
    ],
    "contacts": [{"id": "v-c1", "channel": "phone", "value": "+48 500 111 222"}],
    "identity_documents": [
        {"id": "v-d1", "type": "passport", "number": "A1234567", "issued_on": "2019-02-11"}
    ],
    "whereabouts": {"country": "PL", "locality": "Warsaw"},
    "protection": "pseudonym",
}
MOTHER: dict[str, Any] = {
    "id": "m",
    "names": [{"id": "m-n1", "full": "Зулфия Саъдиева", "family": "Саъдиева", "given": "Зулфия"}],
    "addresses": [{"id": "m-a1", "country": "TJ", "text": "кӯчаи Боғи Ҷадид, 27, Исфара"}],
    "relations": [{"id": "m-r1", "person": "v", "kind": "son"}],
}
SON: dict[str, Any] = {
    "id": "s",
    "minor": True,
    "names": [{"id": "s-n1", "full": "Амин Саъдиев", "family": "Саъдиев", "given": "Амин"}],
}
YES = {"id": "c", "person": "v", "given_by": "v", "given_on": "2024-01-01", "grants": [{"purpose": "name_to_government", "recipient": "TJ", "decision": "yes"}, {"purpose": "un_wgad", "decision": "yes"}, {"purpose": "publish_anonymised", "decision": "yes"}]}  # fmt: skip


def records() -> Records:
    incident = {
        "id": "i",
        "kind": "detention.incommunicado",
        "victims": ["v"],
        "when": "2023-06-14",
        "where": {"country": "TJ", "region": "Sughd", "locality": "Isfara"},
    }
    case = {"id": "k", "victims": ["v"], "country": "TJ", "respondents": ["TJ"], "incidents": ["i"]}
    return Records(person=[VICTIM, MOTHER, SON], case=[case], incident=[incident], consent=[YES])


def copied(text: str, audience: str, language: str = "en", **run: Any) -> str:
    made = Run(text, run.pop("kind", "text"), language, **run)
    section = Section("facts", fixed(""), (Paragraph((made,)),), ("public",), audience)  # type: ignore[arg-type]
    dossier = Dossier("t", "k", "wgad", "1", "", audience, "en", "", "R-1", fixed(""), ("TJ",), (section,))  # type: ignore[arg-type]
    redacted = redact(dossier, protected_for(records(), "k", audience, officials=()))
    return [plain(runs) for _, runs in texts(redacted.dossier)][-1]


def test_allowing_the_name_allows_no_contact_document_or_place_of_exile() -> None:
    said = copied("Daler Sadiev called from +48 500 111 222, passport A 1234567, Warsaw.", "government")
    assert said == "Daler Sadiev called from [phone number], passport [document number], Poland."


def test_the_town_of_the_case_stays_for_the_state_and_goes_from_the_public_copy() -> None:
    assert copied("We lived in Isfara.", "government") == "We lived in Isfara."
    assert copied("We lived in Isfara.", "public") == "We lived in Sughd."


@pytest.mark.parametrize("audience", ["government", "public"])
@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "Her house is at 27 Boghi Jadid street.", "Her house is at [address]."),
        ("en", "BOGHI JADID STREET 27", "[address]"),
        ("ru", "Она живёт на улице Боги Джадид, дом 27.", "Она живёт на [адрес]."),
        ("uz", "Bogʻi Jadid koʻchasi 27-uyda.", "[manzil]-uyda."),
        ("tg", "Хонааш дар кӯчаи Боғи Ҷадид.", "Хонааш дар [нишонӣ]."),
    ],
)
def test_an_address_is_found_by_its_own_words(audience: str, language: str, text: str, left: str) -> None:
    assert copied(text, audience, language) == left


def test_common_words_of_an_address_are_no_address() -> None:
    finder = Finder(
        protected_from_names(
            {
                "persons": [
                    MOTHER,
                    {"id": "x", "addresses": [{"text": "P.O. box 41, Warsaw"}, {"text": "ул. Айни, 14"}]},
                ]
            },
            officials=(),
        )
    )
    for text in (
        "Дар боғи ҷадид нишастем.",
        "Нас было 41 человек.",
        "Улица была пуста, 27 окон.",
        "Садриддин Айни — писатель.",
        "New garden street 12",
    ):
        assert [span for span in finder.find(text, "mul") if span.kind == "identifier"] == []
    for text in ("а/я 41", "P. O. Box 41", "ул. Айни", "14 Ayni street"):
        assert [span.certain for span in finder.find(text, "mul") if span.kind == "identifier"] == [True]


def test_a_field_about_who_may_be_named_shows_their_surname_though_relatives_share_it() -> None:
    for kind in ("field", "name"):
        assert copied("Sadiev", "government", kind=kind, subject="v") == "Sadiev"
    assert "Амин" not in copied("Саъдиев, брат: Амин Саъдиев", "government", "tg", kind="field", subject="v")
    bare = copied("They asked for Sadiev.", "government")
    assert (
        "Sadiev" not in bare
        and copied("They asked for Daler Sadiev.", "government") == "They asked for Daler Sadiev."
    )


def test_a_number_the_form_asks_for_stands_and_the_same_number_in_words_does_not() -> None:
    assert copied("A1234567", "government", kind="field", subject="v") == "A1234567"
    assert (
        copied("passport A1234567, lost", "government", kind="field", subject="v")
        == "passport [document number], lost"
    )


@pytest.mark.parametrize("audience", ["public", "government"])
def test_what_elements_of_a_person_say_is_about_the_person(audience: str) -> None:
    """A name or document inside a list has an id of its own and is no record: it must be blanked with its person."""
    petition = {
        "id": "t",
        "case": "k",
        "procedure": "wgad",
        "language": "en",
        "applicants": ["v"],
        "date": "2024-06-03",
        "reference": "R-1",
    }
    found = records()
    found.docs["petition"] = [petition]
    dossier = build(found, petition, language="en", audience=audience, date="2024-06-03", on=date(2024, 6, 3))  # type: ignore[arg-type]
    about = {
        run.label: run
        for _, runs in texts(dossier)
        for run in runs
        if run.kind == "field" and run.subject == "v"
    }
    assert {"name"} <= set(about)
    words = " ".join(
        plain(runs)
        for _, runs in texts(redact(dossier, protected_for(found, petition, audience, officials=())).dossier)
    )
    assert ("2019" in words, "Sadiev" in words or "Саъдиев" in words) == (
        (False, False) if audience == "public" else (True, True)
    )


# Places and dates that are made coarser -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "He went to Warsaw; Warsaw airport.", "He went to Poland; Poland airport."),
        (
            "ru",
            "Он жил в Варшаве, уехал в Варшаву, вернулся из Варшавы.",
            "Он жил в Польше, уехал в Польшу, вернулся из Польши.",
        ),
        ("uz", "Varshavada ishlagan, Varshavadan keldi.", "Polshada ishlagan, Polshadan keldi."),
        ("tg", "Ӯ дар Варшава буд.", "Ӯ дар Лаҳистон буд."),
        ("az", "Varşavada yaşayır, Varşavaya getdi.", "Polşada yaşayır, Polşaya getdi."),
    ],
)
def test_a_town_becomes_its_country_in_the_words_of_the_text(language: str, text: str, left: str) -> None:
    assert copied(text, "government", language) == left


def test_countries_take_articles_and_cases() -> None:
    none = frozenset[str]()
    assert (
        general_words("", "NL", "en", none, "in") == "the Netherlands"
        and general_words("", "NL", "en", none, "the") == "Netherlands"
    )
    assert (
        general_words("", "RU", "ru", frozenset({"gen"}), "из") == "России"
        and general_words("", "US", "ru", frozenset({"loc"}), "в") == "США"
    )
    assert (
        general_words("", "GE", "ru", none, "в") == "[Грузия]"
        and general_words("Суғд", "TJ", "en", none, "in") == "Tajikistan"
    )
    assert general_words("", "RU", "az", frozenset({"dat"}), "") == "Rusiya Federasiyasına"


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "On 24 July his face was swollen.", "In July his face was swollen."),
        ("en", "He was taken on 14 June 2023, the next day, 15 June, until 3 May 2020.", "He was taken in June 2023, the next day, [June], until May 2020."),
        ("en", "Between 3 and 9 October 2023.", "In October 2023."),
        ("ru", "Его задержали 14 июня 2023 года, решение от 20 ноября.", "Его задержали в июне 2023 года, решение от ноября."),
        ("ru", "Дата: 14.06.2023г., 14.06.23.", "Дата: [июнь 2023]г., [июнь 2023]."),
        ("az", "Məni 2023-cü il oktyabrın 9-da saxladılar, noyabrın 2-də buraxdılar.", "Məni 2023-cü il oktyabrda saxladılar, noyabrda buraxdılar."),
        ("uz", "2023-yil 14-iyun kuni uni olib ketishdi.", "2023-yil iyunda uni olib ketishdi."),
        ("tg", "Ӯро 14 июни соли 2023 бурданд. Рӯзи 24 июл омад.", "Ӯро моҳи июни соли 2023 бурданд. Моҳи июл омад."),
    ],
)  # fmt: skip
def test_a_day_becomes_its_month_and_the_sentence_stays_readable(language: str, text: str, left: str) -> None:
    assert replaced(text, sorted(general_dates(text, language))) == left


def test_places_of_the_tree_keep_their_structured_generalisation() -> None:
    value = json.dumps({"country": "TJ", "region": "Sughd", "locality": "Isfara"})
    assert (
        copied("Isfara, Sughd, Tajikistan", "public", kind="place", value=value, origin=Origin("i", "where"))
        == "Sughd, Tajikistan"
    )


def test_a_bare_shared_surname_is_taken_for_the_victim_not_for_the_relative() -> None:
    text = "My father Bakhtiyor is old. They said: well, Normatov, here you are."
    persons = [
        {
            "id": "father",
            "sex": "male",
            "names": [{"family": "Норматов", "given": "Бахтиёр"}],
            "relations": [{"person": "son"}],
        },
        {"id": "son", "sex": "male", "names": [{"family": "Норматов", "given": "Жасур"}]},
    ]
    spans = Finder(protected_from_names({"persons": persons}, officials=())).find(text, "en")
    assert [span.subject for span in spans] == ["father", "son"] and set(spans[1].candidates) == {
        "father",
        "son",
    }
