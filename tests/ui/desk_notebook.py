"""A notebook with invented people for tests of the desk's screens. Must not hold a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import i18n
from storage import ChangeSet, KdfCost, SaveRecord, Vault
from ui.bus import Bus
from ui.context import Context, Discreet, Navigator, Program, Route
from ui.jobs import JobRunner
from ui.look import Look
from ui.settings import Settings
from ui.theme import Theme
from ui.translator import Words

FLOOR = KdfCost(memory_kib=8192, iterations=1, lanes=1)
TODAY = date(2026, 6, 1)


class Desk:
    """A notebook, its job runner and a context, with questions answered synchronously."""

    def __init__(self, qtbot: QtBot, folder: Path, language: str = "en") -> None:
        self._qtbot = qtbot
        self.owner = QObject()
        self.bus = Bus(self.owner)
        self.jobs = JobRunner(self.bus, None, self.owner)
        self.errors: list[object] = []
        self.jobs.error.connect(self.errors.append)
        self.went: list[Route] = []
        self.said: list[tuple[object, str]] = []
        theme = Theme(self.owner)
        look = Look(theme, Words(i18n.catalog, language, self.owner))
        opener = partial(Vault.create, folder / "notebook", bytearray(b"a passphrase for tests"), cost=FLOOR)
        program = Program(i18n.catalog, opener, opener, self._nothing, today=self._today, now=self._now)
        self.context = Context(
            look,
            self.jobs,
            self.bus,
            Settings(self.jobs, self.owner),
            Navigator(self.owner),
            Discreet(self.owner),
            program,
            self._nothing,
        )
        self.context.navigator.requested.connect(self.went.append)
        self.context.navigator.said.connect(self._said)
        opened: list[bool] = []
        self.jobs.open(opener, opened.append, self.errors.append)
        qtbot.waitUntil(lambda: bool(opened), timeout=20_000)

    def ask(self, question: Callable[[Vault], Any]) -> Any:
        """Ask the notebook something and wait."""
        answers: list[Any] = []
        self.jobs.vault(question, answers.append, self.errors.append)
        self._qtbot.waitUntil(lambda: bool(answers or self.errors), timeout=20_000)
        assert not self.errors, self.errors
        return answers[0]

    def save(self, record_type: str, doc: dict[str, Any]) -> str:
        """Make a record; its id."""
        made: list[ChangeSet] = []
        self.jobs.write(SaveRecord(record_type, doc), made.append, self.errors.append)
        self._qtbot.waitUntil(lambda: bool(made or self.errors), timeout=20_000)
        assert not self.errors, [getattr(error, "faults", error) for error in self.errors]
        return next(record_id for kind, record_id in made[0].created if kind == record_type)

    def show(self, screen: QWidget) -> None:
        """Put a screen on the (offscreen) display."""
        self._qtbot.addWidget(screen)
        screen.resize(1302, 672)
        screen.show()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self._qtbot.waitUntil(condition, timeout=20_000)

    @staticmethod
    def _nothing(*_args: object) -> None:
        return None

    def _said(self, message: object, tone: str) -> None:
        self.said.append((message, tone))

    @staticmethod
    def _today() -> date:
        return TODAY

    @staticmethod
    def _now() -> datetime:
        return datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    assert made.jobs.shut(20.0)
    assert not made.errors


STORY = (
    "В ноябре 2016 года ко мне домой пришли трое. Спрашивали про Фарруха Латипова.\n\n"
    "Я сказал, что Фаррух уехал. Вместе с матерью пошла соседка, Умеда. Фарруху не было хуже."
)


def a_case(desk: Desk, procedure: str = "statement", story: str = STORY) -> tuple[str, str, str]:
    """A speaker, a hidden brother and a possible neighbour; a case with one interview and a petition. (case, brother, petition)"""
    speaker = desk.save(
        "person",
        {"names": [{"full": "Зафар Латипов", "language": "ru", "kind": "legal"}], "protection": "pseudonym"},
    )
    brother = desk.save(
        "person",
        {"names": [{"full": "Фаррух Латипов", "language": "ru", "kind": "legal"}], "protection": "pseudonym"},
    )
    desk.save(
        "person", {"names": [{"full": "Умед", "language": "tg", "kind": "nickname"}], "protection": "hidden"}
    )
    interview = desk.save(
        "interview",
        {
            "interviewee": speaker,
            "languages": ["ru"],
            "narratives": [{"language": "ru", "kind": "original", "text": story}],
            "read_back": {"on": "2026-05-02"},
            "review": {"state": "accepted"},
        },
    )
    grants = [
        {"purpose": purpose, "decision": "yes"} for purpose in ("keep", "un_wgad", "publish_anonymised")
    ]
    desk.save(
        "consent",
        {
            "person": speaker,
            "interview": interview,
            "given_on": "2026-05-01",
            "manner": "signed",
            "grants": grants,
        },
    )
    case = desk.save(
        "case", {"title": "Autumn", "victims": [speaker], "interviews": [interview], "country": "TJ"}
    )
    petition = desk.save(
        "petition",
        {
            "case": case,
            "procedure": procedure,
            "language": "ru" if procedure == "statement" else "en",
            "reference": "R-48213",
            "label_seed": "00" * 16,
        },
    )
    return case, brother, petition


def reviewing(desk: Desk, petition: str) -> Any:
    from ui.views.redaction_review import RedactionReview

    screen = RedactionReview(desk.context, petition)
    desk.show(screen)
    desk.until(lambda: not screen.model.state.busy)
    return screen
