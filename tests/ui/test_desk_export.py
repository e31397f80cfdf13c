"""The export assistant on a real notebook: copies leave through the gate, or nothing leaves and the reason is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import exports
from storage import SaveRecord
from tests.ui.desk_notebook import TODAY, Desk, a_case, desk, reviewing

__all__ = ["desk"]


def test_the_assistant_writes_copies_through_the_gate(desk: Desk, tmp_path: Path) -> None:
    from ui.views.export import ExportAssistant, first_step_in_need

    case, _brother, petition = a_case(desk)
    screen = ExportAssistant(desk.context, case)
    desk.show(screen)
    desk.until(lambda: screen.model.state.contents is not None)
    assert screen.model.state.contents.petition == petition
    assert {reader.recipient for reader in screen.model.state.contents.readers}
    review = reviewing(desk, petition)
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
    desk.until(
        lambda: (
            not screen.model.state.writing and bool(screen.model.state.files or screen.model.state.refusal)
        )
    )
    assert screen.model.state.refusal is None, screen.model.state.refusal
    written = {item.name for item in screen.model.state.files}
    assert {path.name for path in folder.iterdir()} == written | {"manifest.json"}
    public = next(path for path in folder.iterdir() if "public" in path.name)
    snapshot = desk.ask(lambda vault: vault.snapshot(case))
    protected = exports.protected_for(snapshot, snapshot.get(petition), "public")
    assert protected.persons and exports.check_pdf(public, protected) == []
    assert public.read_bytes().startswith(b"%PDF")
    desk.until(lambda: bool(desk.ask(lambda vault: vault.get(petition)).get("exports")))
    again = ExportAssistant(desk.context, petition)
    assert again.who_sees().source.startswith("Nothing has left")
    desk.show(again)
    desk.until(lambda: again.model.state.contents is not None)
    assert again.who_sees().source.startswith("The written copies lie")


def _ready_to_write(desk: Desk, folder: Path) -> Any:
    from ui.views.export import ExportAssistant

    _case, _brother, petition = a_case(desk, story="Спрашивали про Фарруха Латипова. Фаррух уехал.")
    screen = ExportAssistant(desk.context, petition)
    desk.show(screen)
    desk.until(lambda: screen.model.state.contents is not None)
    folder.mkdir()
    screen.write.chooser.chosen.emit(folder)
    return screen


def test_stopping_the_export_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    screen = _ready_to_write(desk, folder)
    screen.write_button.click()
    assert screen.model.state.writing
    screen.write.progress.stop.click()
    assert not screen.model.state.writing and screen.model.state.refusal is not None
    desk.ask(lambda vault: vault.counts())
    assert list(folder.iterdir()) == []


def test_a_second_export_into_the_same_folder_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    screen = _ready_to_write(desk, folder)
    screen.write_button.click()
    desk.until(lambda: bool(screen.model.state.files) and not screen.model.state.writing)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    screen.write_button.click()
    desk.until(lambda: not screen.model.state.writing and screen.model.state.refusal is not None)
    assert "never replaced" in screen.model.state.refusal.source and not screen.model.state.leak
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_leak_found_by_the_gate_opens_the_review(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    from i18n.message import msg
    from storage import LeakFound

    def leaking(*_args: object, **_more: object) -> object:
        raise LeakFound(msg("A protected name is still there."))

    screen = _ready_to_write(desk, tmp_path / "out")
    monkeypatch.setattr(exports, "local_runner", leaking)
    screen.write_button.click()
    desk.until(lambda: screen.model.state.refusal is not None)
    assert screen.model.state.leak and list((tmp_path / "out").iterdir()) == []
    screen.write.refusal.acted.emit()
    assert desk.went[-1].screen == "redaction"


def test_an_open_place_holds_the_public_copy_back(desk: Desk, tmp_path: Path) -> None:
    from ui.views.export import ExportAssistant, first_step_in_need

    _case, _brother, petition = a_case(desk, story="Фаррух Латипов уехал. Приходил и А. Латипов.")
    screen = ExportAssistant(desk.context, petition)
    desk.show(screen)
    desk.until(lambda: screen.model.state.contents is not None)
    assert screen.model.state.open_places and first_step_in_need(screen.model.state) == "redaction"
    screen.write_button.click()
    assert screen.model.state.step == "redaction" and not screen.model.state.writing


def test_who_will_learn_what_names_people_by_code_only(desk: Desk) -> None:
    from ui.views.export import ExportAssistant

    _case, _brother, petition = a_case(desk, procedure="wgad")
    screen = ExportAssistant(desk.context, petition)
    desk.show(screen)
    desk.until(lambda: screen.model.state.contents is not None)
    readers = {(reader.audience, reader.recipient): reader for reader in screen.model.state.contents.readers}
    assert readers[("filing", "secretariat")].named and not readers[("public", "public")].named
    assert all(
        code.startswith("P-") for reader in readers.values() for code in (*reader.named, *reader.replaced)
    )
    assert readers[("government", "respondent_state")].replaced


def test_a_procedure_without_consent_is_shown_with_what_keeps_it_back(desk: Desk) -> None:
    from ui.views.export import ExportAssistant, first_step_in_need

    _case, _brother, petition = a_case(desk)
    screen = ExportAssistant(desk.context, petition)
    desk.show(screen)
    desk.until(lambda: screen.model.state.contents is not None)
    screen.model.choose_procedure("ecthr")
    desk.until(
        lambda: screen.model.state.contents is not None and screen.model.state.contents.procedure == "ecthr"
    )
    contents = screen.model.state.contents
    assert any(check.protective for check in contents.checks) and contents.counts == {}
    assert first_step_in_need(screen.model.state) == "what"
    desk.until(lambda: screen.preview.state.problem is not None)
    assert not desk.said


def test_a_statement_nobody_chose_a_language_for_follows_its_speaker(desk: Desk, tmp_path: Path) -> None:
    from ui.viewmodels import export_writing
    from ui.views.export import ExportAssistant

    case, _brother, petition = a_case(desk)
    doc = desk.ask(lambda vault: vault.get(petition))
    asked: list[Any] = []
    made = pytest.MonkeyPatch()
    made.setattr(
        export_writing.exports,
        "write_copies",
        lambda request, *_args, **_more: asked.append(request) or "written",
    )
    try:
        for language in ("tg", None):
            fields = {name: value for name, value in doc.items() if name not in ("id", "code", "language")}
            desk.ask(
                lambda vault, f=fields, code=language: vault.write(
                    SaveRecord("petition", {**f, "language": code} if code else f, petition)
                )
            )
            desk.ask(
                lambda vault: export_writing.write_export(
                    petition, ("filing",), tmp_path, TODAY, exports.local_runner, vault, _Job()
                )
            )
    finally:
        made.undo()
    assert [(request.language, request.follow_speaker) for request in asked] == [("tg", False), ("ru", True)]
    screen = ExportAssistant(desk.context, petition)
    desk.show(screen)
    desk.until(lambda: screen.model.state.contents is not None)
    assert screen.model.state.contents.language == "ru" and not screen.what.sections.editors
    other = desk.save(
        "case",
        {
            name: value
            for name, value in desk.ask(lambda vault: vault.get(case)).items()
            if name not in ("id", "code")
        },
    )
    fresh = ExportAssistant(desk.context, other)
    desk.show(fresh)
    desk.until(lambda: fresh.model.state.contents is not None)
    fresh.model.choose_procedure("statement")
    desk.until(
        lambda: fresh.model.state.contents is not None and fresh.model.state.contents.procedure == "statement"
    )
    assert "language" not in desk.ask(lambda vault: vault.get(fresh.model.state.contents.petition))


def test_the_requests_to_the_court_are_written_in_the_window(desk: Desk) -> None:
    from ui.views.export import ExportAssistant

    case, _brother, _petition = a_case(desk)
    screen = ExportAssistant(desk.context, case)
    desk.show(screen)
    desk.until(lambda: screen.model.state.contents is not None)
    screen.model.choose_procedure("ecthr")
    desk.until(lambda: screen.model.state.contents is not None and bool(screen.what.sections.editors))
    assert tuple(screen.what.sections.editors) == ("anonymity", "nationality")
    for name, text in (("anonymity", "Relatives would be summoned."), ("nationality", "-")):
        editor = screen.what.sections.editors[name]
        editor.field.set_text(text)
        editor._finish()
        desk.until(lambda wanted=(name, text): screen.model.state.contents.sections[wanted[0]] == wanted[1])
    petition = screen.model.state.contents.petition
    assert desk.ask(lambda vault: vault.get(petition))["sections"] == {
        "anonymity": "Relatives would be summoned.",
        "nationality": "-",
    }
    screen.what.sections.editors["nationality"].answered.emit("")
    desk.until(lambda: not screen.model.state.contents.sections["nationality"])
    assert desk.ask(lambda vault: vault.get(petition))["sections"] == {
        "anonymity": "Relatives would be summoned."
    }


class _Job:
    cancel_event = None

    def report(self, *_args: object) -> None:
        return None
