"""Records out: the owner's plain copy, C3 included. Must not be used for anything that leaves by consent.

The same notebook gives the same bytes: types in the order of the format, records by id.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from i18n.message import msg
from storage.environment import problem_of
from storage.errors import Fault, InvalidInput
from storage.interchange.model import FORMAT
from storage.interchange.naming import PLURALS_IN_ORDER
from storage.records.kinds import Kind
from storage.records.spec import FieldSpec, spec_of

Doc = dict[str, Any]
Docs = Mapping[str, Mapping[str, Doc]]
Progress = Callable[[int, int], None]


class Source(Protocol):
    """What a dump asks the notebook. `Vault` is one."""

    def snapshot(self, case_id: str | None = None) -> Any:
        """All documents, or those of one case, as `.docs`."""

    def read_blob(self, record_id: str, field: str = "file", /) -> Iterator[bytes]:
        """The bytes of the file at a field of a record."""


def dump(
    vault: Source, case_id: str | None = None, to: Path | None = None, progress: Progress | None = None
) -> Doc:
    """The interchange document of the notebook or of one case.

    With `to` (`FILE.json`) it is written there and the attachments into `FILE.files/`; neither may exist. Without,
    files are described but have no path. Raises InvalidInput (the target exists), EnvironmentProblem (disk, permission).
    """
    docs = vault.snapshot(case_id).docs
    if case_id is not None:
        docs = _of_case(docs)
    if to is None:
        return _document(docs, None)
    with _target(Path(to)) as folder:
        document = _document(docs, _Writer(vault, folder))
        _write_json(Path(to), document)
        if progress is not None:
            progress(1, 1)
        return document


class _Writer:
    """Writes attachments beside the file, one name per content."""

    def __init__(self, vault: Source, folder: Path) -> None:
        self._vault, self._folder = vault, folder

    def write(self, record_id: str, field: str, file: Doc) -> str | None:
        """The relative path of the written file; None when the bytes are not here."""
        if not file.get("blobs"):
            return None
        self._folder.mkdir(mode=0o700, exist_ok=True)
        suffix = Path(str(file.get("name") or "")).suffix
        name = str(file["sha256"]) + (suffix if suffix.isascii() and suffix[1:].isalnum() else "")
        target = self._folder / name
        if not target.exists():
            with target.open("xb") as stream:
                for piece in self._vault.read_blob(record_id, field):
                    stream.write(piece)
        return f"{self._folder.name}/{name}"


def _document(docs: Docs, writer: _Writer | None) -> Doc:
    document: Doc = {"format": FORMAT}
    for record_type, plural in PLURALS_IN_ORDER:
        held = docs.get(record_type) or {}
        if held:
            fields = spec_of(record_type).fields
            document[plural] = [_outward(fields, held[key], writer, key, "") for key in sorted(held)]
    return document


def _outward(
    fields: Mapping[str, FieldSpec], value: Doc, writer: _Writer | None, record_id: str, path: str
) -> Doc:
    """A document or group without what only the notebook knows, with the paths of written files."""
    result: Doc = {"id": value["id"]} if "id" in value else {}
    for name, inner in value.items():
        spec = fields.get(name)
        below = f"{path}/{name}" if path else name
        if spec is not None and spec.internal:
            continue
        if spec is None or not spec.fields or not isinstance(inner, dict | list) or inner == {}:
            result[name] = inner
        elif isinstance(inner, list):
            result[name] = [
                _outward(spec.fields, element, writer, record_id, f"{below}/{element['id']}")
                for element in inner
            ]
        else:
            result[name] = _outward(spec.fields, inner, writer, record_id, below)
            if spec.kind is Kind.GROUP and "sha256" in spec.fields and writer is not None:
                written = writer.write(record_id, below, inner)
                if written is not None:
                    result[name] = {"path": written, **result[name]}
    return result


def _of_case(docs: Docs) -> Docs:
    """Of all persons in a case's snapshot, those that the case's records lead to."""
    persons = docs.get("person") or {}
    found: dict[str, Doc] = {}
    waiting: list[Any] = [
        doc for record_type, held in docs.items() if record_type != "person" for doc in held.values()
    ]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, str) and value in persons and value not in found:
            found[value] = persons[value]
            waiting.append(persons[value])
    return {**docs, "person": found}


@contextlib.contextmanager
def _target(to: Path) -> Iterator[Path]:
    """The folder for attachments; what was written is removed when something goes wrong."""
    folder = to.with_name((to.stem if to.suffix == ".json" else to.name) + ".files")
    for path in (to, folder):
        if path.exists() or path.is_symlink():
            raise InvalidInput(
                msg("An existing file is never replaced."),
                [Fault(path.name, msg("this file exists already"), msg("the name of a new file"))],
            )
    try:
        yield folder
    except BaseException as problem:
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            to.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise problem_of(problem) from problem
        raise


def _write_json(to: Path, document: Doc) -> None:
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
        json.dump(document, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
