"""The screen that looks after the notebook, on a real one: copies, going back, check, deletion made final, what happened."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest

from storage import AttachFile, DeleteRecord, SaveDraft, SaveRecord, Vault
from storage.audit import KINDS as LOG_KINDS
from ui.viewmodels.care_words import KINDS
from ui.views.care import CareScreen

CANARY = "Ғайратжонов Мирзо"


def care(opened: Any, topic: str = "copy") -> CareScreen:
    screen = opened.go("care")
    assert isinstance(screen, CareScreen)
    screen.follow_place(topic)
    opened.settle()
    return screen


def ended(opened: Any, screen: Any) -> None:
    opened.qtbot.waitUntil(lambda: not screen.model.state.busy, timeout=30_000)
    opened.settle()


def attach(data: bytes, vault: Vault) -> str:
    evidence = next(iter(vault.write(SaveRecord("evidence", {"title": "recording"})).created))[1]
    vault.write(AttachFile(evidence, data, "recording.wav"))
    return evidence


def fresh(folder: Path) -> Vault:
    return Vault.open(folder, bytearray(b"gallery"))


# copies


def test_a_copy_is_made_read_again_and_remembered(opened: Any, tmp_path: Path) -> None:
    screen = care(opened)
    assert screen.model.state.facts is not None and screen.model.state.facts.last_copy_ms is None
    screen.act.click()
    chooser = screen.pages["copy"].chooser  # type: ignore[attr-defined]
    assert chooser.isVisible() and chooser.name.toPlainText() == "2026-05-14", (
        "the day, and nothing about what lies in it"
    )
    chooser.chosen.emit(tmp_path / "stick" / "copy")
    ended(opened, screen)
    assert screen.model.state.outcomes["copy"].tone == "good"
    assert screen.model.state.facts.last_copy_ms is not None
    docs = opened.ask(lambda vault: vault.snapshot().docs)
    with Vault.restore(tmp_path / "stick" / "copy", tmp_path / "again", bytearray(b"gallery")) as vault:
        assert vault.snapshot().docs == docs
    opened.go("home")
    assert care(opened).model.state.facts.last_copy_ms is not None  # type: ignore[union-attr]


def test_a_copy_that_is_stopped_leaves_nothing(opened: Any, tmp_path: Path) -> None:
    opened.ask(partial(attach, b"sound " * 6_000_000))
    screen = care(opened)
    screen.model.copy(tmp_path / "copy")
    opened.qtbot.waitUntil(lambda: screen.model.state.fraction > 0, timeout=10_000)
    begun = time.perf_counter()
    screen.pages["copy"].progress.stop.click()
    ended(opened, screen)
    assert time.perf_counter() - begun < 1.0
    assert screen.model.state.outcomes["copy"].tone == "plain"
    assert not (tmp_path / "copy").exists()
    assert screen.model.state.facts.last_copy_ms is None  # type: ignore[union-attr]
    assert opened.ask(lambda vault: vault.verify(deep=True).ok)


def test_going_back_warns_of_a_folder_that_goes_to_the_internet(opened: Any, tmp_path: Path) -> None:
    opened.ask(lambda vault: (vault.keep_backup(), True)[1])
    page: Any = care(opened, "inside").pages["inside"]
    page.warning._context = replace(page.context, program=replace(page.context.program, machine=Cloud()))
    opened.settle()
    page.ask(1, 0)
    page.chooser.chosen.emit(tmp_path / "cloud" / "older")
    opened.settle()
    assert not page.warning.isHidden() and not (tmp_path / "cloud").exists()
    page.chooser.chosen.emit(tmp_path / "cloud" / "older")
    ended(opened, page)
    assert (tmp_path / "cloud" / "older" / "A.hdr").exists()


@pytest.mark.parametrize("place", ["inside", "itself", "taken", "file"])
def test_a_place_that_will_not_do_is_said_in_one_sentence(opened: Any, tmp_path: Path, place: str) -> None:
    folder = opened.app.program.folder
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").write_bytes(b"x")
    (tmp_path / "file").write_bytes(b"x")
    target = {"inside": folder / "copy", "itself": folder}.get(place, tmp_path / place)
    before = sorted(path.name for path in folder.iterdir())
    screen = care(opened)
    screen.model.copy(target)
    ended(opened, screen)
    outcome = screen.model.state.outcomes["copy"]
    assert outcome.tone == "amber" and opened.app.context.t(outcome.message)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert opened.ask(lambda vault: vault.verify().ok)


class Cloud:
    """A computer on which one folder goes to the internet."""

    def place_problem(self, folder: Path) -> Any:
        from i18n.message import msg

        return msg("This goes to the internet.") if "cloud" in str(folder) else None


def test_a_folder_that_goes_to_the_internet_is_told_once(opened: Any, tmp_path: Path) -> None:
    screen = care(opened)
    page: Any = screen.pages["copy"]
    page.warning._context = replace(page.context, program=replace(page.context.program, machine=Cloud()))
    screen.act.click()
    page.chooser.chosen.emit(tmp_path / "cloud" / "copy")
    assert page.warning.isVisible() and page.chooser.isVisible() and not screen.model.state.busy
    page.chooser.chosen.emit(tmp_path / "cloud" / "copy")
    ended(opened, screen)
    assert (tmp_path / "cloud" / "copy" / "A.hdr").exists() and not page.warning.isVisible()


def test_leaving_the_screen_stops_the_work(opened: Any, tmp_path: Path) -> None:
    opened.ask(partial(attach, b"sound " * 6_000_000))
    screen = care(opened)
    screen.model.copy(tmp_path / "copy")
    opened.qtbot.waitUntil(lambda: screen.model.state.fraction > 0, timeout=10_000)
    opened.go("home")
    opened.settle()
    assert not (tmp_path / "copy").exists()


def test_going_back_to_a_copy_inside_makes_another_notebook(opened: Any, tmp_path: Path) -> None:
    screen = care(opened, "inside")
    screen.act.click()
    ended(opened, screen)
    assert len(screen.model.state.facts.rolling) == 1  # type: ignore[union-attr]
    person = opened.ask(lambda vault: vault.rows("person", 0, 1)[0].id)
    opened.ask(lambda vault: vault.write(SaveRecord("person", {"occupation": "a new word"}, person)))
    now = opened.ask(lambda vault: vault.snapshot().docs)
    page: Any = screen.pages["inside"]
    page.ask(1, screen.model.state.facts.rolling[0][1])  # type: ignore[union-attr]
    page.chooser.chosen.emit(tmp_path / "older")
    ended(opened, screen)
    assert screen.model.state.outcomes["inside"].tone == "good", screen.model.state.outcomes
    with fresh(tmp_path / "older") as vault:
        assert vault.alarm is None and vault.verify(deep=True).ok
        older = vault.get(person)
    assert older is not None and older.get("occupation") != "a new word"
    assert opened.ask(lambda vault: vault.snapshot().docs) == now


def test_a_damaged_copy_inside_is_refused_and_leaves_nothing(opened: Any, tmp_path: Path) -> None:
    opened.ask(lambda vault: vault.keep_backup())
    (copy,) = opened.app.program.folder.glob("*/backup/1")
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(bytes(data))
    screen = care(opened, "inside")
    screen.model.go_back(1, tmp_path / "older")
    ended(opened, screen)
    assert screen.model.state.outcomes["inside"].tone == "amber"
    assert not (tmp_path / "older").exists()
    assert opened.ask(lambda vault: vault.verify(deep=True).ok)


# check


def test_a_whole_notebook_is_said_to_be_whole(opened: Any) -> None:
    screen = care(opened, "check")
    screen.act.click()
    ended(opened, screen)
    report = screen.model.state.report
    assert report is not None and report.ok and screen.model.state.outcomes["check"].tone == "good"


def test_lists_that_do_not_match_are_healed(opened: Any) -> None:
    def spoil(vault: Vault) -> None:
        vault._session.database.execute("DELETE FROM listing WHERE id = (SELECT id FROM listing LIMIT 1)")

    opened.ask(spoil)
    screen = care(opened, "check")
    screen.act.click()
    ended(opened, screen)
    page: Any = screen.pages["check"]
    assert screen.model.state.outcomes["check"].tone == "amber" and page.heal.isVisible()
    page.heal.click()
    ended(opened, screen)
    assert screen.model.state.outcomes["check"].tone == "good" and not page.heal.isVisible()


def _break_blob(folder: Path) -> None:
    blob = next(folder.glob("*/blobs/*/*"))
    data = bytearray(blob.read_bytes())
    data[len(data) // 2] ^= 1
    blob.write_bytes(bytes(data))


def test_damage_is_said_in_red_with_what_to_do(opened: Any) -> None:
    opened.ask(partial(attach, b"sound " * 50_000))
    _break_blob(opened.app.program.folder)
    screen = care(opened, "check")
    screen.act.click()
    ended(opened, screen)
    outcome = screen.model.state.outcomes["check"]
    assert outcome.tone == "red" and outcome.hint is not None
    page: Any = screen.pages["check"]
    assert not page.heal.isVisible(), "building lists anew would not heal a file"


# deletion made final


def test_deletion_is_made_final_with_a_draft_open_and_a_search_waiting(opened: Any) -> None:
    folder = opened.app.program.folder

    def prepare(vault: Vault) -> str:
        narrative = {"language": "tg", "kind": "original", "text": f"{CANARY} омад " * 40}
        record = next(iter(vault.write(SaveRecord("interview", {"narratives": [narrative]})).created))[1]
        vault.keep_backup()
        vault.write(DeleteRecord(record))
        vault.write(SaveDraft("interview:new", None, "a draft that lives"))
        return record

    opened.ask(prepare)
    old = {path.name for path in folder.glob("[01]?")}
    screen = care(opened, "purge")
    assert screen.model.state.facts.deleted == 1  # type: ignore[union-attr]
    screen.act.click()
    page: Any = screen.pages["purge"]
    assert page.yes.isVisible() and not screen.model.state.busy, "a second yes is needed"
    found: list[Any] = []
    page.yes.click()
    opened.app.jobs.vault(lambda vault: vault.search(CANARY), found.append)
    ended(opened, screen)
    assert screen.model.state.outcomes["purge"].tone == "good"
    facts = screen.model.state.facts
    assert facts is not None and facts.deleted == 0 and len(facts.rolling) == 1
    assert page.letters.isVisible() and facts.own != facts.other and facts.own in page.letters.text()
    assert {path.name for path in folder.glob("[01]?")} != old
    assert [draft.text for draft in opened.ask(lambda vault: vault.drafts())] == ["a draft that lives"]
    assert found and found[0].total == 0
    assert opened.ask(lambda vault: vault.verify(deep=True).ok)


def test_a_purge_that_is_stopped_loses_nothing_that_lives_and_promises_no_more(opened: Any) -> None:
    folder = opened.app.program.folder
    opened.ask(partial(attach, b"sound " * 4_000_000))
    docs, before = (
        opened.ask(lambda vault: vault.snapshot().docs),
        {path.name for path in folder.glob("[01]?")},
    )
    screen = care(opened, "purge")
    screen.model.purge()
    opened.qtbot.waitUntil(lambda: screen.model.state.fraction > 0.2, timeout=10_000)
    screen.model.stop()
    ended(opened, screen)
    outcome = screen.model.state.outcomes["purge"]
    assert outcome.tone == "plain" and "may be gone already" in outcome.message.source
    assert {path.name for path in folder.glob("[01]?")} == before
    assert opened.ask(lambda vault: vault.snapshot().docs) == docs


@pytest.mark.parametrize("part", [0.0, 0.25, 0.55, 0.8])
def test_locking_in_the_middle_of_a_purge_takes_no_time(opened: Any, part: float) -> None:
    """The lock's own steps, as the window walks them: drafts within 300 ms, then the notebook is closed."""
    from ui.locking import Locker

    folder = opened.app.program.folder
    opened.ask(partial(attach, b"sound " * 8_000_000))
    screen = care(opened, "purge")
    screen.model.purge()
    opened.qtbot.waitUntil(lambda: screen.model.state.fraction > part, timeout=20_000)
    locker = Locker(opened.app.window, opened.app.jobs, "en", opened.app)
    begun = time.perf_counter()
    written = opened.app.jobs.commit([SaveDraft("person:new", None, "typed last")], 0.3)
    opened.app.jobs.shut()
    took = time.perf_counter() - begun
    del locker
    assert written and took < 0.6, took
    with fresh(folder) as vault:
        assert vault.alarm is None and vault.verify(deep=True).ok
        assert [draft.text for draft in vault.drafts()] == ["typed last"]
    assert len(list(folder.glob("[01]?"))) == 2


# by itself


def test_an_idle_window_keeps_the_days_copy(opened: Any) -> None:
    from ui.quiet_work import STILL

    opened.go("home")
    opened.settle()
    while opened.ask(lambda vault: vault.settle(50)):
        pass
    assert opened.ask(lambda vault: vault.backup_due)
    for _ in range(STILL + 3):
        opened.app.quiet.tick()
        opened.settle()
    assert len(opened.ask(lambda vault: vault.rolling_backups())) == 1
    assert not opened.ask(lambda vault: vault.backup_due)


def test_whoever_writes_puts_the_copy_off(opened: Any) -> None:
    from ui.quiet_work import STILL

    person = opened.ask(lambda vault: vault.rows("person", 0, 1)[0].id)
    for number in range(STILL + 4):
        opened.app.jobs.write(SaveRecord("person", {"occupation": f"word {number}"}, person))
        opened.settle()
        opened.app.quiet.tick()
        opened.settle()
    assert opened.ask(lambda vault: vault.rolling_backups()) == []


def test_a_copy_makes_way_for_whatever_waits(opened: Any) -> None:
    from ui.quiet_work import quiet_moment

    def waited_for(vault: Vault) -> None:
        while vault.settle(50):
            pass
        asked = iter([False, *[True] * 1000])
        quiet_moment(lambda: next(asked), True, vault)

    opened.ask(waited_for)
    assert opened.ask(lambda vault: vault.rolling_backups()) == []
    assert not list(opened.app.program.folder.glob("*/incoming/backup"))


def test_damage_found_by_itself_is_said_on_every_screen(opened: Any) -> None:
    while opened.ask(lambda vault: vault.settle(50)):
        pass
    (database,) = {opened.ask(lambda vault: vault._session.database.path)}
    data = bytearray(database.read_bytes())
    data[-700] ^= 1
    database.write_bytes(bytes(data))
    for _ in range(40):
        opened.app.quiet.tick()
        opened.settle()
        if opened.app.window.shell.alarm.isVisible():
            break
    assert opened.app.window.shell.alarm.isVisible()
    opened.go("people")
    assert opened.app.window.shell.alarm.isVisible()


def test_a_whole_notebook_is_checked_to_its_end_by_itself(opened: Any) -> None:
    def all_of_it(vault: Vault) -> int:
        moments = 1
        while not vault.check_quietly(lambda: False, 0.02):
            moments += 1
        return moments

    assert opened.ask(all_of_it) >= 1
    assert opened.ask(lambda vault: vault.alarm) is None


def test_the_check_leaves_at_once_when_somebody_waits(opened: Any) -> None:
    def hurried(vault: Vault) -> float:
        begun = time.perf_counter()
        for _ in range(20):
            assert not vault.check_quietly(lambda: True)
        return time.perf_counter() - begun

    assert opened.ask(hurried) < 0.2


# what happened


def test_every_kind_of_event_has_words() -> None:
    assert set(KINDS) >= LOG_KINDS


def test_the_list_says_what_happened_page_by_page_and_no_content(opened: Any) -> None:
    def much(vault: Vault) -> None:
        for number in range(60):
            vault.write(
                SaveRecord("interview", {"narratives": [{"language": "tg", "text": f"{CANARY} {number}"}]})
            )

    opened.ask(much)
    screen = care(opened, "happened")
    first = len(screen.model.state.events)
    page: Any = screen.pages["happened"]
    assert screen.model.state.more and page.more.isVisible()
    page.more.click()
    opened.settle()
    numbers = [event.number for event in screen.model.state.events]
    assert (
        len(numbers) > first
        and numbers == sorted(numbers, reverse=True)
        and len(set(numbers)) == len(numbers)
    )
    from ui.widgets.text import Label

    said = " ".join(label.text() for label in page.findChildren(Label))
    assert CANARY.split()[0] not in said


def test_two_threads_do_not_meet_in_the_vault(opened: Any, tmp_path: Path) -> None:
    """A wish to stop comes from the GUI thread while the lane works: it must never corrupt what is written."""
    screen = care(opened)
    for round_ in range(5):
        screen.model.copy(tmp_path / f"copy{round_}")
        timer = threading.Timer(0.005 * round_, opened.app.jobs.interrupt)
        timer.start()
        QTest.qWait(10)
        timer.join()
        ended(opened, screen)
    assert opened.ask(lambda vault: vault.verify(deep=True).ok)
