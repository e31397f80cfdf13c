"""The interview room over a real notebook: consent first, nothing typed is lost, nothing judges."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from storage import Vault, limits
from ui.gallery import content
from ui.locking import Locker
from ui.viewmodels.interview_writing import Beginning


def _narratives(vault: Vault, interview: str) -> list[str]:
    return [
        item["text"] if isinstance(item.get("text"), str) else ""
        for item in (vault.get(interview) or {}).get("narratives", [])
    ]


def _begin(opened: Any) -> Any:
    room = opened.go("interview")
    room.begin_button.click()
    opened.qtbot.waitUntil(lambda: room.model.state.step == "room", timeout=10_000)
    opened.settle()
    return room


def test_two_actions_lead_from_home_to_the_first_typed_word(opened: Any, qtbot: QtBot) -> None:
    home = opened.go("home")
    home.begin.click()
    opened.settle()
    room = opened.app.window.current_screen()
    room.begin_button.click()
    qtbot.waitUntil(lambda: room.sheet is not None, timeout=10_000)
    qtbot.waitUntil(lambda: opened.app.window.focusWidget() is room.sheet.edit)
    qtbot.keyClicks(room.sheet.edit, "First word")
    room.sheet._keep_draft()
    opened.settle()
    drafts = opened.ask(lambda vault: [(draft.base_id, draft.text) for draft in vault.drafts()])
    assert drafts == [(room.record_id, "First word")]


def test_no_answer_is_preselected_and_unasked_is_recorded_as_not_asked(opened: Any) -> None:
    room = opened.go("interview")
    assert {name: box.value for name, box in room._begin_page.answers.items()} == dict.fromkeys(
        room._begin_page.answers, ""
    )
    room = _begin(opened)
    consent = opened.ask(lambda vault: vault.get(room.model.state.consent_id))
    assert {grant["decision"] for grant in consent["grants"]} == {"not_asked"}
    assert "given_on" not in consent


def test_answers_are_recorded_for_the_purposes_they_decide(opened: Any) -> None:
    room = opened.go("interview")
    room._begin_page.answers["share"].set_value("yes")
    room._begin_page.answers["record"].set_value("no")
    room.begin_button.click()
    opened.qtbot.waitUntil(lambda: room.model.state.step == "room", timeout=10_000)
    decided = {line.purpose: line.decision for line in room.model.state.grants}
    assert decided["share_coordinator"] == decided["share_lawyer"] == "yes"
    assert decided["record_audio"] == "no" and decided["keep"] == "not_asked"
    assert opened.ask(lambda vault: vault.get(room.model.state.consent_id))["given_on"] == "2026-05-14"


def test_leaving_the_text_writes_a_revision_and_drops_the_draft(opened: Any, qtbot: QtBot) -> None:
    room = opened.go("interview", content.INTERVIEW)
    before = len(opened.ask(lambda vault: vault.history(content.INTERVIEW)))
    room.sheet.edit.moveCursor(room.sheet.edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(room.sheet.edit, " Zzz.")
    room.sheet._keep_draft()
    opened.settle()
    opened.go("home")
    texts = opened.ask(lambda vault: _narratives(vault, content.INTERVIEW))
    assert texts[0] == content.NARRATIVE + " Zzz."
    assert len(opened.ask(lambda vault: vault.history(content.INTERVIEW))) == before + 1
    assert opened.ask(lambda vault: vault.drafts()) == []


def test_reading_alone_writes_nothing(opened: Any) -> None:
    before = len(opened.ask(lambda vault: vault.history(content.INTERVIEW)))
    opened.go("interview", content.INTERVIEW)
    opened.go("home")
    assert len(opened.ask(lambda vault: vault.history(content.INTERVIEW))) == before


def test_what_was_typed_before_the_lock_is_there_after_it(opened: Any, qtbot: QtBot) -> None:
    room = opened.go("interview", content.INTERVIEW)
    room.sheet.edit.moveCursor(room.sheet.edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(room.sheet.edit, " Unsaved words")
    app = opened.app
    app.lock()
    assert len(opened.locks) == 1
    parts, folder = opened.locks[0]
    assert isinstance(parts, Locker) and folder == app.program.folder
    parts.blank_windows()
    assert (
        "Unsaved" not in repr(app.window.grab().toImage().text())
        and app.window._pages.currentWidget() is app.window._cover
    )
    parts.commit_drafts(2.0)
    parts.seal()
    with Vault.open(folder, bytearray(b"gallery")) as vault:
        assert [draft.text for draft in vault.drafts()] == [content.NARRATIVE + " Unsaved words"]
        place = vault.setting("ui.place")
        assert (place["screen"], place["record"]) == ("interview", content.INTERVIEW)


def test_after_unlocking_the_draft_is_shown_and_taken_over(opened: Any, qtbot: QtBot) -> None:
    room = opened.go("interview", content.INTERVIEW)
    room.model.keep_draft(room.model.state.current, "Only the draft")
    opened.settle()
    again = opened.go("interviews") and opened.go("interview", content.INTERVIEW)
    assert again.sheet.edit.stored_text() in ("Only the draft", content.NARRATIVE)


def test_a_draft_of_an_interrupted_session_opens_and_becomes_a_revision(opened: Any) -> None:
    from storage import SaveDraft
    from ui.viewmodels.interview_reading import draft_key

    doc = opened.ask(lambda vault: vault.get(content.INTERVIEW))
    narrative = doc["narratives"][0]["id"]
    opened.app.jobs.write(
        SaveDraft(draft_key(content.INTERVIEW, narrative), content.INTERVIEW, "From the draft")
    )
    opened.settle()
    room = opened.go("interview", content.INTERVIEW)
    assert room.sheet.edit.stored_text() == "From the draft"
    opened.go("home")
    assert opened.ask(lambda vault: _narratives(vault, content.INTERVIEW))[0] == "From the draft"
    assert opened.ask(lambda vault: vault.drafts()) == []


def test_people_and_incidents_are_added_beside_the_text(opened: Any) -> None:
    room = _begin(opened)
    room.model.add_person("Invented Brother", "brother", "hidden")
    room.model.add_incident("They came home", "2019-21", "spring, before the fast")
    opened.settle()
    people = room.model.state.people
    assert [(person.relation, person.name) for person in people] == [
        ("", ""),
        ("brother", "Invented Brother"),
    ]
    assert opened.ask(lambda vault: vault.get(people[1].id))["protection"] == "hidden"
    incident = opened.ask(lambda vault: vault.get(room.model.state.incidents[0].id))
    assert incident["when"] == "2019-21" and incident["sources"][0]["interview"] == room.record_id
    assert incident["victims"] == [people[0].id]


def test_questions_take_words_or_a_reason_for_none(opened: Any) -> None:
    room = _begin(opened)
    room.model.answer("arrest.warrant_shown", "no paper")
    room.model.answer("witness.who", {"blank": "withheld"})
    opened.settle()
    assert dict(room.model.state.answers) == {
        "arrest.warrant_shown": "no paper",
        "witness.who": ("blank", "withheld"),
    }
    room.model.answer("arrest.warrant_shown", None)
    opened.settle()
    assert dict(room.model.state.answers) == {"witness.who": ("blank", "withheld")}


def test_a_decision_per_state_and_a_withdrawal_of_everything(opened: Any) -> None:
    room = opened.go("interview", content.INTERVIEW)
    room.model.decide("name_to_government", "AZ", "yes")
    opened.settle()
    found = {(line.purpose, line.recipient): line.decision for line in room.model.state.grants}
    assert found["name_to_government", "AZ"] == "yes" and found["name_to_government", "TJ"] == "no"
    room.sheet.consent_wished.emit()
    page = room._consent_page
    page.take_back.click()
    assert page.sure.isVisible()
    page.sure.click()
    opened.settle()
    assert room.model.state.withdrawn
    consent = opened.ask(lambda vault: vault.get(content.CONSENT))
    assert consent["withdrawn_on"] == "2026-05-14" and consent["withdrawal_scope"] == "all"


def test_a_pause_covers_the_text_and_is_noted(opened: Any) -> None:
    room = opened.go("interview", content.INTERVIEW)
    room.pause_button.click()
    assert not room.sheet.isVisible()
    room.pause_button.click()
    opened.settle()
    assert room.sheet.isVisible()
    assert opened.ask(lambda vault: vault.get(content.INTERVIEW))["breaks"][0]["minutes"] == 1


def test_closing_ends_the_sitting_and_it_can_be_opened_again(opened: Any) -> None:
    room = opened.go("interview", content.INTERVIEW)
    room.close_button.click()
    opened.settle()
    opened.settle()
    doc = opened.ask(lambda vault: vault.get(content.INTERVIEW))
    assert doc["review"]["state"] == "closed" and doc["sessions"][0]["to"]
    assert type(opened.app.window.current_screen()).__name__ == "Home"
    room = opened.go("interview", content.INTERVIEW)
    assert room.model.state.closed
    room.close_button.click()
    opened.settle()
    assert len(opened.ask(lambda vault: vault.get(content.INTERVIEW))["sessions"]) == 2


def test_turned_to_the_speaker_only_the_text_is_reachable(opened: Any, qtbot: QtBot) -> None:
    room = opened.go("interview", content.INTERVIEW)
    room.turn_to_speaker()
    page = room._speaker_page
    assert page.geometry() == opened.app.window.rect()
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert opened.app.window.focusWidget() in (page.back, page)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert room._speaker_page is None


def test_a_translation_is_a_text_of_its_own(opened: Any) -> None:
    room = _begin(opened)
    room.sheet.edit.setPlainText("original words")
    room.sheet.edit.typed.emit()
    room.sheet._left()
    opened.settle()
    first = room.model.state.current
    room.model.add_narrative("en", "translation")
    opened.settle()
    assert room.model.state.current != first and room.sheet.edit.stored_text() == ""
    doc = opened.ask(lambda vault: vault.get(room.record_id))
    assert doc["narratives"][0]["text"] == "original words"
    assert doc["narratives"][1]["translation_of"] == first


def test_a_name_is_never_required(opened: Any) -> None:
    assert Beginning().name == ""
    room = _begin(opened)
    speaker = opened.ask(lambda vault: vault.get(room.model.state.people[0].id))
    assert (
        "names" not in speaker and speaker["code"].startswith("P-") and speaker["protection"] == "pseudonym"
    )


def test_a_text_near_its_limit_is_said_to_be_in_time(opened: Any) -> None:
    room = _begin(opened)
    room.sheet._warn_when_long("ҷ" * (limits.TEXT_BYTES * 4 // 10 - 2))
    assert not room.sheet.bar.isVisibleTo(room.sheet)
    room.sheet._warn_when_long("ҷ" * (limits.TEXT_BYTES * 4 // 10 + 1))
    assert room.sheet.bar.isVisibleTo(room.sheet)
