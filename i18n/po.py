"""Reads and writes gettext .po files, the same bytes for the same entries. Must not judge translations (`i18n.check`)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from i18n import mo
from i18n.plurals import plural_count, plural_header

REVIEWED = "reviewed"  # a translator comment: a person has read this translation
CRITICAL = "critical"  # an extracted comment: consent, export, deletion or emergency
AUTO = "auto"  # a translator comment: made by the converter


@dataclass(frozen=True)
class Entry:
    """One message of a catalog. `forms` holds one text, or one per plural form; all empty when not translated."""

    source: str
    plural: str | None = None
    context: str | None = None
    forms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # translator comments, kept
    extracted: tuple[str, ...] = ()  # comments from the source
    files: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key in a compiled catalog."""
        return mo.key_of(self.source, self.plural, self.context)

    @property
    def id(self) -> str:
        """A short, stable name of the entry, unique in the catalog."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:10]

    @property
    def translated(self) -> bool:
        """Whether every form is filled."""
        return bool(self.forms) and all(self.forms)

    @property
    def critical(self) -> bool:
        """Whether the text is about consent, export, deletion or an emergency."""
        return CRITICAL in self.extracted

    def with_forms(self, forms: Iterable[str]) -> Entry:
        """The entry with other words."""
        return replace(self, forms=tuple(forms))


@dataclass(frozen=True)
class PoFile:
    """A catalog as written: header lines by name, entries in order, and lines that are not understood."""

    header: dict[str, str]
    entries: tuple[Entry, ...]
    fuzzy: int = 0
    obsolete: int = 0

    def by_key(self) -> dict[str, Entry]:
        """Entries by compiled key."""
        return {entry.key: entry for entry in self.entries}


def read(path: Path) -> PoFile:
    """A catalog from a file; ValueError with the line number where it is not a .po file."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> PoFile:
    """A catalog from text."""
    header: dict[str, str] = {}
    entries: list[Entry] = []
    fuzzy = obsolete = 0
    for block in _blocks(text):
        if any(line.startswith("#~") for _, line in block):
            obsolete += 1
            continue
        fuzzy += sum(1 for _, line in block if line.startswith("#,") and "fuzzy" in line)
        entry = _entry(block)
        if entry is None:
            continue
        if entry.source == "" and entry.context is None:
            lines = "".join(entry.forms).splitlines()
            header = {
                name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)
            }
        else:
            entries.append(entry)
    return PoFile(header, tuple(entries), fuzzy, obsolete)


def render(entries: Iterable[Entry], language: str) -> str:
    """The text of a catalog; `language` is empty for the template."""
    parts = [_HEADER.format(language=language, plural=plural_header(language) if language else _NO_PLURAL)]
    parts += ["\n".join(_entry_lines(entry, language)) + "\n" for entry in entries]
    return "\n".join(parts)


def compile_entries(entries: Iterable[Entry], language: str) -> bytes:
    """The compiled catalog: translated entries only."""
    words = {entry.key: "\0".join(entry.forms) for entry in entries if entry.translated}
    words[""] = _header_text(language)
    return mo.write(words)


def write_text(path: Path, data: str | bytes) -> None:
    """Replace a file whole, so that a reader never sees half of it."""
    raw = data.encode() if isinstance(data, str) else data
    if path.is_file() and path.read_bytes() == raw:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(raw)
    part.replace(path)


# Writing ----------------------------------------------------------------------------------------------------

_NO_PLURAL = "nplurals=INTEGER; plural=EXPRESSION;"
_HEADER = """msgid ""
msgstr ""
"Project-Id-Version: daftar\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"
"""


def _header_text(language: str) -> str:
    return (
        f"Project-Id-Version: daftar\nLanguage: {language}\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
        f"Plural-Forms: {plural_header(language)}\n"
    )


def _entry_lines(entry: Entry, language: str) -> Iterator[str]:
    yield from (f"# {note}" for note in entry.notes)
    yield from (f"#. {note}" for note in entry.extracted)
    yield from (f"#: {name}" for name in entry.files)
    if "{" in entry.source:
        yield "#, python-brace-format"
    if entry.context is not None:
        yield from _text_lines("msgctxt", entry.context)
    yield from _text_lines("msgid", entry.source)
    if entry.plural is None:
        yield from _text_lines("msgstr", entry.forms[0] if entry.forms else "")
        return
    yield from _text_lines("msgid_plural", entry.plural)
    count = plural_count(language)
    for place in range(count):
        form = entry.forms[place] if place < len(entry.forms) else ""
        yield from _text_lines(f"msgstr[{place}]", form)


def _text_lines(keyword: str, text: str) -> list[str]:
    pieces = text.splitlines(keepends=True)
    if len(pieces) < 2:
        return [f"{keyword} {_quote(text)}"]
    return [f'{keyword} ""', *map(_quote, pieces)]


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


# Reading ----------------------------------------------------------------------------------------------------

_Line = tuple[int, str]
_KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[(\d)\])?)\s+(".*")')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def _blocks(text: str) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            block.append((number, line.strip()))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _entry(block: list[_Line]) -> Entry | None:
    fields: dict[str, str] = {}
    comments: dict[str, list[str]] = {"# ": [], "#.": [], "#:": []}
    current = ""
    for number, line in block:
        if line.startswith("#"):
            kind = line[:2] if line[:2] in comments else "# "
            if not line.startswith("#,"):
                comments[kind].append(line[2:].strip())
            continue
        match = _KEYWORD.fullmatch(line)
        if match:
            current = match[1]
            if current in fields:
                raise ValueError(f"line {number}: {current} twice in one entry")
            fields[current] = _unquote(match[3], number)
        elif line.startswith('"') and current:
            fields[current] += _unquote(line, number)
        else:
            raise ValueError(f"line {number}: not a line of a catalog")
    if "msgid" not in fields:
        return None
    forms = [fields[name] for name in sorted(fields) if name.startswith("msgstr")]
    return Entry(
        fields["msgid"],
        fields.get("msgid_plural"),
        fields.get("msgctxt"),
        tuple(forms),
        tuple(comments["# "]),
        tuple(comments["#."]),
        tuple(comments["#:"]),
    )


def _unquote(text: str, number: int) -> str:
    inner = text[1:-1]
    if len(text) < 2 or not text.endswith('"') or re.search(r'(?<!\\)(?:\\\\)*"', inner):
        raise ValueError(f"line {number}: a text is not closed")
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[0]), inner)
