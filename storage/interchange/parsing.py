"""An interchange file to records ready to be stored, or every fault in it. Must not write anything."""

from __future__ import annotations

import contextlib
import gc
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from i18n.message import msg
from storage.errors import Fault, Incompatible
from storage.history.canonical import NotCanonical, encode
from storage.interchange import files
from storage.interchange.files import Attachment, BadFile
from storage.interchange.model import FORMAT, Known, ParsedInterchange, ParsedRecord
from storage.interchange.naming import PLURALS_IN_ORDER, Names, follow
from storage.interchange.strict import read_json, refused
from storage.interchange.updating import updated, without_nulls
from storage.records.codes import CODE_PREFIXES, is_valid_code
from storage.records.elements import with_element_ids
from storage.records.forms import new_id, printable
from storage.records.kinds import Kind
from storage.records.own_fields import own_field_types
from storage.records.spec import TYPE_OF_PLURAL, TYPES, FieldSpec, spec_of
from storage.records.walker import Walker

Doc = dict[str, Any]
Progress = Callable[[int, int], None]
_STEP = 500
_HAVE_FILES = frozenset(
    name for name in TYPES if any("sha256" in spec.fields for spec in spec_of(name).walk())
)


def parse_interchange(
    path: Path, known: Known, *, make_id: Callable[[], str] = new_id, progress: Progress | None = None
) -> ParsedInterchange:
    """Read and check a file against the notebook `known`. InvalidInput with every fault; Incompatible for a newer format."""
    with _collection_paused():
        value = read_json(Path(path))
        return _Parser(Path(path), known, make_id, progress).parse(value)


@contextlib.contextmanager
def _collection_paused() -> Iterator[None]:
    """No search for reference cycles meanwhile: plain JSON has none, and looking costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Parser:
    def __init__(
        self, path: Path, known: Known, make_id: Callable[[], str], progress: Progress | None
    ) -> None:
        self._path, self._known, self._make_id, self._progress = path, known, make_id, progress
        self._faults: list[Fault] = []
        self._names = Names(known, make_id)
        self._attachments: list[Attachment] = []
        self._codes: set[str] = set()

    def parse(self, value: Any) -> ParsedInterchange:
        raw = list(self._records(value))
        walker = Walker(self._names, own_field_types(self._questionnaires(raw)))
        walker.faults = self._faults
        walked = []
        for count, (record_type, where, record, identity) in enumerate(raw):
            before = self._known.get(identity)
            doc = walker.record(record_type, record, where, patch=before is not None)
            self._check_code(record_type, identity, doc, before, where)
            walked.append(
                (
                    record_type,
                    where,
                    identity,
                    self._names.rename_elements(record_type, identity, doc),
                    before,
                )
            )
            if self._progress is not None and count % _STEP == 0:
                self._progress(count, len(raw))
        records = [self._finished(*item) for item in walked]
        if self._faults:
            raise refused(self._faults)
        return ParsedInterchange(tuple(records), tuple(self._attachments), self._digest(value))

    # -- the file's outline --

    def _records(self, value: Any) -> Iterator[tuple[str, str, Doc, str]]:
        """(type, path, record, UUID) of every record, in the order of the types; outline faults are noted."""
        lists = self._lists(value)
        taken: list[tuple[str, str, Doc]] = []
        for record_type, plural in PLURALS_IN_ORDER:
            for position, record in enumerate(lists.get(plural) or ()):
                where = f"{plural}[{position}]"
                if not isinstance(record, dict):
                    self._fault(where, msg("not a group of fields"), msg("a record"))
                    continue
                fault = self._names.take(record.get("id"), record_type, f"{where}.id")
                if fault is not None:
                    self._faults.append(fault)
                taken.append((record_type, where, record))
        for record_type, where, record in taken:
            identity = record.get("id")
            found = self._names.resolve(identity) if isinstance(identity, str) else None
            yield record_type, where, record, found[0] if found else ""

    def _lists(self, value: Any) -> dict[str, list[Any]]:
        if not isinstance(value, dict):
            raise refused([Fault(".", msg("not a group of lists"), msg("an interchange file"))])
        self._check_format(value.get("format"))
        lists = {}
        for name, inner in value.items():
            if name == "format":
                continue
            if name not in TYPE_OF_PLURAL:
                self._fault(
                    name,
                    msg("a list that does not exist"),
                    msg("one of: {words}", words=", ".join(TYPE_OF_PLURAL)),
                )
            elif inner is not None and not isinstance(inner, list):
                self._fault(name, msg("not a list"), msg("a list of records"))
            else:
                lists[name] = inner or []
        return lists

    def _check_format(self, given: Any) -> None:
        if given == FORMAT:
            return
        name, slash, version = given.partition("/") if isinstance(given, str) else ("", "", "")
        if (
            name == FORMAT.partition("/")[0]
            and slash
            and version.isascii()
            and version.isdigit()
            and int(version[:9]) > 1
        ):
            raise Incompatible(msg("This file was made by a newer Daftar."))
        raise refused([Fault("format", msg("not the name of this format"), msg("“{format}”", format=FORMAT))])

    def _questionnaires(self, raw: list[tuple[str, str, Doc, str]]) -> list[Doc]:
        in_file = [record for record_type, _, record, _ in raw if record_type == "questionnaire"]
        self._check_questionnaires(
            [(where, record) for kind, where, record, _ in raw if kind == "questionnaire"]
        )
        return [*self._known.docs("questionnaire"), *in_file]

    def _check_questionnaires(self, given: list[tuple[str, Doc]]) -> None:
        for where, record in given:
            fields = record.get("fields")
            for position, own in enumerate(fields if isinstance(fields, list) else ()):
                target = own.get("on") if isinstance(own, dict) else None
                if isinstance(target, str) and target and target not in TYPES:
                    self._fault(
                        f"{where}.fields[{position}].on",
                        msg("no such type of record"),
                        msg("one of: {words}", words=", ".join(TYPES)),
                    )

    # -- one record --

    def _check_code(self, record_type: str, identity: str, doc: Doc, before: Doc | None, where: str) -> None:
        code = doc.get("code")
        if record_type not in CODE_PREFIXES or not isinstance(code, str):
            if record_type in CODE_PREFIXES and before is not None:
                doc.pop("code", None)  # a code is never taken away
            return
        holder = self._known.find_code(code)
        if not is_valid_code(code, record_type):
            self._fault(
                f"{where}.code",
                msg("a code of another type of record"),
                msg("a code that begins with {letter}", letter=CODE_PREFIXES[record_type]),
            )
        elif code in self._codes or holder not in (None, identity):
            self._fault(
                f"{where}.code", msg("this code belongs to another record"), msg("a free code, or none")
            )
        elif before is not None and before.get("code") not in (None, code):
            self._fault(
                f"{where}.code", msg("this record has another code already"), msg("the code it has, or none")
            )
        self._codes.add(code)

    def _finished(
        self, record_type: str, where: str, identity: str, doc: Doc, before: Doc | None
    ) -> ParsedRecord:
        def report(below: str, problem: Any, expected: Any) -> None:
            self._fault(where + below, problem, expected)

        followed = follow(self._names, record_type, identity, doc, report)
        described = followed
        if record_type in _HAVE_FILES:
            fields = spec_of(record_type).fields
            described = self._with_files(fields, followed, before or {}, where, identity, "")
        if before is None:
            merged = without_nulls(described)
        else:
            merged = updated(
                record_type, {key: inner for key, inner in before.items() if key != "id"}, described
            )
        complete = with_element_ids(record_type, before, merged, self._make_id)
        self._place_attachments(record_type, identity, complete)
        return ParsedRecord(record_type, identity, {"id": identity, **complete}, before)

    def _with_files(self, fields: Any, value: Doc, before: Doc, where: str, identity: str, path: str) -> Doc:
        """Groups that describe a file get its real name, type, size and hash; the file is noted as attachment."""
        result = dict(value)
        for name, inner in value.items():
            spec: FieldSpec | None = fields.get(name)
            if spec is None or not spec.fields:
                continue
            here, below = f"{where}.{name}", f"{path}/{name}" if path else name
            old = before.get(name)
            if spec.kind is Kind.LIST and isinstance(inner, list):
                olds = {element.get("id"): element for element in old} if isinstance(old, list) else {}
                result[name] = [
                    self._with_files(
                        spec.fields,
                        element,
                        olds.get(element.get("id")) or {},
                        f"{here}[{at}]",
                        identity,
                        f"{below}/{at}",
                    )
                    for at, element in enumerate(inner)
                ]
            elif isinstance(inner, dict) and "blank" not in inner:
                if "sha256" in spec.fields:
                    result[name] = self._file(
                        inner, old if isinstance(old, dict) else {}, here, identity, below
                    )
                else:
                    result[name] = self._with_files(
                        spec.fields, inner, old if isinstance(old, dict) else {}, here, identity, below
                    )
        return result

    def _file(self, given: Doc, old: Doc, where: str, identity: str, path: str) -> Doc:
        written = given.get("path")
        if not isinstance(written, str):
            described = {name: inner for name, inner in given.items() if inner is not None}
            if described.get("sha256", old.get("sha256")) == old.get("sha256"):
                return {**old, **described}
            return described
        try:
            source = files.locate(self._path.parent, written)
            described = files.describe(source, given, written)
        except BadFile as bad:
            self._fault(f"{where}.path", bad.problem, bad.expected)
            return {}
        if old.get("blobs") and old.get("sha256") == described["sha256"]:
            return {**old, **described}
        self._attachments.append(Attachment(identity, path, source, **described))
        return described

    def _place_attachments(self, record_type: str, identity: str, doc: Doc) -> None:
        """Say which element holds each new file by its id, now that every element has one."""
        for at in range(len(self._attachments) - 1, -1, -1):
            attachment = self._attachments[at]
            if attachment.record_id != identity:
                break
            current: Any = doc
            named = []
            for segment in attachment.field.split("/"):
                if isinstance(current, list):
                    current = current[int(segment)]
                    named.append(current["id"])
                else:
                    current = current[segment]
                    named.append(segment)
            self._attachments[at] = Attachment(
                identity,
                "/".join(named),
                attachment.source,
                attachment.name,
                attachment.media_type,
                attachment.size,
                attachment.sha256,
            )

    # -- results --

    def _digest(self, value: Any) -> str:
        try:
            digest = hashlib.sha256(encode(value))
        except NotCanonical:
            raise refused(
                [Fault(".", msg("a value that cannot be kept"), msg("whole numbers and plain text"))]
            ) from None
        for attachment in self._attachments:
            digest.update(bytes.fromhex(attachment.sha256))
        return digest.hexdigest()

    def _fault(self, path: str, problem: Any, expected: Any) -> None:
        self._faults.append(Fault(printable(path), problem, expected))
