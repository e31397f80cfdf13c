"""`daftar redact`: finds and replaces protected people in a plain text. Must not change anything else of the text."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from desktop.cli.context import Run, not_utf8, read_bytes
from desktop.cli.parser import UsageProblem
from exports import ProtectedSet, RedactedText, protected_for, protected_from_names, redact_text
from i18n.message import msg
from storage import Fault, InvalidInput, limits

_NAMES_LIMIT = 64 << 20
_BOM = "\ufeff"


def run(run: Run) -> int:
    """Print the text with its certain mentions replaced, or the spans as JSON."""
    arguments, console = run.arguments, run.console
    audience = arguments.maybe("audience") or "public"
    _one_source(run)
    text = _text(arguments.text("file"))
    protected = _protected(run, audience)
    redacted = redact_text(
        text,
        arguments.text("lang"),
        protected,
        audience,
        possible="hide" if arguments.maybe("possible") == "hide" else "keep",
    )
    if arguments.flag("json"):
        console.json(to_json(redacted))
    else:
        console.raw(redacted.text)
    return 0


def to_json(redacted: RedactedText) -> dict[str, Any]:
    """The form scripts rely on; offsets are code points of the input."""
    spans: list[dict[str, Any]] = []
    for span in redacted.spans:
        row: dict[str, Any] = {
            "start": span.start,
            "end": span.end,
            "subject": span.subject,
            "kind": span.kind,
            "form": span.form,
            "how": span.how,
            "certain": span.certain,
        }
        if span.candidates:
            row["candidates"] = list(span.candidates)
        spans.append(row)
    return {"spans": spans, "text": redacted.text}


def _one_source(run: Run) -> None:
    given = [key for key in ("vault", "names") if run.arguments.maybe(key) is not None]
    if len(given) != 1:
        raise UsageProblem(msg("Give either {one} or {other}.", one="--vault with --case", other="--names"))
    if given == ["vault"] and run.arguments.maybe("case") is None:
        raise UsageProblem(msg("The option {option} is needed.", option="--case"))


def _text(name: str) -> str:
    path = Path(name)
    if name == "-":
        data = sys.stdin.buffer.read(limits.TEXT_BYTES + 1)
        path = Path("stdin")
    else:
        data = read_bytes(path, msg("a text in UTF-8"), limits.TEXT_BYTES)
    try:
        return data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise not_utf8(path, error.start) from None


def _protected(run: Run, audience: str) -> ProtectedSet:
    names = run.arguments.maybe("names")
    if names is not None:
        return protected_from_names(_names(Path(names)))
    with run.vault() as vault:
        case_id = vault.resolve(run.arguments.text("case"), "case")
        return protected_for(vault.snapshot(case_id), case_id, audience)


def _names(path: Path) -> dict[str, Any]:
    data = read_bytes(path, msg("a JSON file with persons, places or identifiers"), _NAMES_LIMIT)
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        fault = Fault(
            str(path), msg("this is no JSON object"), msg("a JSON file with persons, places or identifiers")
        )
        raise InvalidInput(msg("The file of names cannot be used."), [fault])
    return value
