"""Everything text-like in a PDF that is not the page's own text: strings, names, streams, metadata, earlier revisions.

Must not skip a stream but fonts and pictures, which are checked by hash and by glyph instead.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator

import pikepdf

from exports.gatehouse.findings import Finding
from exports.gatehouse.needles import BYTES_FROM, Needle, encodings, fold
from i18n.message import Message, msg

_EOF = re.compile(rb"%%EOF")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LONGEST_STRING = 1 << 16


def hidden_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Every string and name of every object, with where it stands; of all revisions, the last one first."""
    for revision, part in enumerate(_revisions(data)):
        try:
            with pikepdf.open(io.BytesIO(part)) as pdf:
                yield from _texts_of(pdf, "" if revision == 0 else "earlier revision, ")
        except (pikepdf.PdfError, ValueError):
            if revision == 0:
                raise


def _revisions(data: bytes) -> list[bytes]:
    ends = [match.end() for match in _EOF.finditer(data)]
    return [data, *(data[:end] for end in ends[-2::-1])]


def _texts_of(pdf: pikepdf.Pdf, prefix: str) -> Iterator[tuple[str, str]]:
    info = pdf.trailer.get("/Info")
    if info is not None:
        yield from _strings(info, f"{prefix}metadata")
    yield from _strings(pdf.Root, f"{prefix}catalog")
    for item in pdf.objects:
        if isinstance(item, pikepdf.Object):
            yield from _strings(item, f"{prefix}object {item.objgen[0]}")


def _strings(item: pikepdf.Object, where: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > 40:
        return
    if isinstance(item, pikepdf.String):
        yield where, str(item)
        raw = bytes(item)
        yield from ((where, text) for text in _decoded(raw) if text != str(item))
    elif isinstance(item, pikepdf.Name):
        yield where, str(item)[1:]
    elif isinstance(item, pikepdf.Array):
        for value in item:
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _strings(value, where, depth + 1)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        holder = item.stream_dict if isinstance(item, pikepdf.Stream) else item
        for key in holder.keys():  # noqa: SIM118
            yield where, str(key)[1:]
            value = holder[key]
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _strings(value, where, depth + 1)


def _decoded(raw: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "utf-16-be", "utf-16-le", "cp1251", "cp1254"):
        try:
            yield raw.decode(encoding)
        except UnicodeDecodeError:
            continue


def search_strings(texts: Iterable[tuple[str, str]], needles: list[Needle]) -> list[Finding]:
    """Protected forms in text-like data: of four letters and more anywhere, shorter ones as whole strings (R12)."""
    found: dict[tuple[str, str], Finding] = {}
    for where, text in texts:
        folded = " ".join(fold(text[:_LONGEST_STRING]).split())
        for needle in needles:
            hit = needle.folded in folded if len(needle.folded) >= BYTES_FROM else needle.folded == folded
            if hit:
                key = (where, needle.subject)
                found.setdefault(key, Finding(where, _IN_DATA, needle.subject, needle.form))
    return list(found.values())


_IN_DATA: Message = msg("A protected form remains in data that no page shows.")


def streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every decoded stream but fonts, pictures and page contents, whose words the readers read; also those of old revisions."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        skipped = _skipped(pdf)
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.objgen not in skipped:
                yield f"stream {item.objgen[0]}", _read(item)
    if len(_EOF.findall(data)) > 1:
        for number, match in enumerate(_STREAM.finditer(data)):
            yield f"earlier revision, stream {number}", _inflated(match[1])


def _read(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw


def _skipped(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        found.update(part.objgen for part in parts if isinstance(part, pikepdf.Object))
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            found.add(item.objgen)
        if isinstance(item, pikepdf.Dictionary):
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in item:
                    found.add(item[key].objgen)
    return found


def search_bytes(blobs: Iterable[tuple[str, bytes]], needles: list[Needle]) -> list[Finding]:
    """Protected forms as bytes in any encoding (four letters and more)."""
    terms = [
        (needle, raw)
        for needle in needles
        if len(needle.form) >= BYTES_FROM
        for raw in set(encodings(needle.form))
    ]
    found: dict[tuple[str, str], Finding] = {}
    for where, blob in blobs:
        for needle, raw in terms:
            if raw in blob:
                found.setdefault(
                    (where, needle.subject), Finding(where, _IN_DATA, needle.subject, needle.form)
                )
    return list(found.values())


def raw_contents(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The shown strings of page contents set in fonts that say nothing about their letters: read as they stand."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            try:
                instructions = pikepdf.parse_content_stream(page)
            except pikepdf.PdfError:
                continue
            parts = [_operand_bytes(operand) for item in instructions for operand in item.operands]
            yield f"page {number}", b"\n".join(part for part in parts if part)


def _operand_bytes(operand: object) -> bytes:
    if isinstance(operand, pikepdf.String):
        return bytes(operand)
    if isinstance(operand, pikepdf.Array):
        return b"".join(bytes(item) for item in operand if isinstance(item, pikepdf.String))
    if isinstance(operand, pikepdf.Dictionary):
        values = (operand[key] for key in operand.keys())  # noqa: SIM118
        return b" ".join(bytes(value) for value in values if isinstance(value, pikepdf.String))
    return b""
