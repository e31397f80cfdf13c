"""The finder: offsets of the original text, who is let through, identifiers, doubt; and its figures on the labelled texts."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.redaction import Finder, Span, protected_from_names, suggest
from storage.errors import InvalidInput

NAMES: dict[str, Any] = {
    "persons": [
        {
            "id": "p1",
            "sex": "male",
            "names": [{"full": "Назаров Фаррух", "family": "Назаров", "given": "Фаррух", "language": "ru"}],
            "contacts": [
                {"channel": "signal", "value": "+992 93 712 34 56"},
                {"channel": "email", "value": "F.N@mail.tj"},
            ],
            "identity_documents": [{"number": "А 4561237"}],
            "addresses": [{"text": "улица Рудаки, дом 15, кв. 7"}],
        },
        {"id": "p2", "names": [{"full": "Umid Qodirov", "language": "uz"}]},
        {"id": "p3", "names": [{"full": "Rustam Karimov", "language": "en"}]},
        {"id": "p4", "protection": "none", "names": [{"full": "Самад Ҳалимов", "language": "tg"}]},
    ],
    "places": ["Исфара"],
    "identifiers": ["2-1147/2016"],
    "keep": ["Umid jamgʻarmasi"],
}


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(protected_from_names(NAMES, officials=["Islam Karimov"]))


def certain(spans: list[Span]) -> list[tuple[str, str]]:
    return [(span.form, span.subject) for span in spans if span.certain]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "Назаровым",
                "Фаррух",
                "\n",
                "  ",
                "😀",
                "\u200b",
                "É",
                "и̅",
                "umid",
                "Ҳалимов",
                "Наза-\nров",
                "F.N@mail.tj",
                "…",
                "\u202e",
                "12",
                "А4561237",
            ]
        )
        | st.text(max_size=6),
        max_size=30,
    ),
    st.sampled_from(["ru", "uz", "uz-Cyrl", "tg", "az", "en", "mul", "sgh"]),
)
def test_spans_are_sorted_half_open_and_of_the_original_text(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    spans = _shared().find(text, language)
    done = 0
    for span in spans:
        assert done <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.form
        done = span.end


_FINDER: list[Finder] = []


def _shared() -> Finder:
    if not _FINDER:
        _FINDER.append(Finder(protected_from_names(NAMES)))
    return _FINDER[0]


def test_no_protection_gives_no_span(finder: Finder) -> None:
    assert finder.find("Самад Ҳалимов омад. Ҳалимовро дидам.", "tg") == []


def test_a_surname_shared_with_a_shown_person_is_only_possible() -> None:
    names = {
        "persons": [
            NAMES["persons"][0],
            {
                "id": "x",
                "protection": "none",
                "names": [{"full": "Мансур Назаров", "family": "Назаров", "given": "Мансур"}],
            },
        ]
    }
    spans = Finder(protected_from_names(names)).find(
        "Вчера Назаров пришёл, а Фаррух Назаров ушёл. Мансур Назаров спал.", "ru"
    )
    assert [(s.form, s.certain) for s in spans] == [("Назаров", False), ("Фаррух Назаров", True)]


def test_office_holders_pass_with_office_or_full_name_only(finder: Finder) -> None:
    text = "President Karimov spoke. Islam Karimov signed. But Karimov, the baker, was beaten. Rustam Karimov fled."
    assert certain(finder.find(text, "en")) == [("Karimov", "p3"), ("Rustam Karimov", "p3")]


def test_kept_phrases_pass_in_every_case(finder: Finder) -> None:
    assert finder.find("Umid jamgʻarmasining puli. Umid jamg'armasi.", "uz") == []


@pytest.mark.parametrize(
    "written",
    ["+992937123456", "8 (93) 712-34-56", "00992 93 712 34 56", "93.712.34.56", "+992-93-712-34-56"],
)
def test_phones_with_any_separators(finder: Finder, written: str) -> None:
    spans = finder.find(f"Звонили с {written} вчера.", "ru")
    assert [(s.form, s.kind) for s in spans] == [(written, "identifier")]


@pytest.mark.parametrize(
    "written",
    ["f.n@mail.tj", "А4561237", "A 4561237", "А-4561237", "2-1147/2016", "Рудаки 15, кв 7", "Рудаки, д. 15"],
)
def test_other_identifiers(finder: Finder, written: str) -> None:
    spans = [s for s in finder.find(f"Там было {written}; и всё.", "ru") if s.kind == "identifier"]
    assert len(spans) == 1 and spans[0].form == written


def test_longer_numbers_are_other_numbers(finder: Finder) -> None:
    assert finder.find("Счёт 45612370, дело 12-1147/20161, тел. +992937123457.", "ru") == []


def test_places_in_all_cases(finder: Finder) -> None:
    spans = finder.find("Из Исфары в Исфару, потом Isfara; Исфаринский рынок.", "ru")
    assert [(s.form, s.kind, s.certain) for s in spans[:3]] == [
        ("Исфары", "place", True),
        ("Исфару", "place", True),
        ("Isfara", "place", True),
    ]


def test_streets_named_after_people_are_doubtful(finder: Finder) -> None:
    for language, text in (
        ("ru", "Он жил на улице Назарова."),
        ("tg", "Дар кӯчаи Назаров зиндагӣ мекард."),
        ("uz", "Nazarov koʻchasida turadi."),
    ):
        spans = finder.find(text, language)
        assert spans and not any(s.certain for s in spans), text


def test_bad_names_file_lists_every_fault() -> None:
    with pytest.raises(InvalidInput) as raised:
        protected_from_names({"persons": [{"names": "x"}, 3], "places": [1], "who": []})
    assert [fault.path for fault in raised.value.faults] == [
        "who",
        "persons[0].names",
        "persons[1]",
        "places[0]",
    ]


def test_suggestions_leave_found_spans_alone(finder: Finder) -> None:
    text = "Вчера Сергей Иванов, учитель, 12.03.1980 г.р., тел. +7 912 345-67-89, видел Назарова."
    hints = suggest(text, "ru", finder.find(text, "ru"))
    assert {(h.kind, h.form) for h in hints} >= {
        ("name", "Сергей Иванов"),
        ("phone", "+7 912 345-67-89"),
        ("birth_date", "12.03.1980"),
    }
    assert all(h.form != "Назарова" for h in hints)


def _bench(root: Path) -> ModuleType:
    path = root / "tests" / "bench" / "redaction" / "run.py"
    spec = importlib.util.spec_from_file_location("redaction_bench", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["redaction_bench"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("set_name", "recall", "precision"), [("first", 0.995, 0.99), ("second", 0.99, 0.99)]
)
def test_floors_on_the_labelled_texts(root: Path, set_name: str, recall: float, precision: float) -> None:
    bench = _bench(root)
    result = bench.measure(set_name)
    score = bench.total(result)
    report = bench.report(set_name, result)
    assert score.recall >= recall, report
    assert score.precision >= precision, report
    for phenomenon in ("infl", "full", "part", "init", "break", "caps", "homo", "zw", "handle", "id"):
        assert result.phenomena[phenomenon].recall == 1.0, report


def test_every_language_has_enough_texts(root: Path) -> None:
    bench = _bench(root)
    counts = {name: len(data["texts"]) for name, data in bench.load("first")}
    assert set(counts) == {"ru", "uz", "uz-Cyrl", "tg", "az", "en"} and min(counts.values()) >= 25
