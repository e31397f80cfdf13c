"""Codes of people, interviews and cases: drawn so that none is ever issued twice (rule 9). Must not write: a save does."""

from __future__ import annotations

from random import Random

from i18n.message import Message, msg
from storage.errors import Fault, InvalidInput
from storage.operations import Doc
from storage.records.codes import CODE_PREFIXES, draw_code, is_valid_code
from storage.session import Session


class Issuer:
    """Draws codes during one operation; remembers what it drew until the operation's rows stand in the table."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._drawn: set[str] = set()
        self._used: dict[str, int] = {}
        self._rng = Random(session.env.random(32))

    def with_code(self, type_: str, doc: Doc) -> Doc:
        """Give the document with a code, where its type has one; one that is there must be valid and free.

        Raises InvalidInput.
        """
        if type_ not in CODE_PREFIXES:
            return doc
        code = doc.get("code")
        if code is None:
            return {**doc, "code": self._draw(type_)}
        if not is_valid_code(code, type_):
            raise _refusal("code", msg("{code} is not a valid code", code=code))
        if self.is_taken(code, doc.get("id")):
            raise _refusal("code", msg("the code {code} belongs to another record", code=code))
        self._drawn.add(code)
        return doc

    def _draw(self, type_: str) -> str:
        if type_ not in self._used:
            sql = "SELECT count(*) FROM codes WHERE code >= ? AND code < ?"
            prefix = CODE_PREFIXES[type_] + "-"
            row = self._session.database.one(sql, (prefix, prefix + "\uffff"))
            self._used[type_] = int(row[0]) if row else 0
        code = draw_code(type_, self._session.vault_number, self._used[type_], self.is_taken, self._rng)
        self._used[type_] += 1
        self._drawn.add(code)
        return code

    def is_taken(self, code: str, record_id: str | None = None) -> bool:
        """True if the code was ever issued to another record, here or in this operation."""
        row = self._session.database.one("SELECT record FROM codes WHERE code = ?", (code,))
        return code in self._drawn if row is None else row[0] != record_id


def _refusal(path: str, problem: Message) -> InvalidInput:
    fault = Fault(path, problem, msg("a free code with a right check digit, or none: then one is drawn"))
    return InvalidInput(msg("The record was not saved."), [fault])
