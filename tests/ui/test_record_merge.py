"""What an editor changed is carried into the record as it is now; what others changed meanwhile stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.desk_notebook import Desk, desk
from ui.viewmodels.record_merge import merged

__all__ = ["desk"]

BASE: dict[str, Any] = {
    "a": 1,
    "kept": "x",
    "group": {"one": 1, "two": 2},
    "rows": [{"id": "r", "t": "old"}, {"id": "s", "t": "s"}],
    "set": ["p", "q"],
}


@pytest.mark.parametrize(
    ("mine", "now", "wanted"),
    [
        ({**BASE, "a": 2}, {**BASE, "kept": "y"}, {**BASE, "a": 2, "kept": "y"}),
        (
            {k: v for k, v in BASE.items() if k != "a"},
            {**BASE, "kept": "y"},
            {**{k: v for k, v in BASE.items() if k != "a"}, "kept": "y"},
        ),
        (
            {**BASE, "group": {"one": 9, "two": 2}},
            {**BASE, "group": {"one": 1, "two": 3}},
            {**BASE, "group": {"one": 9, "two": 3}},
        ),
        (
            {**BASE, "group": {"blank": "declined"}},
            {**BASE, "group": {"one": 1, "two": 3}},
            {**BASE, "group": {"blank": "declined"}},
        ),
        ({**BASE, "set": ["q", "r"]}, {**BASE, "set": ["p", "q", "z"]}, {**BASE, "set": ["q", "z", "r"]}),
        (
            {**BASE, "rows": [{"id": "r", "t": "mine"}, {"id": "n", "t": "new"}]},
            {
                **BASE,
                "rows": [
                    {"id": "r", "t": "old", "u": "theirs"},
                    {"id": "s", "t": "s"},
                    {"id": "x", "t": "x"},
                ],
            },
            {
                **BASE,
                "rows": [
                    {"id": "r", "t": "mine", "u": "theirs"},
                    {"id": "x", "t": "x"},
                    {"id": "n", "t": "new"},
                ],
            },
        ),
    ],
)
def test_only_what_was_changed_here_is_carried_over(
    mine: dict[str, Any], now: dict[str, Any], wanted: dict[str, Any]
) -> None:
    assert merged(BASE, mine, now) == wanted


def test_nothing_changed_gives_the_record_as_it_is() -> None:
    assert merged(BASE, dict(BASE), {"a": 5}) == {"a": 5}


def test_an_element_somebody_else_took_out_stays_out_unless_it_was_changed_here() -> None:
    now = {**BASE, "rows": [{"id": "s", "t": "s"}]}
    assert merged(BASE, {**BASE, "rows": [*BASE["rows"], {"id": "n"}]}, now)["rows"] == [
        {"id": "s", "t": "s"},
        {"id": "n"},
    ]
    changed = [{"id": "r", "t": "mine"}, {"id": "s", "t": "s"}]
    assert merged(BASE, {**BASE, "rows": changed}, now)["rows"] == [
        {"id": "s", "t": "s"},
        {"id": "r", "t": "mine"},
    ]


def test_two_editors_of_one_person_lose_nothing(desk: Desk) -> None:
    from storage import SaveRecord
    from ui.viewmodels.person_answers import Answer
    from ui.viewmodels.person_record import RecordEditor

    person = desk.save("person", {"sex": "female"})
    editor = RecordEditor(desk.context, "person", lambda _id, _vault: {}, desk.owner)
    editor.load(person)
    desk.until(lambda: editor.state.loaded)
    desk.ask(
        lambda vault: vault.write(
            SaveRecord("person", {"sex": "female", "religion": "told elsewhere"}, person)
        )
    )
    editor.answer("occupation", "text", Answer("teacher", None))
    desk.until(lambda: not editor._writing and desk.jobs.is_idle)
    stored = desk.ask(lambda vault: vault.get(person))
    assert (stored["sex"], stored.get("religion"), stored.get("occupation")) == (
        "female",
        "told elsewhere",
        "teacher",
    )
