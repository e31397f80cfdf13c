"""A wrong clock is said in one sentence; nothing is decided by it, and nothing waits for a future that never comes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from i18n import Catalog
from storage import Environment, KdfCost, SaveRecord, Vault
from storage.clock import AHEAD_MS, DAY_MS, MADE_MS, SLACK_MS, clock_problem

FLOOR = KdfCost(8192, 1, 1)
NOW = 1_780_000_000_000  # 28 May 2026
Y1970, Y2200 = 60_000, 7_258_118_400_000


def typed() -> bytearray:
    return bytearray("yetti soʻz".encode())


class Clock:
    """A clock that stands where a test put it, and moves a second at each look."""

    def __init__(self, at: int) -> None:
        self.at = at

    def __call__(self) -> int:
        self.at += 1000
        return self.at


def machine(at: int) -> Environment:
    return replace(Environment(), now_ms=Clock(at))


@pytest.mark.parametrize(
    ("last", "now", "said"),
    [
        (NOW, NOW, ""),
        (NOW, NOW - SLACK_MS, ""),
        (NOW, NOW - SLACK_MS - 1, "is behind: it shows 27 May 2026"),
        (NOW, NOW - 2 * DAY_MS, "is behind"),
        (NOW, Y1970, "is behind: it shows 1 January 1970"),
        (0, Y1970, "which cannot be"),
        (0, 0, "which cannot be"),
        (0, -5, "which cannot be"),
        (0, MADE_MS - SLACK_MS, ""),
        (0, NOW, ""),
        (NOW, NOW + AHEAD_MS, ""),
        (NOW, NOW + AHEAD_MS + 1, "years after"),
        (NOW, Y2200, "1 January 2200"),
        (NOW, 1 << 62, "31 December 9999"),
        (1 << 62, NOW, "31 December 9999"),
    ],
)
def test_what_is_said(last: int, now: int, said: str) -> None:
    problem = clock_problem(last, now)
    text = "" if problem is None else Catalog("en").text(problem)
    assert (said in text) if said else text == ""


@pytest.mark.parametrize("wrong", [Y1970, Y2200, NOW - 2 * DAY_MS])
def test_work_under_a_wrong_clock_is_kept_in_order_and_heals(tmp_path: Path, wrong: int) -> None:
    folder = tmp_path / "vault"
    with Vault.create(folder, typed(), cost=FLOOR, env=machine(NOW)) as vault:
        vault.write(SaveRecord("person", {"occupation": "first"}))
        assert vault.clock_problem() is None
    with Vault.open(folder, typed(), env=machine(wrong)) as vault:
        assert vault.clock_problem() is not None
        (person,) = vault.docs("person")
        vault.write(SaveRecord("person", {**person, "occupation": "second"}, person["id"]))
        revisions = vault.history(person["id"])
        assert [round(info.claimed_ms / DAY_MS) for info in revisions] == [
            round(NOW / DAY_MS),
            round(wrong / DAY_MS),
        ]
        assert (vault.clock_problem() is not None) == (
            wrong == Y1970
        )  # what was written now is the last entry
        vault.keep_backup()
    with Vault.open(folder, typed(), env=machine(NOW + DAY_MS)) as vault:
        assert (vault.clock_problem() is not None) == (wrong == Y2200)
        (person,) = vault.docs("person")
        assert person["occupation"] == "second"
        vault.write(SaveRecord("person", {**person, "occupation": "third"}, person["id"]))
        assert vault.clock_problem() is None
        assert vault.verify(deep=True).ok and vault.verify(rebuild=True).ok
        assert next(vault.docs("person"))["occupation"] == "third"
        numbers = [event.number for event in vault.what_happened()]
        assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("wrong", [Y1970, Y2200])
def test_a_drill_and_a_backup_of_a_wrong_day_are_due_again(tmp_path: Path, wrong: int) -> None:
    import os

    folder = tmp_path / "vault"
    with Vault.create(folder, typed(), cost=FLOOR, env=machine(wrong)) as vault:
        vault.ways_in.keep_code(vault.ways_in.draw_code())
        vault.keep_backup()
        (backup,) = folder.glob("*/backup/1")
        os.utime(backup, ns=(wrong * 1_000_000, wrong * 1_000_000))
        assert not vault.ways_in.drill_due
    with Vault.open(folder, typed(), env=machine(NOW)) as vault:
        assert vault.ways_in.drill_due
        vault.write(SaveRecord("person", {}))
        assert vault.backup_due
