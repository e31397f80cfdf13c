"""Replacement: labels by language and case, nothing of the name in the result, decisions, and who is hidden from whom."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.dossier.tree import Dossier, Origin, Paragraph, Run, Section, fixed, plain, texts
from exports.redaction import (
    ProtectedSet,
    RedactedDossier,
    policy,
    protected_for,
    protected_from_names,
    redact,
    redact_text,
)
from exports.redaction.labels import Labels, words

MAN = {"id": "p1", "sex": "male", "names": [{"family": "Назаров", "given": "Фаррух", "language": "ru"}]}


def protected(*persons: dict[str, Any], **more: Any) -> ProtectedSet:
    return protected_from_names({"persons": list(persons), **more}, officials=())


def letter(language: str, seed: str | None = None) -> str:
    return Labels(seed).letter("p1", language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Мы говорили с Назаровым.", "Мы говорили с лицом {x}."),
        ("ru", "Я позвонил Назарову.", "Я позвонил лицу {x}."),
        ("ru", "Фаррух ушёл. У Назарова болела рука.", "Лицо {x} ушёл. У лица {x} болела рука."),
        ("ru", "Видели Назарова.", "Видели [лицо {x}]."),
        ("uz", "Farruxning uyi Nazarovga yaqin.", "Shaxs {x}-ning uyi shaxs {x}-ga yaqin."),
        ("uz-Cyrl", "Фаррухнинг уйи Назаровдан узоқ.", "Шахс {x}-нинг уйи шахс {x}-дан узоқ."),
        ("tg", "Назаровро бурданд, Фаррух намонд.", "Шахси {x}-ро бурданд, шахси {x} намонд."),
        ("en", "Nazarov's wife met Farrukh.", "Person {x}'s wife met Person {x}."),
        ("sgh", "Назаров тар чид.", "Person {x} тар чид."),
    ],
)
def test_labels_take_the_ending_of_the_label(language: str, text: str, expected: str) -> None:
    label = {"uz": "uz_Latn", "uz-Cyrl": "uz_Cyrl", "sgh": "en"}.get(language, language)
    assert redact_text(text, language, protected(MAN)).text == expected.format(x=letter(label))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("tg", "«Назаров омад.»", "«Шахси {x} омад.»"),
        ("tg", "Ман гуфтам: «Назаров омад.»", "Ман гуфтам: «Шахси {x} омад.»"),
        ("tg", "«Омад.» «Назаров рафт.»", "«Омад.» «Шахси {x} рафт.»"),
        ("ru", "«Ушёл.» Назаров вернулся.", "«Ушёл.» Лицо {x} вернулся."),
        ("ru", "Он спросил: „Назаров дома?“", "Он спросил: „Лицо {x} дома?“"),
        ("uz", "U dedi: “Nazarov keldi.”", "U dedi: “Shaxs {x} keldi.”"),
        # No sentence begins here.
        ("ru", "«Кто?» — Назаров молчал.", "«Кто?» — лицо {x} молчал."),
        ("ru", "Газета «Назаров и другие».", "Газета «лицо {x} и другие»."),
        ("ru", "Пришли двое: Назаров и сосед.", "Пришли двое: лицо {x} и сосед."),
    ],
)
def test_a_label_that_opens_speech_has_a_capital(language: str, text: str, expected: str) -> None:
    label = {"uz": "uz_Latn"}.get(language, language)
    assert redact_text(text, language, protected(MAN)).text == expected.format(x=letter(label))


def test_azerbaijani_endings_follow_the_spoken_name_of_the_letter() -> None:
    person = {"id": "p1", "names": [{"family": "Qurbanov", "given": "Cavid", "language": "az"}]}
    letters = words("az")["letters"].split()
    for seed in map(str, range(60)):
        x = letter("az", seed)
        text = redact_text("Qurbanovun evi.", "az", protected(person), seed=seed).text
        ending = "-nın" if x == "A" else "-in" if x in "LMNRS" else "-nin"
        assert x in letters and text == f"Şəxs {x}{ending} evi."


def test_the_same_letter_in_every_script_and_another_order_for_another_seed() -> None:
    for seed in ("a", "b", "c"):
        places = {
            words(lang)["letters"].split().index(letter(lang, seed))
            for lang in ("en", "ru", "uz_Latn", "uz_Cyrl", "tg", "az", "fr")
        }
        assert len(places) == 1
    assert len({letter("en", str(seed)) for seed in range(40)}) > 5


@pytest.mark.parametrize("language", ["en", "ru", "uz_Latn", "uz_Cyrl", "tg", "az", "fr", "es"])
def test_every_label_table_is_whole(language: str) -> None:
    table = words(language)
    assert len(set(table["letters"].split())) == 18
    for key in ("person", "relative", "token", "relative_token", "field_token", "blank", "place", "types"):
        assert table[key]
    assert set(table["types"]) == {
        "phone",
        "email",
        "document",
        "address",
        "account",
        "case_number",
        "code",
        "other",
    }


# Non-interference --------------------------------------------------------------------------------------------------

TEMPLATES = {
    "ru": "{g} {f} вышел. {f0}у звонили, с {f0}ым говорили. Следователь видел {f0}а, у {f0}а искали. О {f0}е молчат.",
    "uz": "{g} {f} chiqdi. {f}ga qoʻngʻiroq qilishdi, {f}ning uyi, {f}dan xat, {g}ni koʻrishdi.",
    "tg": "{g} {f} рафт. {f}ро бурданд. Аз {f} нома омад.",
    "en": "{g} {f} left. {f}'s wife saw {g}.",
}
MEN = [
    ("Фаррух", "Назаров"),
    ("Бахром", "Абдурахмонов"),
    ("Шерзод", "Холов"),
    ("Зубайдулло", "Мирсаидов"),
    ("Rustam", "Egamberdiyev"),
    ("Cavid", "Əsgərov"),
]


@pytest.mark.parametrize("language", sorted(TEMPLATES))
def test_names_of_one_class_leave_the_same_text(language: str) -> None:
    made = set()
    for given_name, family in MEN[:4] if language in ("ru", "tg") else MEN:
        person = {"id": "p1", "sex": "male", "names": [{"family": family, "given": given_name}]}
        text = TEMPLATES[language].format(g=given_name, f=family, f0=family)
        made.add(redact_text(text, language, protected(person), possible="hide").text)
    assert len(made) == 1, made


_LETTERS = st.text("абвгдзклмнорстухш", min_size=3, max_size=9)


@settings(deadline=None, max_examples=60)
@given(_LETTERS, _LETTERS)
def test_no_replacement_depends_on_the_name(first: str, second: str) -> None:
    """Neutral labels, across declension classes and lengths."""
    made = []
    for root in (first, second):
        name = "Ж" + root + "ович"[:0] + "хан"
        person = {"id": "p1", "names": [{"given": name}]}
        dossier = _dossier(Run(f"Утром {name} вышел, и {name} не вернулся.", "text", "ru"), "public")
        redacted = redact(dossier, protected(person), neutral=True)
        made.append("".join(plain(runs) for _, runs in texts(redacted.dossier)))
    assert made[0] == made[1]


# Dossiers and decisions ----------------------------------------------------------------------------------------------


def _dossier(run: Run, audience: str, *more: Run) -> Dossier:
    section = Section(
        "facts",
        fixed("Facts"),
        (Paragraph((run,)), *(Paragraph((other,)) for other in more)),
        ("public",),
        audience,
    )  # type: ignore[arg-type]
    return Dossier(
        "t1", "k1", "wgad", "1", "", audience, "en", "", "R-1", fixed("Petition"), ("TJ",), (section,)
    )  # type: ignore[arg-type]


def _words(redacted: RedactedDossier) -> list[str]:
    return [plain(runs) for _, runs in texts(redacted.dossier)][1:]


TEXT = "Умед пришёл. Мы ждали. Потом Назаров ушёл, и Умед заплакал."
BOTH = protected(MAN, {"id": "p2", "names": [{"given": "Умед"}]})
ORIGIN = Origin("i1", "narratives/n1/text")


def decision(quote: str, before: str, action: str, **more: Any) -> dict[str, Any]:
    return {
        "record": "i1",
        "path": "narratives/n1/text",
        "quote": quote,
        "before": before,
        "after": "",
        "action": action,
        **more,
    }


def test_possible_mentions_are_hidden_and_listed() -> None:
    text = "Гулнора Каримова пришла. Каримов пришёл."
    woman = protected({"id": "p", "sex": "female", "names": [{"family": "Каримова", "given": "Гулнора"}]})
    redacted = redact(_dossier(Run(text, "text", "ru", origin=ORIGIN), "public"), woman)
    assert "Карим" not in _words(redacted)[0]
    assert [(m.quote, m.subject, m.hidden) for m in redacted.report.open] == [("Каримов", "p", True)]


def test_decisions_hold_after_the_text_was_edited_and_lost_ones_return() -> None:
    run = Run("Новое начало. " + TEXT, "text", "ru", origin=ORIGIN)
    kept = decision("Умед", " Назаров ушёл, и ", "not_this")
    lost = decision("Рустам", "когда-то ", "keep")
    redacted = redact(_dossier(run, "public"), BOTH, decisions=[kept, lost])
    text = _words(redacted)[0]
    assert text.count("Умед") == 1 and "и Умед заплакал" in text and "Назаров" not in text
    assert redacted.report.lost == (lost,)
    assert [c.quote for c in redacted.report.cleared] == ["Умед"]


def test_a_free_mark_hides_what_nobody_found() -> None:
    run = Run("Соседка варила плов.", "text", "ru", origin=ORIGIN)
    redacted = redact(_dossier(run, "public"), BOTH, decisions=[decision("варила плов", "Соседка ", "hide")])
    assert _words(redacted) == ["Соседка [не указано]."]


def test_fields_places_dates_and_numbers_of_a_public_copy() -> None:
    place = json.dumps({"country": "TJ", "region": "Sughd", "locality": "Isfara"})
    redacted = redact(
        _dossier(
            Run("Назаров Фаррух", "name", "en", subject="p1"),
            "public",
            Run("20 January 2015", "date", "en", value="2015-01-20"),
            Run("Isfara, Sughd, Tajikistan", "place", "en", value=place),
            Run("+992 93 712 34 56", "identifier", "en", label="phone"),
            Run("teacher", "field", "en", subject="p1"),
            Run("Он родился 3 мая 1984 года.", "text", "ru"),
        ),
        BOTH,
    )
    name, date, where, phone, field, born = _words(redacted)
    assert name == f"[PERSON {letter('en')}]" and date == "January 2015" and where == "Sughd, Tajikistan"
    assert (phone, field) == ("[phone number]", "[withheld]") and "3 мая" not in born and "1984" in born


def test_a_filing_part_for_the_secretariat_keeps_names() -> None:
    assert _words(redact(_dossier(Run(TEXT, "text", "ru"), "filing"), BOTH)) == [TEXT]


def test_only_redact_makes_a_redacted_dossier_and_it_travels() -> None:
    redacted = redact(_dossier(Run(TEXT, "text", "ru"), "public"), BOTH)
    with pytest.raises(TypeError):
        RedactedDossier(object(), redacted.dossier, redacted.report)
    with pytest.raises(AttributeError):
        redacted.dossier = redacted.dossier  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(redacted)).dossier == redacted.dossier


def test_policies_know_their_actions() -> None:
    assert policy("public").action("place") == "generalise" and policy("filing").action("pseudonym") == "keep"
    assert policy("public").action("something new") == "blank"
    with pytest.raises(KeyError):
        policy("nobody")


# Who is hidden ---------------------------------------------------------------------------------------------------------


class Records:
    def __init__(self, **docs: list[dict[str, Any]]) -> None:
        self.docs = docs

    def of(self, type: str) -> list[dict[str, Any]]:
        return self.docs.get(type, [])

    def get(self, id: str) -> dict[str, Any] | None:
        return next((doc for docs in self.docs.values() for doc in docs if doc["id"] == id), None)

    def type_of(self, id: str) -> str | None:
        return next((type for type, docs in self.docs.items() if any(doc["id"] == id for doc in docs)), None)


def grant(person: str, purpose: str, decision: str = "yes", recipient: str | None = None) -> dict[str, Any]:
    one = {"purpose": purpose, "decision": decision, **({"recipient": recipient} if recipient else {})}
    return {
        "id": f"c-{person}-{purpose}-{recipient}",
        "person": person,
        "given_by": person,
        "given_on": "2026-01-01",
        "grants": [one],
    }


def records(**changes: Any) -> Records:
    persons = [
        {
            "id": "victim",
            "names": [{"full": "Назаров Фаррух"}],
            "relations": [{"person": "mother", "kind": "mother"}],
            "code": "P-1",
        },
        {"id": "mother", "names": [{"full": "Назарова Гулнора"}]},
        {"id": "child", "names": [{"full": "Назарова Лола"}], "minor": True, "protection": None},
        {"id": "minister", "names": [{"full": "Большой Чин"}], "public_figure": True},
        {"id": "guard", "names": [{"full": "Тюремщик Злой"}], "protection": "none"},
        {"id": "stranger", "names": [{"full": "Далер Ёров"}]},
    ]
    case = {"id": "k", "victims": ["victim"], "country": "TJ", "respondents": ["TJ"]}
    return Records(person=persons, case=[case], consent=changes.get("consents", []))


def hidden(found: ProtectedSet) -> dict[str, str]:
    return {person.id: person.treatment for person in found.persons}


def test_public_copies_hide_everybody_but_public_figures() -> None:
    assert hidden(protected_for(records(), "k", "public")) == {
        "victim": "pseudonym", "mother": "hidden", "child": "hidden", "stranger": "pseudonym",
    }  # fmt: skip


def test_a_victim_without_protection_needs_the_word_of_consent() -> None:
    shown = records(consents=[grant("victim", "name_in_public")])
    shown.docs["person"][0]["protection"] = "none"
    assert "victim" not in hidden(protected_for(shown, "k", "public"))
    shown.docs["consent"] = []
    assert "victim" in hidden(protected_for(shown, "k", "public"))


def test_a_state_sees_only_whom_consent_for_that_state_names() -> None:
    yes = records(
        consents=[
            grant("victim", "name_to_government", recipient="TJ"),
            grant("mother", "name_to_government", recipient="PL"),
        ]
    )
    assert "victim" not in hidden(protected_for(yes, "k", "government"))
    assert {"mother", "child", "stranger"} <= set(hidden(protected_for(yes, "k", "government")))
    assert "victim" in hidden(protected_for(yes, "k", "government", "UZ"))
    assert {"minister", "guard"}.isdisjoint(hidden(protected_for(yes, "k", "government")))


def test_codes_are_never_for_paper() -> None:
    for audience in ("public", "government", "filing", "interviewee"):
        assert "P-1" in {one.value for one in protected_for(records(), "k", audience).identifiers}
