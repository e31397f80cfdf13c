"""Handing over evidence in the window: consents judged, what is missing named, stopped and refused cleanly, custody shown."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storage import AttachFile, SaveRecord, Vault
from ui.gallery import content_desk
from ui.views.evidence_package import EvidencePackageScreen
from ui.widgets.text import Label

CASE, SPEAKER, MOTHER = content_desk.CASE, content_desk.SPEAKER, content_desk.MOTHER


def _add(data: bytes, concerns: list[str], vault: Vault) -> str:
    doc = {"title": "secret title", "concerns": concerns}
    evidence = next(iter(vault.write(SaveRecord("evidence", doc)).created))[1]
    vault.write(AttachFile(evidence, data, "letter.pdf"))
    case = vault.get(CASE) or {}
    vault.write(SaveRecord("case", {**case, "evidence": [*case.get("evidence", []), evidence]}))
    return evidence


def _consent(decision: str, vault: Vault) -> None:
    grants = [{"purpose": "share_lawyer", "decision": decision}]
    vault.write(SaveRecord("consent", {"person": SPEAKER, "given_on": "2026-05-10", "grants": grants}))


def package(opened: Any, record: str = CASE) -> EvidencePackageScreen:
    screen = opened.go("evidence_package", record)
    assert isinstance(screen, EvidencePackageScreen)
    opened.qtbot.waitUntil(lambda: screen.model.state.reading is not None, timeout=5000)
    opened.settle()
    return screen


def ended(opened: Any, screen: EvidencePackageScreen) -> None:
    opened.qtbot.waitUntil(lambda: not screen.model.state.running, timeout=30_000)
    opened.settle()


def test_only_what_consents_allow_is_chosen_and_the_rest_is_named(opened: Any, tmp_path: Path) -> None:
    good = opened.ask(partial(_add, b"good " * 1000, [SPEAKER]))
    held = opened.ask(partial(_add, b"held " * 1000, [SPEAKER, MOTHER]))
    screen = package(opened)
    assert screen.model.state.chosen == (good,)
    items = {item.id: item for item in screen.model.state.reading.items}  # type: ignore[union-attr]
    mother = opened.ask(lambda vault: vault.get(MOTHER))["code"]
    assert [(one.code, one.decision) for one in items[held].missing] == [(mother, "not_asked")]
    assert held not in screen.rows and any(
        mother in row.accessibleName()
        for row in screen.items.findChildren(object)
        if hasattr(row, "accessibleName")
    )
    screen.write.click()
    assert screen.chooser.isVisible()
    screen.chooser.chosen.emit(tmp_path / "package")
    ended(opened, screen)
    assert screen.model.state.outcome is not None and screen.model.state.outcome.tone == "amber"
    assert [path.read_bytes()[:4] for path in (tmp_path / "package" / "files").iterdir()] == [b"good"]
    steps = [step["what"] for step in opened.ask(lambda vault: vault.get(good))["custody"]]
    assert steps == ["attached", "exported"]


def test_for_another_reader_another_consent_is_needed(opened: Any) -> None:
    opened.ask(partial(_add, b"good " * 1000, [SPEAKER]))
    screen = package(opened)
    screen.model.choose_purpose("interpol_ccf")
    opened.settle()
    assert screen.model.state.chosen == () and not screen.write.isEnabled()
    assert screen.refusal.isVisible()


def test_a_consent_taken_back_while_the_list_is_shown_keeps_the_file_back(
    opened: Any, tmp_path: Path
) -> None:
    opened.ask(partial(_add, b"good " * 1000, [SPEAKER]))
    screen = package(opened)
    assert screen.model.state.chosen
    opened.ask(partial(_consent, "no"))
    screen.model.write(tmp_path / "package")
    ended(opened, screen)
    assert screen.model.state.outcome is not None and screen.model.state.chosen == ()
    assert not (tmp_path / "package").exists()


def test_a_package_that_is_stopped_leaves_nothing(opened: Any, tmp_path: Path) -> None:
    big = opened.ask(partial(_add, b"sound " * 6_000_000, [SPEAKER]))
    screen = package(opened)
    screen.model.write(tmp_path / "package")
    opened.qtbot.waitUntil(lambda: screen.model.state.fraction > 0, timeout=10_000)
    begun = time.perf_counter()
    screen.progress.stop.click()
    ended(opened, screen)
    assert time.perf_counter() - begun < 1.5
    assert not (tmp_path / "package").exists()
    assert [step["what"] for step in opened.ask(lambda vault: vault.get(big))["custody"]] == ["attached"]


@pytest.mark.parametrize("discreet", [False, True])
def test_custody_stands_in_words_on_the_evidence_page(opened: Any, discreet: bool) -> None:
    evidence = opened.ask(partial(_add, b"good " * 1000, [SPEAKER]))
    if discreet:
        opened.app.discreet.toggle()
    screen = opened.go("evidence", evidence)
    screen.custody.check.click()
    opened.qtbot.waitUntil(lambda: len(screen.custody._steps) == 2, timeout=5000)
    opened.settle()
    said = " ".join(label.text() for label in screen.custody.list.findChildren(Label))
    assert "taken into the notebook" in said and "the hash is the same" in said and "by this notebook" in said
    screen.custody.hand_over.click()
    opened.settle()
    shown = opened.app.window.current_screen()
    assert isinstance(shown, EvidencePackageScreen)
    texts = " ".join(row.words for row in shown.rows.values())
    assert ("secret title" in texts) is not discreet


def test_the_desk_leads_to_the_package(opened: Any) -> None:
    opened.ask(partial(_add, b"good " * 1000, [SPEAKER]))
    desk = opened.go("case", CASE)
    desk._hand_over()
    opened.settle()
    assert isinstance(opened.app.window.current_screen(), EvidencePackageScreen)
