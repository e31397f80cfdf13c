"""Checks single values against their kinds, and words every fault. Must not know groups, lists or records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from i18n.message import Message, msg
from storage.errors import Fault
from storage.records import forms, limits
from storage.records.kinds import BARE_BLANK, BLANKS, K, Kind
from storage.records.spec import spec_of

Doc = dict[str, Any]


class _Nothing:
    """A value that is absent, or faulty and already reported."""


NOTHING = _Nothing()


class References(Protocol):
    """Who a reference means: the import's table of new ids, or the notebook."""

    def resolve(self, identity: str) -> tuple[str, str] | None:
        """(id to store, record type) of what a file calls `identity`; None when there is no such record."""


@dataclass
class ValueChecker:
    """Gives the normal form of single values; what is wrong is appended to `faults`."""

    references: References
    faults: list[Fault] = field(default_factory=list, init=False)
    # In an update null means "cleared" and stays; elsewhere it is the same as absent.
    keep_null: bool = field(default=False, init=False)

    def _blank(self, k: K, value: Doc, path: str) -> Any:
        word = value["blank"]
        if len(value) > 1:
            return self._fault(
                path, msg("a blank together with other fields"), msg("either a blank or a value")
            )
        if not isinstance(word, str) or word not in BLANKS:
            return self._fault(join(path, "blank"), msg("not the word of a blank"), listed(BLANKS))
        if k.kind in (Kind.PERSON, Kind.AGENCY):
            return word
        if k.form in _NEVER_BLANK:
            return self._fault(path, msg("a blank where none can be"), msg("a text, or nothing"))
        if k.kind in BARE_BLANK:
            return self._fault(
                path, msg("a blank written as a group"), msg("the bare word, such as “unknown”")
            )
        return {"blank": word}

    def _scalar(self, k: K, value: Any, path: str) -> Any:
        return _CHECKS[k.kind](self, k, value, path)

    def _text(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, dict) and "blank" in value:
            return self._blank(k, value, path)
        if not isinstance(value, str):
            return self._wrong(path, value, msg("a text"))
        if not self._is_storable(value, path):
            return NOTHING
        if k.form and (expected := forms.expected_form(k.form, value)) is not None:
            return self._fault(path, msg("not of the form this field has"), expected)
        return value

    def _is_storable(self, text: str, path: str) -> bool:
        if len(text) * 4 > limits.TEXT_BYTES and forms.utf8_length(text) > limits.TEXT_BYTES:
            self._fault(path, msg("the text is too long"), msg("at most 8 MiB of text"))
            return False
        if forms.has_lone_surrogate(text):
            self._fault(path, msg("letters that are not Unicode text"), msg("plain text"))
            return False
        if "\0" in text:
            self._fault(path, msg("a zero character in a text"), msg("plain text"))
            return False
        return True

    def _choice(self, k: K, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            return self._wrong(path, value, _choice_hint(k))
        if value in k.choices or value in BLANKS or (k.lexicon and value in forms.lexicon_table(k.lexicon)):
            return value
        return self._fault(path, msg("a word that is not in the list"), _choice_hint(k))

    def _yes_no(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, bool) or (isinstance(value, str) and value in BLANKS):
            return value
        return self._wrong(path, value, msg("true, false or the word of a blank"))

    def _date(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, str) and (value in BLANKS or forms.is_date(value)):
            return value
        return self._wrong(
            path, value, msg("a date such as 2015-03-27, 2015-03, 2015~ or [2015..2016]"), "date"
        )

    def _datetime(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, str) and (value in BLANKS or forms.is_datetime(value)):
            return value
        return self._wrong(
            path, value, msg("a date and time with zone such as 2026-05-01T10:00+02:00"), "date"
        )

    def _number(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, str) and value in BLANKS:
            return value
        if isinstance(value, bool) or not isinstance(value, int):
            return self._wrong(path, value, msg("a whole number"))
        if abs(value) > limits.NUMBER_MAX or (k.form == "stage" and value not in (1, 2, 3)):
            expected = msg("1, 2 or 3") if k.form == "stage" else msg("a smaller number")
            return self._fault(path, msg("a number out of range"), expected)
        return value

    def _id(self, k: K, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            return self._wrong(path, value, msg("the id of a record"))
        if value in BLANKS or k.form == "element":
            return value
        if k.form == "subject":
            found = self.references.resolve(value)
            return (found[0] if found else value) if self._is_storable(value, path) else NOTHING
        return self._reference(k, value, path)

    def _person(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, dict):
            return self._words(value, path)
        if not isinstance(value, str):
            return self._wrong(path, value, msg("the id of a person, or a group with “words”"))
        return value if value in BLANKS else self._reference(k, value, path)

    def _agency(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, dict):
            return self._words(value, path)
        if not isinstance(value, str):
            return self._wrong(path, value, msg("the short name or id of a body, or a group with “words”"))
        if value in BLANKS or value in forms.lexicon_table(k.lexicon):
            return value
        return self._reference(k, value, path)

    def _words(self, value: Doc, path: str) -> Any:
        if "blank" in value:
            return self._blank(K(Kind.PERSON), value, path)
        for name in value:
            if name != "words":
                self._fault(join(path, name), msg("a field that does not exist"), msg("only “words”"))
        words = value.get("words")
        if set(value) != {"words"}:
            return NOTHING
        if not isinstance(words, str) or not words:
            return self._wrong(join(path, "words"), words, msg("a text"))
        return {"words": words} if self._is_storable(words, join(path, "words")) else NOTHING

    def _reference(self, k: K, value: str, path: str) -> Any:
        found = self.references.resolve(value)
        if found is None:
            return self._fault(path, msg("no record has this id"), _reference_hint(k))
        identity, record_type = found
        if k.refs and record_type not in k.refs:
            problem = msg(
                "this id belongs to another type of record ({type})", type=spec_of(record_type).label
            )
            return self._fault(path, problem, _reference_hint(k))
        return identity

    def _texts(self, k: K, value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            return self._wrong(path, value, msg("a group of texts"))
        texts: Doc = {}
        for name, inner in value.items():
            where = join(path, name)
            if not self._is_storable(name, where) or inner == "":
                continue
            if inner is None:
                if self.keep_null:
                    texts[name] = None
                continue
            if "/" in name or not name:
                self._fault(where, msg("a name that cannot be used"), msg("a name without a slash"))
            elif k.form and (expected := forms.expected_form(k.form, name)) is not None:
                self._fault(where, msg("not of the form this field has"), expected)
            elif not isinstance(inner, str):
                self._wrong(where, inner, msg("a text"))
            elif self._is_storable(inner, where):
                texts[name] = inner
        return texts or NOTHING

    def _answer(self, k: K, value: Any, path: str) -> Any:
        if isinstance(value, dict):
            if set(value) != {"blank"}:
                return self._fault(
                    path, msg("a group where an answer was expected"), msg("a value or a blank")
                )
            return self._blank(K(Kind.TEXT), value, path)
        if isinstance(value, list):
            return self._answers(value, path)
        if isinstance(value, bool):
            return value
        return (
            self._text(K(Kind.TEXT), value, path) if isinstance(value, str) else self._number(k, value, path)
        )

    def _answers(self, value: list[Any], path: str) -> Any:
        if len(value) > limits.LIST_ELEMENTS:
            return self._fault(
                path, msg("too many elements"), msg("at most {limit} elements", limit=limits.LIST_ELEMENTS)
            )
        texts = [
            self._text(K(Kind.TEXT), inner, f"{path}[{position}]") for position, inner in enumerate(value)
        ]
        return [text for text in texts if text is not NOTHING] or NOTHING

    def _unknown(self, path: str) -> None:
        self._fault(
            path,
            msg("a field that does not exist"),
            msg("a field of this record; see the description of the format"),
        )

    def _wrong(self, path: str, value: Any, expected: Message, wanted: str = "") -> Any:
        problem = msg("not a valid date") if wanted == "date" and isinstance(value, str) else _found(value)
        return self._fault(path, problem, expected)

    def _fault(self, path: str, problem: Message, expected: Message) -> Any:
        self.faults.append(Fault(forms.printable(path), problem, expected))
        return NOTHING


_CHECKS: dict[Kind, Callable[[ValueChecker, K, Any, str], Any]] = {
    Kind.TEXT: ValueChecker._text,
    Kind.CHOICE: ValueChecker._choice,
    Kind.YESNO: ValueChecker._yes_no,
    Kind.DATE: ValueChecker._date,
    Kind.DATETIME: ValueChecker._datetime,
    Kind.NUMBER: ValueChecker._number,
    Kind.ID: ValueChecker._id,
    Kind.PERSON: ValueChecker._person,
    Kind.AGENCY: ValueChecker._agency,
    Kind.TEXTS: ValueChecker._texts,
    Kind.ANSWER: ValueChecker._answer,
}


# Texts for machines: they are there or they are not.
_NEVER_BLANK = frozenset({"code", "sha256", "path"})


def join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _found(value: Any) -> Message:
    if value is None:
        return msg("nothing")
    if isinstance(value, bool):
        return msg("true or false")
    if isinstance(value, int | float):
        return msg("a number")
    if isinstance(value, str):
        return msg("a text")
    return msg("a list") if isinstance(value, list) else msg("a group")


def listed(words: Iterable[str]) -> Message:
    return msg("one of: {words}", words=", ".join(words))


def _choice_hint(k: K) -> Message:
    if k.lexicon == "kinds":
        return msg("a code of the taxonomy, such as {example}", example="detention.incommunicado")
    if k.lexicon:
        return msg("a document type, such as {example}", example="doc-verdict")
    return listed(k.choices)


def _reference_hint(k: K) -> Message:
    if not k.refs:
        return msg("the id of a record")
    if k.lexicon:
        return msg("the short name or id of a body, or a group with “words”")
    return msg("the id of a record of type {types}", types=", ".join(k.refs))
