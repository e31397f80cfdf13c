"""The desk's screens on a real notebook: what is typed is stored, found and reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.desk_notebook import Desk, a_case, desk, reviewing
from ui.widgets.chips import Chip

__all__ = ["desk"]


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
    screen.details.fields.fields["warrant_shown"].say_blank("unknown")
    wanted = {"when": "[2016-01..2016-04]", "when_words": "дар аввали соли 2016", "victims": [person]}
    desk.until(lambda: screen.model.state.loaded and not screen.model._writing)
    stored = desk.ask(lambda vault: vault.get(screen.model.state.id))
    assert {name: stored[name] for name in wanted} == wanted
    assert stored["details"] == {"detention": {"warrant_shown": "unknown"}}


def test_the_keys_of_the_review_store_decisions(desk: Desk) -> None:
    _case, brother, petition = a_case(desk)
    screen = reviewing(desk, petition)
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
    _case, brother, petition = a_case(desk)
    screen = reviewing(desk, petition)
    number, text = next(
        (n, p.text) for n, p in enumerate(screen.model.state.review.passages) if "трое" in p.text
    )
    start = text.index("пришли трое")
    screen.text.select(number, start, start + len("пришли трое"))
    QTest.keyClicks(screen.text, "h")
    desk.until(lambda: screen.model.saved)
    desk.until(
        lambda: any(m.quote == "пришли трое" and m.decided for m in screen.model.state.review.mentions)
    )
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

    _case, brother, petition = a_case(desk, story="Его звали Шодмон Назаров. Шодмону было двадцать лет.")
    screen = reviewing(desk, petition)
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
    assert {m.subject for m in screen.model.state.review.mentions if m.quote.startswith("Шодмон")} == {
        brother
    }


def test_a_case_is_made_filled_and_emptied_from_its_desk(desk: Desk, tmp_path: Path) -> None:
    from ui.views.case_desk import CaseDesk

    person = desk.save("person", {"names": [{"full": "Зафар Латипов"}]})
    screen = CaseDesk(desk.context, "")
    desk.show(screen)
    QTest.keyClicks(screen.title_field, "Autumn case")
    QTest.keyClick(screen.title_field, Qt.Key.Key_Return)
    desk.until(lambda: screen.model.state.contents is not None)
    case = screen.model.state.id
    assert screen.heading().title == "Autumn case" and screen.heading().code.startswith("K-")
    screen.people.head.button.click()  # type: ignore[union-attr]
    desk.until(lambda: bool(screen.model.state.choices))
    screen.panel.rows.stack.itemAt(0).widget().click()  # type: ignore[union-attr, attr-defined]
    desk.until(lambda: [line.id for line in screen.model.state.contents.people] == [person])
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(b"%PDF-1.4 invented")
    screen.evidence.head.button.click()  # type: ignore[union-attr]
    screen.panel.chooser.chosen.emit(paper)
    desk.until(lambda: len(screen.model.state.contents.evidence) == 1)
    evidence = screen.model.state.contents.evidence[0].id
    desk.until(lambda: "file" in desk.ask(lambda vault: vault.get(evidence)))
    assert desk.ask(lambda vault: b"".join(vault.read_blob(evidence))) == b"%PDF-1.4 invented"
    screen.model.begin_new("incident")
    desk.until(lambda: bool(screen.model.state.contents.events))
    assert desk.went[-1].screen == "incident"
    screen.model.remove("person", person)
    desk.until(lambda: not desk.ask(lambda vault: vault.get(case)).get("victims"))
    assert desk.ask(lambda vault: vault.get(person)) is not None


def test_a_petition_begins_at_the_case_desk(desk: Desk) -> None:
    from ui.views.case_desk import CaseDesk

    case, _brother, _petition = a_case(desk)
    screen = CaseDesk(desk.context, case)
    desk.show(screen)
    desk.until(lambda: screen.model.state.loaded)
    assert screen.model.state.checks and not screen.model.state.ready
    screen.start.click()
    desk.until(lambda: bool(desk.went))
    made = desk.ask(lambda vault: vault.get(desk.went[-1].record_id))
    assert (
        desk.went[-1].screen == "export"
        and made["procedure"] == "wgad"
        and made["reference"].startswith("R-")
    )


@pytest.mark.parametrize("size", [90, 200])
def test_the_screens_stand_at_every_text_size(desk: Desk, size: int) -> None:
    from ui.views.case_desk import CaseDesk
    from ui.views.export import ExportAssistant
    from ui.views.person import PersonScreen

    case, brother, petition = a_case(desk)
    desk.context.look.theme.set("dark", size)
    for screen in (
        CaseDesk(desk.context, case),
        ExportAssistant(desk.context, petition),
        PersonScreen(desk.context, brother),
    ):
        desk.show(screen)
    review = reviewing(desk, petition)
    assert not review.grab().isNull()
    desk.context.look.theme.set("light", 100)


def test_hidden_names_vanish_from_the_desk(desk: Desk) -> None:
    from PySide6.QtWidgets import QLabel

    from ui.views.case_desk import CaseDesk
    from ui.views.incident import IncidentScreen
    from ui.views.person import PersonScreen
    from ui.widgets.row import Row

    case, brother, _petition = a_case(desk)
    incident = desk.save("incident", {"title": "A visit", "victims": [brother]})
    screens = [
        CaseDesk(desk.context, case),
        PersonScreen(desk.context, brother),
        IncidentScreen(desk.context, incident),
    ]
    for screen in screens:
        desk.show(screen)
    desk.until(lambda: all(screen.model.state.loaded for screen in screens))

    def said(screen: Any) -> str:
        rows = [row.accessibleName() for row in screen.findChildren(Row)]
        chips = (
            [chip.words for chip in screen.victims.findChildren(Chip)]
            if isinstance(screen, IncidentScreen)
            else []
        )
        labels = [label.text() for label in screen.findChildren(QLabel)] + [str(screen.heading().title)]
        return "\n".join([*rows, *chips, *labels])

    assert all("Латипов" in said(screen) for screen in screens)
    desk.context.discreet.toggle()
    desk.until(lambda: not any("Латипов" in said(screen) for screen in screens))
