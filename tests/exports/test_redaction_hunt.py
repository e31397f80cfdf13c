"""Attacks on the finder in texts written as people write: every form here was once a question."""

from __future__ import annotations

from typing import Any

import pytest

from exports.redaction import Finder, protected_from_names, suggest

PEOPLE: dict[str, list[dict[str, Any]]] = {
    "ru": [
        {"id": "kam", "sex": "female", "names": [{"family": "Джаборова", "given": "Камила", "patronymic": "Рустамовна"}, {"full": "Камушка", "kind": "nickname"}]},
        {"id": "shu", "sex": "male", "names": [{"family": "Щукинов", "given": "Юсуф", "patronymic": "Яҳёевич"}]},
        {"id": "nor", "sex": "male", "names": [{"family": "Норматкулов", "given": "Жасур", "patronymic": "Бахтиёрович"}]},
    ],
    "uz": [
        {"id": "nor", "sex": "male", "names": [{"family": "Normatqulov", "given": "Jasur", "patronymic": "Baxtiyorovich"}]},
        {"id": "abd", "sex": "male", "names": [{"full": "Sherzod Abdugʻafforov"}]},
        {"id": "gul", "sex": "female", "names": [{"family": "Yoʻldosheva", "given": "Gulchehra", "patronymic": "Karim qizi"}]},
    ],
    "tg": [
        {"id": "fir", "sex": "female", "names": [{"family": "Ҷаборзода", "given": "Фирӯза"}, {"family": "Джаборова", "given": "Фируза"}]},
        {"id": "dal", "sex": "male", "names": [{"family": "Ҷаборов", "given": "Далер"}]},
        {"id": "qal", "sex": "male", "names": [{"family": "Қаландарӣ", "given": "Тавфиқ"}]},
    ],
    "az": [
        {"id": "elc", "sex": "male", "names": [{"family": "Qədirzadə", "given": "Elçin", "patronymic": "Rəşid oğlu"}]},
        {"id": "seb", "sex": "female", "names": [{"family": "Muradxanlı", "given": "Səbinə"}]},
        {"id": "azd", "sex": "male", "names": [{"family": "Məmmədov", "given": "Azad"}]},
    ],
    "en": [
        {"id": "kam", "sex": "female", "names": [{"family": "Джаборова", "given": "Камила", "patronymic": "Рустамовна"}]},
        {"id": "nor", "sex": "male", "names": [{"family": "Normatqulov", "given": "Jasur"}]},
    ],
}  # fmt: skip


def spans(language: str, text: str) -> list[tuple[str, bool]]:
    finder = Finder(protected_from_names({"persons": PEOPLE[language]}, officials=()))
    return [(span.form, span.certain) for span in finder.find(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "forms"),
    [
        ("ru", "К а м и л а плакала.", ["К а м и л а"]),
        ("ru", "К. Джаборова и Джаборова К.Р.", ["К. Джаборова", "Джаборова К.Р."]),
        ("ru", "гражданку ДЖАБОРОВУ КАМИЛУ РУСТАМОВНУ допросили", ["ДЖАБОРОВУ КАМИЛУ РУСТАМОВНУ"]),
        ("ru", "Ка\u00adмила и Ка-\nмила; Ка\u200dмила, Кaмилa", ["Ка\u00adмила", "Ка-\nмила", "Ка\u200dмила", "Кaмилa"]),
        ("ru", "«Камила»², (Джаборова), #КамилаДжаборова, сказалаКамила", ["Камила", "Джаборова", "КамилаДжаборова", "сказалаКамила"]),
        ("ru", "Шукинов Юсуф; Щюкинова; Джаброва; Джабоорва", ["Шукинов Юсуф", "Щюкинова", "Джаброва", "Джабоорва"]),
        ("ru", "Камушке сказали, Камилахон пришла, Норматкуловых выселили", ["Камушке", "Камилахон", "Норматкуловых"]),
        ("ru", "kamila.jaborova@mail.ru, @kamila_jaborova", ["kamila.jaborova@mail.ru", "@kamila_jaborova"]),
        ("uz", "Normatqulovlarnikida; NORMATQULOVNI; Jasurbekka", ["Normatqulovlarnikida", "NORMATQULOVNI", "Jasurbekka"]),
        ("uz", "Abdug'afforov, Abdug`afforovga, Абдугафаров", ["Abdug'afforov", "Abdug`afforovga", "Абдугафаров"]),
        ("uz", "Yo'ldosheva Gulchehra Karim qizi; Yuldasheva; Gulchexra", ["Yo'ldosheva Gulchehra Karim qizi", "Yuldasheva", "Gulchexra"]),
        ("tg", "Ҷаборзодаҳо, Ҷаборзодаи Фирӯза, Firuza Jaborzoda", ["Ҷаборзодаҳо", "Ҷаборзодаи Фирӯза", "Firuza Jaborzoda"]),
        ("tg", "Далерам, Далерҷонро, Тавфики Қаландарӣ", ["Далерам", "Далерҷонро", "Тавфики Қаландарӣ"]),
        ("az", "Qədirzadəgil; Gadirzade; Elçin Rəşid oğluna; ELÇİNİN", ["Qədirzadəgil", "Gadirzade", "Elçin Rəşid oğluna", "ELÇİNİN"]),
        ("az", "Azad Məmmədova, Sabina Muradkhanli, Мурадханлы", ["Azad Məmmədova", "Sabina Muradkhanli", "Мурадханлы"]),
        ("en", "Dzhaborova's, Normatku-\nlov, Normatkulov1, Narmatkulov", ["Dzhaborova", "Normatku-\nlov", "Normatkulov", "Narmatkulov"]),
        ("en", "@jasur_normatqulov; t.me/normatqulov_j; #FreeJasurNormatqulov", ["@jasur_normatqulov", "normatqulov_j", "FreeJasurNormatqulov"]),
    ],
)  # fmt: skip
def test_beyond_doubt_however_it_is_written(language: str, text: str, forms: list[str]) -> None:
    found = spans(language, text)
    assert [form for form, certain in found if certain] == forms


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Щука плыла. Камин горел. Рустам Эмомали. Камиль Закиров пришёл. JavaScript и YouTube."),
        ("uz", "Normat keldi. Sherali. Yo'ldosh Karimov. Abdulla Qodiriy. Toshkent."),
        ("tg", "Бо тавфиқи Худо. Ҷабр карданд. Ҷаббор омад."),
        ("az", "Azadlıq radiosu. AZADLIQ. Elçilik. Murad xan; Sabir; Qədir gecəsi."),
        ("en", "Gregory Peck, Hasan, Norman, the Normans, iPhone."),
    ],
)
def test_other_words_are_never_beyond_doubt(language: str, text: str) -> None:
    assert [form for form, certain in spans(language, text) if certain] == []


def test_freedom_is_nobody() -> None:
    assert spans("az", "Azadlıq radiosu. AZADLIQ.") == []


@pytest.mark.parametrize(
    ("registered", "written", "language"),
    [("Məmmədli", "Məmbmədli", "az"), ("Муҳиддин", "Муҳидчдин", "tg"), ("Ғаффорова", "Ғафнфорова", "tg"), ("Toshpoʻlatov", "Tobhpoʻlatov", "uz"), ("Gulchehra", "Guclhehra", "uz"), ("Tavakkal", "Taakkal", "uz"), ("Farrukh", "Farrurkh", "en")],
)  # fmt: skip
def test_a_slip_beside_a_double_letter_or_in_a_pair_is_found(
    registered: str, written: str, language: str
) -> None:
    finder = Finder(
        protected_from_names({"persons": [{"id": "p", "names": [{"full": registered}]}]}, officials=())
    )
    assert [span.form for span in finder.find(f"… sonra {written} …", language)] == [written]


def test_what_nobody_registered_is_suggested() -> None:
    text = "I am an accountant. A car 00-XX-017 followed me to the Sariosiyo quarter, near school No. 14; I sign daler_isfara, call 918 12 34 56."
    kinds = {hint.form: hint.kind for hint in suggest(text, "en")}
    assert (
        kinds["00-XX-017"] == "document"
        and kinds["school No. 14"] == "school"
        and kinds["daler_isfara"] == "account"
    )
    assert (
        kinds["918 12 34 56"] == "phone"
        and kinds["accountant"] == "occupation"
        and kinds["Sariosiyo"] == "name"
    )


def test_remembered_words_can_be_forgotten() -> None:
    finder = Finder(protected_from_names({"persons": PEOPLE["ru"]}, officials=()))
    before = finder.find("Камила и Ка-\nмила", "ru")
    finder.forget()
    assert finder.find("Камила и Ка-\nмила", "ru") == before


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tg", "Баҳори соли 2023 бори аввал омаданд."),
        ("uz", "Bahorda yana kelishdi."),
        ("tg", "Дар баҳори соли гузашта рафтем. Баҳори имсол баргаштем."),
    ],
)
def test_a_common_word_one_letter_off_a_name_is_nobody(language: str, text: str) -> None:
    finder = Finder(
        protected_from_names(
            {"persons": [{"id": "p", "names": [{"full": "Baxtiyor Normatqulov"}]}]}, officials=()
        )
    )
    assert finder.find(text, language) == []


@pytest.mark.parametrize("name", ["Камила", "Jamila", "Cəmilə", "Фамил", "Famil"])
def test_family_in_an_english_paper_is_nobody(name: str) -> None:
    finder = Finder(
        protected_from_names({"persons": [{"id": "p", "names": [{"given": name}]}]}, officials=())
    )
    for text in (
        "Family",
        "FAMILY",
        "Family: two children.",
        "He left. Family members came.",
        "The Family Code and families.",
    ):
        assert finder.find(text, "en") == []
    assert [span.form for span in finder.find(f"We saw {name} there.", "en")] == [name]
    assert [span.form for span in finder.find("We saw Kamilla there.", "en")] == (
        ["Kamilla"] if name == "Камила" else []
    )


def test_a_verb_that_looks_like_a_place_is_none() -> None:
    finder = Finder(protected_from_names({"places": ["Isfara", "Исфара"]}, officials=()))
    assert finder.find("İstəyirəm ki, dediklərim istifadə olunsun.", "az") == []
    assert [span.form for span in finder.find("Isfaradan getdik, İsfaraya qayıtdıq.", "az")] == [
        "Isfaradan",
        "İsfaraya",
    ]
