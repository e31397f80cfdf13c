"""One record checked before it is stored, from the window or a script. Must not read files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from i18n.message import msg
from storage.errors import InvalidInput
from storage.records.elements import with_element_ids
from storage.records.forms import as_uuid, new_id
from storage.records.walker import OwnFieldType, References, Walker

Doc = dict[str, Any]


class _AnyRecord:
    """Accepts every well-formed id: for callers that check references elsewhere."""

    def resolve(self, identity: str) -> tuple[str, str] | None:
        found = as_uuid(identity)
        return None if found is None else (found, "")


class KnownRecords:
    """References against a function that gives the type of a record id (`Vault.type_of`)."""

    def __init__(self, type_of: Callable[[str], str | None]) -> None:
        self._type_of = type_of

    def resolve(self, identity: str) -> tuple[str, str] | None:
        """(id, type) of a record that exists, else None."""
        found = self._type_of(identity)
        return None if found is None else (identity, found)


def own_field_types(questionnaires: Any) -> dict[str, OwnFieldType]:
    """The own fields (`slug.name`) that questionnaire documents define."""
    fields = {}
    for doc in questionnaires:
        for own in doc.get("fields") or ():
            if isinstance(own, dict) and isinstance(own.get("name"), str):
                fields[f"{doc.get('slug')}.{own['name']}"] = OwnFieldType(
                    own.get("on"), own.get("type") or "text"
                )
    return fields


def check_doc(
    record_type: str,
    doc: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    *,
    references: References | None = None,
    own_fields: Mapping[str, OwnFieldType] | None = None,
    make_id: Callable[[], str] = new_id,
) -> Doc:
    """The normal form of a document to be stored: empty values dropped, every list element with an id.

    `before` is the current document; equal elements keep their ids. The id of `doc` is kept (one is drawn when it has
    none). Raises InvalidInput with every fault.
    """
    walker = Walker(references or _AnyRecord(), own_fields or _EveryOwnField(), in_file=False)
    checked = walker.record(record_type, doc, "")
    if walker.faults:
        raise InvalidInput(msg("The record cannot be saved as it is."), walker.faults)
    return {"id": doc.get("id") or make_id(), **with_element_ids(record_type, checked, before, make_id)}


class _EveryOwnField(dict[str, OwnFieldType]):
    """Own fields when no questionnaire is at hand: every one is taken as a free answer."""

    def get(self, key: str, default: Any = None) -> Any:
        return OwnFieldType(None, "answer") if "." in key else default
