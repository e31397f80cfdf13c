"""A wished document checked against the record definitions before it is saved. Must not write, and not define a field."""

from __future__ import annotations

from collections.abc import Callable

from i18n.message import msg
from storage.errors import InvalidInput
from storage.operations import Doc
from storage.reading import Reader
from storage.records import TYPES, Walker, own_field_types, with_element_ids


class _Notebook:
    """References as the notebook knows them; a deleted record may still be named by what stands already."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def resolve(self, identity: str) -> tuple[str, str] | None:
        """Give (id, type) of a record that is or once was here."""
        type_ = self._reader.type_ever(identity)
        return None if type_ is None else (identity, type_)


def prepare_doc(
    type_: str, wished: Doc, before: Doc | None, reader: Reader, make_id: Callable[[], str]
) -> Doc:
    """Give the normal form of a document, every list element with its id. Raises InvalidInput with every fault."""
    if type_ not in TYPES:
        raise InvalidInput(msg("There is no such kind of record."))
    own = own_field_types(reader.docs("questionnaire"))
    walker = Walker(references=_Notebook(reader), own_fields=own, in_file=False)
    checked = walker.record(type_, wished, "")
    if walker.faults:
        raise InvalidInput(msg("The record cannot be saved as it is."), walker.faults)
    return {"id": wished["id"], **with_element_ids(type_, before, checked, make_id)}
