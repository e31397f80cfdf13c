"""What a walk through the window found: known speakers, one petition, lists in incidents, alarms, focus, language of the lock."""

from __future__ import annotations

import gc
import weakref
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from i18n import catalog
from i18n.message import msg
from storage import choice_label, lexicon
from tests.ui.desk_notebook import Desk, a_case, desk
from ui.look import must_speak
from ui.viewmodels.person_words import COUNTRIES

__all__ = ["desk"]


def test_somebody_already_in_the_notebook_may_speak(opened: Any) -> None:
    person = opened.ask(lambda vault: vault.rows("person", 0, 1)[0])
    screen = opened.go("interview")
    speaker = screen._begin_page.speaker
    speaker.name_field.setPlainText("typed before")
    speaker.open()
    opened.settle()
    rows = [
        row for row in speaker.rows.findChildren(type(speaker.chosen)) if row.property("person") == person.id
    ]
    assert len(rows) == 1
    rows[0].click()
    opened.settle()
    start = screen._begin_page.value()
    assert (start.speaker, start.name) == (person.id, "")
    count = opened.ask(lambda vault: vault.counts()["person"])
    screen.model.begin(start)
    opened.settle()
    doc = opened.ask(lambda vault: vault.get(screen.model.state.id))
    assert doc["interviewee"] == person.id
    assert opened.ask(lambda vault: vault.counts()["person"]) == count


def test_a_known_speaker_is_a_code_only_while_names_are_hidden_and_can_be_dropped(opened: Any) -> None:
    person = opened.ask(lambda vault: next(row for row in vault.rows("person", 0, 50) if row.title))
    screen = opened.go("interview")
    speaker = screen._begin_page.speaker
    opened.app.discreet.toggle()
    speaker.choose(person.id, person.code, person.title)
    assert (
        person.title not in speaker.chosen.accessibleName() and person.code in speaker.chosen.accessibleName()
    )
    speaker.other.click()
    assert screen._begin_page.value().speaker == ""


def test_the_case_opens_the_petition_it_has(desk: Desk) -> None:
    from ui.views.case_desk import CaseDesk

    case, _brother, petition = a_case(desk)
    screen = CaseDesk(desk.context, case)
    desk.show(screen)
    desk.until(lambda: screen.model.state.loaded)
    assert screen.start.message == msg("Start the petition")
    screen.model.look_at("statement")
    desk.until(lambda: screen.model.state.petition == petition)
    screen.start.click()
    assert [(route.screen, route.record_id) for route in desk.went] == [("export", petition)]
    assert screen.start.message == msg("Open the petition")
    assert desk.ask(lambda vault: vault.counts()["petition"]) == 1
    assert screen.petitions.head.button is not None
    screen.petitions.head.button.click()
    desk.until(lambda: len(desk.went) == 2)
    assert desk.ask(lambda vault: vault.counts()["petition"]) == 2


def test_charges_and_places_of_detention_are_lists_in_the_incident(desk: Desk) -> None:
    from ui.views.incident import IncidentScreen

    incident = desk.save("incident", {"kind": "detention.incommunicado"})
    screen = IncidentScreen(desk.context, incident)
    desk.show(screen)
    desk.until(lambda: screen.model.state.loaded and bool(screen.details.lists))
    places = screen.details.lists["places"]
    places.begin()
    form = places._forms[places._begun]
    for part, value in (
        ("place/facility", "an invented remand prison"),
        ("place/country", "TJ"),
        ("from", "2016-03"),
        ("until", "2016-05-04"),
    ):
        form.editor(part).answered.emit(value)
    charges = screen.details.lists["charges"]
    charges.begin()
    charges._forms[charges._begun].editor("article").answered.emit("Article 1")
    desk.until(lambda: desk.jobs.is_idle and not screen.model._writing)
    stored = desk.ask(lambda vault: vault.get(incident))["details"]["detention"]
    held = {name: value for name, value in stored["places"][0].items() if name != "id"}
    assert held == {
        "place": {"facility": "an invented remand prison", "country": "TJ"},
        "from": "2016-03",
        "until": "2016-05-04",
    }
    assert [charge["article"] for charge in stored["charges"]] == ["Article 1"]
    charges.removed.emit(stored["charges"][0]["id"])
    desk.until(lambda: desk.jobs.is_idle and not screen.model._writing)
    assert "charges" not in desk.ask(lambda vault: vault.get(incident))["details"]["detention"]


def _incident_screen(desk: Desk, kind: str) -> tuple[Any, str]:
    from ui.views.incident import IncidentScreen

    incident = desk.save("incident", {"kind": kind})
    screen = IncidentScreen(desk.context, incident)
    desk.show(screen)
    desk.until(lambda: screen.model.state.loaded and bool(screen.details.fields.fields))
    return screen, incident


def _kind_asking(form: str) -> str:
    return next(kind.code for kind in lexicon().kinds.values() if kind.details_form == form)


@pytest.mark.parametrize(
    ("form", "name", "act", "stored"),
    [
        (
            "detention",
            "holding_forces",
            lambda editor: editor.add({"words": "an invented force"}),
            [{"words": "an invented force"}],
        ),
        ("interpol", "countries_triggered", lambda editor: editor._chosen("PL"), ["PL"]),
    ],
)
def test_several_forces_and_countries_can_be_answered_and_taken_out(
    desk: Desk, form: str, name: str, act: Any, stored: Any
) -> None:
    screen, incident = _incident_screen(desk, _kind_asking(form))
    editor = screen.details.fields.fields[name].editor
    act(editor)
    desk.until(lambda: desk.jobs.is_idle and not screen.model._writing)
    assert desk.ask(lambda vault: vault.get(incident))["details"][form][name] == stored
    editor._flow.itemAt(0).widget().click()
    desk.until(lambda: desk.jobs.is_idle and not screen.model._writing)
    assert "details" not in desk.ask(lambda vault: vault.get(incident))


def test_a_proof_is_one_of_the_documents(desk: Desk) -> None:
    paper = desk.save("evidence", {"title": "A screenshot"})
    screen, incident = _incident_screen(desk, _kind_asking("digital"))
    editor = screen.details.fields.fields["proof"].editor
    editor.answered.emit(paper)
    desk.until(lambda: desk.jobs.is_idle and not screen.model._writing)
    assert desk.ask(lambda vault: vault.get(incident))["details"]["digital"]["proof"] == paper
    assert editor.choice._shown() == "A screenshot"


def test_a_moment_is_a_day_and_an_hour(desk: Desk) -> None:
    from ui.views.incident_editors import moment_of

    screen, incident = _incident_screen(desk, _kind_asking("transfer"))
    editor = screen.details.fields.fields["scheduled_at"].editor
    editor.field.set_text("27.03.2015 25:05")
    editor._finish()
    assert not editor.note.isHidden()
    editor.field.set_text("27.03.2015 14:05")
    editor._finish()
    desk.until(lambda: desk.jobs.is_idle and not screen.model._writing)
    kept = desk.ask(lambda vault: vault.get(incident))["details"]["transfer"]["scheduled_at"]
    assert (
        kept == moment_of("27.03.2015 14:05")
        and kept.startswith("2015-03-27T14:05")
        and editor.note.isHidden()
    )
    assert [moment_of(text) for text in ("2015 14:05", "27.03.2015", "14:05", "spring 2015 14:05")] == [
        ""
    ] * 4


def test_what_a_person_reads_of_lists_is_in_the_readers_words(tmp_path: Path, qtbot: QtBot) -> None:
    from ui.look import Look
    from ui.theme import Theme
    from ui.translator import Words
    from ui.views.person_fields import SuggestedEditor
    from ui.views.person_summaries import document_summary, host_summary, route_summary
    from ui.widgets.choice import Choice

    look = Look(Theme(), Words(catalog, "ru"))
    host = host_summary({"status": "refugee", "country": "PL", "from": "2019-02-11"}, "ru")
    assert (
        host[2] == "11.02.2019"
        and route_summary({"country": "PL", "arrived": "2019-03"}, "ru")[1] == "март 2019"
    )
    assert document_summary({"type": "passport"})[0] == msg("Passport")
    assert {
        choice_label("incident", "perpetrators/certainty", word).source for word in ("certain", "likely")
    } == {"Certain", "Likely"}
    choice = Choice(look, COUNTRIES, msg("Country"))
    qtbot.addWidget(choice)
    choice.order_by_alphabet(frozenset(("TJ", "UZ")))
    listed = [look.t(words) for _code, words in choice.listed()]
    assert listed[:3] == ["Таджикистан", "Узбекистан", "Австралия"] and listed[-1] == "Япония"
    editor = SuggestedEditor(look, msg("Way of contact"), (("phone", msg("Phone")),))
    qtbot.addWidget(editor)
    editor.set_value("phone")
    assert editor.value() == look.t(msg("Phone")) != "phone"
    given: list[object] = []
    editor.answered.connect(given.append)
    for words in ("a pigeon", look.t(msg("Phone"))):
        editor.field.set_text(words)
        editor._finish()
    assert given == ["a pigeon", "phone"]


@pytest.mark.parametrize("language", ["ru", "uz_Cyrl", "tg"])
def test_every_state_a_paper_may_name_can_be_chosen_by_its_own_name(language: str) -> None:
    codes = [code for code, _name in COUNTRIES]
    assert len(codes) == len(set(codes)) >= 84
    same = [name.source for _code, name in COUNTRIES if catalog(language).text(name) == name.source]
    assert same == []


def test_an_alarm_of_the_notebook_stays_on_every_screen(opened: Any) -> None:
    words = msg("Part of the notebook’s header was damaged and was restored from its copy.")
    opened.app._warn((words, True))
    for screen in ("people", "cases"):
        opened.go(screen)
        alarm = opened.app.window.shell.alarm
        assert (
            alarm.isVisible() and alarm.message.text() == words.source and not alarm.close_button.isVisible()
        )
        assert alarm.hint.text()
    opened.app._warn((None, False))
    assert opened.app.window.shell.alarm.isVisible()


def test_an_idle_window_lets_the_notebook_settle(opened: Any) -> None:
    from storage import SaveRecord

    person = opened.ask(lambda vault: vault.rows("person", 0, 1)[0].id)
    opened.ask(lambda vault: vault.write(SaveRecord("person", {"occupation": "beekeeper"}, person)))
    waiting = opened.ask(lambda vault: vault.settle(0))
    opened.app.quiet.tick()
    opened.settle()
    assert waiting >= 1 and opened.ask(lambda vault: vault.settle(0)) < waiting


def test_a_screen_takes_the_focus_from_the_rail(opened: Any) -> None:
    rows = opened.ask(partial(_first, "case"))
    screen = opened.go("case", rows)
    focus = opened.app.window.focusWidget()
    assert focus is screen or screen.isAncestorOf(focus)


def _first(type_: str, vault: Any) -> str:
    return str(vault.rows(type_, 0, 1)[0].id)


def test_cycles_are_collected_by_the_window_alone_while_it_lives(opened: Any) -> None:
    assert not gc.isenabled()

    class Web:
        """A reference cycle."""

    one = Web()
    one.me = one  # type: ignore[attr-defined]
    gone = weakref.ref(one)
    del one
    pairs: list[list[Any]] = []
    for _ in range(2000):
        pairs.append([pairs])
    opened.app._collector.collect_due()
    assert gone() is None
    opened.app.close()
    assert gc.isenabled()


def test_events_before_and_after_a_widgets_life_are_not_spoken_to(opened: Any) -> None:
    change = QEvent(QEvent.Type.LanguageChange)
    bare = QLabel()
    assert not must_speak(bare, change)
    label = opened.app.window.gate
    assert must_speak(label, change) and not must_speak(label, QEvent(QEvent.Type.StyleChange))
    bare.deleteLater()


def test_the_lock_is_told_the_language_of_the_window(opened: Any) -> None:
    opened.app.look.words.switch("tg")
    opened.app.lock()
    assert [parts.language for parts, _folder in opened.locks] == ["tg"]


def test_back_from_elsewhere_is_the_interview_that_was_begun_not_a_new_one(opened: Any) -> None:
    screen = opened.go("interview")
    screen._begin()
    opened.settle()
    begun = screen.record_id
    assert begun
    opened.go("settings")
    opened.app.window.shell.back()
    opened.settle()
    assert opened.app.window.current_screen().record_id == begun
    assert opened.app.window.current_screen().model.state.step == "room"


def test_a_pin_that_is_none_is_said_at_its_field_and_nowhere_later(opened: Any) -> None:
    screen = opened.go("interview")
    pin = screen._begin_page.pin
    for digit in (1, 2):
        pin.field.press(digit)
    risk = pin.note.text()
    screen._begin()
    assert (
        pin.note.text() != risk
        and screen.model.state.step == "begin"
        and "4" in pin.note.text()
        and "8" in pin.note.text()
    )
    told = pin.note.text()
    for digit in (3, 4):
        pin.field.press(digit)
    assert pin.note.text() != told
    screen._begin()
    opened.settle()
    assert screen.model.state.step == "room" and opened.app.window.shell.bar.isHidden()


def test_a_pressed_button_that_goes_off_does_not_send_the_keys_into_the_rail(opened: Any) -> None:
    window = opened.app.window
    screen = opened.go("ways_in")
    opened.settle()
    window.activateWindow()
    screen.primary.setFocus()
    opened.qtbot.waitUntil(lambda: window.focusWidget() is screen.primary)
    window.shell.rail.buttons["settings"].setFocus()  # as Qt does it, when nothing else is next in line
    screen.primary.setEnabled(False)
    opened.qtbot.waitUntil(lambda: window.focusWidget() is screen, timeout=2000)
    window.shell.rail.buttons["settings"].setFocus()  # as a person does it
    opened.settle()
    assert window.shell.rail.buttons["settings"].hasFocus()


def test_a_double_click_on_begin_does_not_close_what_it_began(opened: Any) -> None:
    QApplication.setDoubleClickInterval(1000)
    screen = opened.go("interview")
    opened.qtbot.wait(QApplication.doubleClickInterval() + 20)
    opened.qtbot.mouseClick(screen.begin_button, Qt.MouseButton.LeftButton)
    opened.qtbot.waitUntil(lambda: screen.close_button.isVisible(), timeout=10_000)
    opened.qtbot.mouseClick(screen.close_button, Qt.MouseButton.LeftButton)
    opened.settle()
    assert opened.app.window.current_screen() is screen and not screen.model.state.closed
    opened.qtbot.wait(QApplication.doubleClickInterval() + 20)
    opened.qtbot.mouseClick(screen.close_button, Qt.MouseButton.LeftButton)
    opened.settle()
    assert opened.app.window.current_screen() is not screen


def test_after_a_pause_one_types_on(opened: Any) -> None:
    screen = opened.go("interview")
    screen._begin()
    opened.settle()
    window = opened.app.window
    for _ in range(2):
        screen.pause_button.setFocus()
        screen.pause_button.click()
        opened.settle()
    assert screen.model.state.paused_since is None
    assert window.focusWidget() is screen.sheet.edit
