"""The desk's screens on a real notebook: what is typed is stored, found, reviewed and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
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
Ask = Callable[[Callable[[Vault], Any]], Any]


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
        program = Program(
            i18n.catalog, opener, opener, self._nothing, today=self._today, now=self._now
        )  # type: ignore[arg-type]
        self.context = Context(
            look, self.jobs, self.bus, Settings(self.jobs, self.owner), Navigator(self.owner), Discreet(self.owner), program, self._nothing
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


def type_into(widget: QWidget, text: str) -> None:
    """Type as a person does, then leave the field with Tab."""
    widget.setFocus()
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Tab)


def test_a_person_typed_into_the_page_is_stored_with_a_script(desk: Desk) -> None:
    from ui.views.person import PersonScreen

    screen = PersonScreen(desk.context, "")
    desk.show(screen)
    screen.names.list.begin()
    form = screen.names.list._forms[screen.names.list._begun]
    editor = form.editor("full")
    editor.field.setPlainText("Ҷумъазода Фаррух")  # type: ignore[attr-defined]
    editor.field.left.emit()  # type: ignore[attr-defined]
    desk.until(lambda: bool(screen.model.state.code))
    stored = desk.ask(lambda vault: next(vault.docs("person")))
    assert [(name["full"], name["script"]) for name in stored["names"]] == [("Ҷумъазода Фаррух", "Cyrl")]
    desk.until(lambda: screen.heading().code == stored["code"])
    assert screen.model.proposals()
    screen.names.take.click()
    desk.until(lambda: not screen.model.proposals())
    desk.until(lambda: len(desk.ask(lambda vault: next(vault.docs("person")))["names"]) > 2)
    names = desk.ask(lambda vault: next(vault.docs("person")))["names"]
    assert all(name.get("generated") is True for name in names[1:])


def test_protection_and_a_blank_are_stored_as_answers(desk: Desk) -> None:
    from ui.views.person import PersonScreen

    person = desk.save("person", {"names": [{"full": "Саодат Каримова", "language": "ru", "kind": "legal"}]})
    screen = PersonScreen(desk.context, person)
    desk.show(screen)
    desk.until(lambda: screen.model.state.loaded)
    screen.side.options.chosen.emit("hidden")
    desk.until(lambda: desk.ask(lambda vault: vault.get(person)).get("protection") == "hidden")
    screen._fields.fields["religion"].say_blank("withheld")
    screen._fields.fields["sex"].say_blank("declined")
    desk.until(lambda: desk.ask(lambda vault: vault.get(person)).get("sex") == "declined")
    assert desk.ask(lambda vault: vault.get(person))["religion"] == {"blank": "withheld"}


def test_an_incident_is_told_in_words_and_understood(desk: Desk) -> None:
    from ui.views.incident import IncidentScreen

    person = desk.save("person", {"names": [{"full": "Рустам Саидов"}]})
    screen = IncidentScreen(desk.context, "")
    desk.show(screen)
    desk.until(lambda: screen.model.state.loaded)
    screen.kind.open()
    screen.kind.search.setPlainText("incommunicado")
    screen.kind.search.submitted.emit()
    desk.until(lambda: bool(screen.model.state.id))
    assert screen.model.state.doc["kind"] == "detention.incommunicado"
    screen.when.field.setPlainText("дар аввали соли 2016")
    screen.when.field.left.emit()
    screen.victims.added.emit(person)
    screen._details.fields["warrant_shown"].say_blank("unknown")
    wanted = {"when": "[2016-01..2016-04]", "when_words": "дар аввали соли 2016", "victims": [person]}
    desk.until(lambda: screen.model.state.loaded and not screen.model._writing)
    stored = desk.ask(lambda vault: vault.get(screen.model.state.id))
    assert {name: stored[name] for name in wanted} == wanted
    assert stored["details"] == {"detention": {"warrant_shown": "unknown"}}


STORY = (
    "В ноябре 2016 года ко мне домой пришли трое. Спрашивали про Фарруха Латипова.\n\n"
    "Я сказал, что Фаррух уехал. Вместе с матерью пошла соседка, Умеда. Фарруху не было хуже."
)


def _a_case(desk: Desk, procedure: str = "statement", story: str = STORY) -> tuple[str, str, str]:
    """A speaker, a hidden brother and a possible neighbour; a case with one interview and a petition. (case, brother, petition)"""
    speaker = desk.save("person", {"names": [{"full": "Зафар Латипов", "language": "ru", "kind": "legal"}], "protection": "pseudonym"})
    brother = desk.save("person", {"names": [{"full": "Фаррух Латипов", "language": "ru", "kind": "legal"}], "protection": "pseudonym"})
    desk.save("person", {"names": [{"full": "Умед", "language": "tg", "kind": "nickname"}], "protection": "hidden"})
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
    grants = [{"purpose": purpose, "decision": "yes"} for purpose in ("keep", "un_wgad", "publish_anonymised")]
    desk.save("consent", {"person": speaker, "interview": interview, "given_on": "2026-05-01", "manner": "signed", "grants": grants})
    case = desk.save("case", {"title": "Autumn", "victims": [speaker], "interviews": [interview], "country": "TJ"})
    petition = desk.save(
        "petition", {"case": case, "procedure": procedure, "language": "ru" if procedure == "statement" else "en", "reference": "R-48213", "label_seed": "00" * 16}
    )
    return case, brother, petition


def _reviewing(desk: Desk, petition: str) -> Any:
    from ui.views.redaction_review import RedactionReview

    screen = RedactionReview(desk.context, petition)
    desk.show(screen)
    desk.until(lambda: not screen.model.state.busy)
    return screen


def test_the_keys_of_the_review_store_decisions(desk: Desk) -> None:
    _case, brother, petition = _a_case(desk)
    screen = _reviewing(desk, petition)
    review = screen.model.state.review
    assert review.audience == "public" and review.mentions
    quotes = {mention.quote: mention for mention in review.mentions}
    assert quotes["Фарруха Латипова"].subject == brother and quotes["Фарруха Латипова"].certain
    first = screen.model.in_hand
    assert first is not None
    QTest.keyClick(screen.text, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert screen.model.in_hand != first
    screen.model.go_to(quotes["Фаррух"].key)
    QTest.keyClicks(screen.text, "h")
    desk.until(lambda: screen.model.saved and not screen.model.state.busy)
    stored = desk.ask(lambda vault: vault.get(petition))["redactions"]
    assert [(one["quote"], one["action"], one["subject"]) for one in stored] == [("Фаррух", "hide", brother)]
    assert stored[0]["before"].endswith("Я сказал, что ") and stored[0]["after"].startswith(" уехал")
    screen._accept.click()
    desk.until(lambda: screen.model.saved and not screen.model.state.review.to_accept)
    stored = desk.ask(lambda vault: vault.get(petition))["redactions"]
    assert {one["quote"] for one in stored} >= {"Фаррух", "Фарруха Латипова", "Фарруху"}
    assert all(mention.decided for mention in screen.model.state.review.mentions if mention.certain)


def test_a_free_mark_and_who_it_is_are_stored(desk: Desk) -> None:
    _case, brother, petition = _a_case(desk)
    screen = _reviewing(desk, petition)
    number, text = next((n, p.text) for n, p in enumerate(screen.model.state.review.passages) if "трое" in p.text)
    start = text.index("пришли трое")
    screen.text.select(number, start, start + len("пришли трое"))
    QTest.keyClicks(screen.text, "h")
    desk.until(lambda: screen.model.saved)
    desk.until(lambda: any(m.quote == "пришли трое" and m.decided for m in screen.model.state.review.mentions))
    mention = next(m for m in screen.model.state.review.mentions if m.quote == "пришли трое")
    screen.model.go_to(mention.key)
    QTest.keyClicks(screen.text, "w")
    assert screen.model.state.choosing
    screen.findings.who_chosen.emit(brother)
    desk.until(lambda: screen.model.saved)
    stored = desk.ask(lambda vault: vault.get(petition))["redactions"]
    assert [(one["quote"], one["subject"]) for one in stored] == [("пришли трое", brother)]


def test_a_name_typed_into_the_person_page_is_found_by_the_review(desk: Desk) -> None:
    from ui.views.person import PersonScreen

    _case, brother, petition = _a_case(desk, story="Его звали Шодмон Назаров. Шодмону было двадцать лет.")
    screen = _reviewing(desk, petition)
    hints = {mention.quote: mention.subject for mention in screen.model.state.review.mentions}
    assert hints["Шодмон Назаров"] is None and screen.model.state.review.undecided == 0
    page = PersonScreen(desk.context, brother)
    desk.show(page)
    desk.until(lambda: page.model.state.loaded)
    page.names.list.begin()
    editor = page.names.list._forms[page.names.list._begun].editor("full")
    editor.field.setPlainText("Шодмон Назаров")  # type: ignore[attr-defined]
    editor.field.left.emit()  # type: ignore[attr-defined]
    desk.until(lambda: brother in {mention.subject for mention in screen.model.state.review.mentions})
    assert {m.subject for m in screen.model.state.review.mentions if m.quote.startswith("Шодмон")} == {brother}


def test_the_assistant_writes_copies_through_the_gate(desk: Desk, tmp_path: Path) -> None:
    from ui.views.export import ExportAssistant, first_step_in_need

    case, _brother, petition = _a_case(desk)
    screen = ExportAssistant(desk.context, case)
    desk.show(screen)
    desk.until(lambda: screen.model.state.contents is not None)
    assert screen.model.state.contents.petition == petition
    assert {reader.recipient for reader in screen.model.state.contents.readers}
    review = _reviewing(desk, petition)
    while review.model.state.review.to_look_at:
        review.model.go_to(review.model.state.review.to_look_at[0].key)
        review.model.hide()
        desk.until(lambda: review.model.saved and not review.model.state.busy)
    desk.until(lambda: screen.model.state.contents.counts["public"].open == 0)
    folder = tmp_path / "out"
    folder.mkdir()
    screen.write.chooser.chosen.emit(folder)
    assert first_step_in_need(screen.model.state) == "", screen.model.state.contents.checks
    screen.write_button.click()
    desk.until(lambda: not screen.model.state.writing and bool(screen.model.state.files or screen.model.state.refusal))
    assert screen.model.state.refusal is None, screen.model.state.refusal
    written = {item.name for item in screen.model.state.files}
    assert {path.name for path in folder.iterdir()} == written | {"manifest.json"}
    public = next(path for path in folder.iterdir() if "public" in path.name)
    assert public.read_bytes().startswith(b"%PDF")
    desk.until(lambda: bool(desk.ask(lambda vault: vault.get(petition)).get("exports")))
