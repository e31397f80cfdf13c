"""One incident: what, when, where, to whom, by whom, and how it is known. Must not know widgets or judge what is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from i18n.message import Message, msg
from storage import GROUP_LABELS, kind_label, lexicon
from ui.context import Context
from ui.viewmodels.person import CHOICES, known_people, shown_name
from ui.viewmodels.person_answers import Answer, Doc, Shape, write_answer
from ui.viewmodels.person_record import RecordEditor

if TYPE_CHECKING:
    from storage import Vault

KindRow = tuple[str, Message, Message, str]


def incident_kinds() -> tuple[KindRow, ...]:
    """The taxonomy in the order it ships: code, name, group."""
    return tuple(
        (kind.code, kind.label, GROUP_LABELS.get(kind.group, Message(kind.group)), "")
        for kind in lexicon().kinds.values()
    )


def details_form(kind: str) -> str:
    """Which group of details a kind asks for; empty when none."""
    entry = lexicon().kinds.get(kind)
    form = entry.details_form if entry else None
    return form if form and form != "none" else ""


def read_around(incident_id: str, vault: Vault) -> Mapping[str, Any]:
    """People, interviews, papers and other incidents one can point to."""
    people = known_people(vault, CHOICES)
    doc = vault.get(incident_id) if incident_id else None
    for name in ("victims", "witnesses"):
        members = (doc or {}).get(name)
        for member in members if isinstance(members, list) else ():
            person = vault.get(member) if isinstance(member, str) and member not in people else None
            if person is not None:
                people[person["id"]] = (str(person.get("code") or ""), shown_name(person))
    return {
        "people": people,
        "interviews": {row.id: row.code or "" for row in vault.rows("interview", 0, CHOICES)},
        "evidence": {row.id: row.title for row in vault.rows("evidence", 0, CHOICES)},
        "incidents": {other["id"]: _incident_title(other) for other in _neighbours(incident_id, vault)},
    }


def _neighbours(incident_id: str, vault: Vault) -> list[Doc]:
    """Other incidents of the cases this one belongs to."""
    wanted: list[str] = []
    for record_type, record_id in vault.referring(incident_id) if incident_id else ():
        case = (vault.get(record_id) or {}) if record_type == "case" else {}
        held = [item for item in case.get("incidents") or [] if isinstance(item, str)]
        wanted += held if incident_id in held else []
    return list(vault.docs("incident", [item for item in dict.fromkeys(wanted) if item != incident_id]))


def _title(doc: Doc) -> str:
    title = doc.get("title")
    return title if isinstance(title, str) else ""


def _incident_title(doc: Doc) -> Message | str:
    kind = doc.get("kind")
    return _title(doc) or (
        kind_label(kind) if isinstance(kind, str) and kind in lexicon().kinds else msg("Incident")
    )


class IncidentEditor(RecordEditor):
    """A `RecordEditor` for incidents with the commands that touch more than one field."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, "incident", read_around, parent)

    def set_when(self, edtf_text: str, words: str) -> None:
        """The date as understood and the witness's words."""
        self.put({"when": edtf_text, "when_words": words})

    def add_member(self, name: str, person_id: str) -> None:
        """Add a person to victims or witnesses."""
        held = self._members(name)
        if person_id not in held:
            self.put({name: [*held, person_id]})

    def remove_member(self, name: str, person_id: str) -> None:
        """Take a person out of victims or witnesses."""
        self.put({name: [item for item in self._members(name) if item != person_id]})

    def answer_detail(self, name: str, shape: Shape, answer: Answer) -> None:
        """Answer one question of the details group of this kind."""
        form = details_form(str(self._state.doc.get("kind") or ""))
        details = self._state.doc.get("details")
        groups: Doc = {
            **(details if isinstance(details, dict) else {}),
            form: write_answer(self.detail_group(), name, shape, answer),
        }
        self.put({"details": {key: value for key, value in groups.items() if value}})

    def set_detail_element(self, name: str, element: Doc) -> None:
        """Change the element with this id in a list of the details, or add it."""
        kept = self._detail_elements(name)
        known = any(each.get("id") == element.get("id") for each in kept)
        rows = [element if each.get("id") == element.get("id") else each for each in kept]
        self._put_list(name, rows if known else [*rows, element])

    def remove_detail_element(self, name: str, element_id: str) -> None:
        """Take one element out of a list of the details."""
        self._put_list(name, [each for each in self._detail_elements(name) if each.get("id") != element_id])

    def _detail_elements(self, name: str) -> list[Doc]:
        value = self.detail_group().get(name)
        return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []

    def _put_list(self, name: str, rows: list[Doc]) -> None:
        self.answer_detail(name, "list", Answer(rows, None) if rows else Answer())

    def detail_group(self) -> Doc:
        """The answers of the details group of this kind."""
        form = details_form(str(self._state.doc.get("kind") or ""))
        details = self._state.doc.get("details")
        group = details.get(form) if isinstance(details, dict) else None
        return group if isinstance(group, dict) else {}

    def _members(self, name: str) -> list[Any]:
        value = self._state.doc.get(name)
        return list(value) if isinstance(value, list) else []
