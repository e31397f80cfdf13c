"""The allow-list for files of our own making: one revision, known keys, known operators, embedded subsets, visible text.

Must not trust the writer: everything is read back from the finished bytes. Rule numbers are those of the security page.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import pikepdf

from exports.gatehouse.findings import Finding
from i18n.message import Message, msg

_CATALOG = frozenset({"/Type", "/Pages", "/PageMode", "/Lang"})
_OUTLINE = frozenset({"/Type", "/First", "/Last", "/Count", "/Title", "/Parent", "/Prev", "/Next", "/Dest"})
_MOST_HEADINGS = 1000
_PAGE = frozenset({"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources", "/Rotate"})
_TRAILER = frozenset({"/Root", "/Info", "/Size", "/ID"})
_INFO = frozenset({"/Title", "/Producer"})
_RESOURCES = frozenset({"/Font", "/XObject"})
_TEXT = frozenset({"BT", "ET", "Tf", "Tj", "TL", "Tm", "Td", "T*", "Tw"})
_OTHER = frozenset({"q", "Q", "cm", "rg", "re", "f", "f*", "n", "w"})
_IMAGE = frozenset({"Do"})
_STATIC_ID = b"\x31\x41\x59\x26\x53\x58\x97\x93\x23\x84\x62\x64\x33\x83\x27\x95"
_SUBSET = re.compile(r"/[A-Z]{6}\+NotoS(?:erif|ans|ansMono)[A-Za-z-]*")
_PRODUCER = "PDF"
_LIGHTEST = 0.6


def _bad(where: str, problem: Message) -> Finding:
    return Finding(where, problem)


Outline = Sequence[tuple[str, int]]


def check_structure(
    data: bytes,
    title: str,
    language: str,
    shown: Iterable[str],
    images: frozenset[str],
    outline: Outline = (),
) -> list[Finding]:
    """Everything about a finished file that is not on the allow-list (R3, R5 to R9, R13, R14); empty when all is.

    `outline` is what the approved view allows: headings and the page each stands on, counted from 0.
    """
    found = list(_revision(data, bool(outline)))
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found += _catalog(pdf, title, language, _CATALOG | ({"/Outlines"} if outline else set()))
            found += _outline(pdf, outline)
            found += _unreachable(pdf)
            letters = frozenset("".join(shown)) | {" "}
            for number, page in enumerate(pdf.pages, 1):
                found += _page(page, f"page {number}")
            found += _fonts(pdf, letters)
            found += _images(pdf, images)
    except pikepdf.PdfError:
        found.append(_bad("file", msg("The file cannot be read.")))
    return found


def _revision(data: bytes, outlined: bool) -> Iterator[Finding]:
    if data.count(b"%%EOF") != 1 or data.count(b"startxref") != 1 or not data.rstrip().endswith(b"%%EOF"):
        yield _bad("file", msg("The file holds more than one revision."))
    # Headings of an outline point to the one before them; only a trailer's pointer leads to an earlier revision.
    if b"/Prev" in (data[data.rfind(b"trailer") :] if outlined and b"trailer" in data else data):
        yield _bad("file", msg("The file points to an earlier revision."))


def _catalog(pdf: pikepdf.Pdf, title: str, language: str, allowed: frozenset[str]) -> Iterator[Finding]:
    for key in set(pdf.Root.keys()) - allowed:
        yield _bad("catalog", msg("The catalog holds “{key}”.", key=str(key)))
    if str(pdf.Root.get("/Lang", "")) != language.replace("_", "-"):
        yield _bad("catalog", msg("The language of the file is not the one approved."))
    for key in set(pdf.trailer.keys()) - _TRAILER:
        yield _bad("trailer", msg("The trailer holds “{key}”.", key=str(key)))
    ids = [bytes(item) for item in pdf.trailer.get("/ID", [])]
    if any(item != _STATIC_ID for item in ids):
        yield _bad("trailer", msg("The file's own number depends on its content."))
    info = pdf.trailer.get("/Info")
    entries = {str(key): str(info[key]) for key in info.keys()} if info is not None else {}  # noqa: SIM118
    if entries != {"/Title": title, "/Producer": _PRODUCER} or set(entries) - _INFO:
        yield _bad("metadata", msg("The metadata is not exactly what the exporter writes."))
    if "/Metadata" in pdf.Root:
        yield _bad("metadata", msg("The file holds a second set of metadata."))


def _outline(pdf: pikepdf.Pdf, outline: Outline) -> Iterator[Finding]:
    """The outline is exactly the approved headings on their pages, flat, and nothing else hangs on it."""
    if not outline:
        return
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    root = pdf.Root.get("/Outlines")
    got: list[tuple[str, int]] = []
    keys = set(root.keys()) if root is not None else set()
    item = root.get("/First") if root is not None else None
    while item is not None and len(got) < _MOST_HEADINGS:
        keys |= set(item.keys())
        target = item.get("/Dest")
        page = -1
        if isinstance(target, pikepdf.Array) and len(target) == 2 and target[1] == pikepdf.Name.Fit:
            page = pages.get(target[0].objgen, -1)
        got.append((str(item.get("/Title", "")), -1 if "/First" in item else page))
        item = item.get("/Next")
    if got != list(outline) or keys - _OUTLINE:
        yield _bad("outline", msg("The outline is not exactly the headings of the approved paper."))


def _unreachable(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    """Objects that nothing leads to."""
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [pdf.trailer]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Object):
            continue
        if item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if isinstance(item, pikepdf.Array):
            waiting += list(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            holder = item.stream_dict if isinstance(item, pikepdf.Stream) else item
            waiting += [holder[key] for key in holder.keys()]  # noqa: SIM118
    for item in pdf.objects:
        if isinstance(item, pikepdf.Object) and item.objgen not in seen:
            yield _bad(f"object {item.objgen[0]}", msg("The file holds something that no page shows."))


def _page(page: pikepdf.Page, where: str) -> Iterator[Finding]:
    for key in set(page.obj.keys()) - _PAGE:
        yield _bad(where, msg("The page holds “{key}”.", key=str(key)))
    resources = page.obj.get("/Resources")
    for key in set(resources.keys()) - _RESOURCES if resources is not None else ():
        yield _bad(where, msg("The page uses “{key}”.", key=str(key)))
    yield from _operators(page, where)


def _operators(page: pikepdf.Page, where: str) -> Iterator[Finding]:
    """Only known operators; every text dark enough, on the page, and of a size that can be read."""
    allowed = _TEXT | _OTHER | _IMAGE
    luminance, size = 1.0, 0.0
    left, bottom, right, top = (float(v) for v in page.mediabox)
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        values = instruction.operands
        if operator not in allowed:
            yield _bad(where, msg("The page uses the operator “{name}”.", name=operator))
        elif operator == "rg":
            red, green, blue = (float(v) for v in values)
            luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        elif operator == "Tf":
            size = float(values[1])
        elif operator == "Tm":
            a, b, c, d, x, y = (float(v) for v in values)
            if (a, b, c, d) != (1, 0, 0, 1) or not (left <= x <= right and bottom <= y <= top):
                yield _bad(where, msg("Text stands off the page or is turned."))
        elif operator == "Tj" and (luminance > _LIGHTEST or size < 6):
            yield _bad(where, msg("Text is set so that it cannot be seen."))


def _fonts(pdf: pikepdf.Pdf, letters: frozenset[str]) -> Iterator[Finding]:
    """Each embedded subset maps to letters of the approved text only, and holds no glyph beyond them."""
    done: set[tuple[int, int]] = set()
    for page in pdf.pages:
        fonts = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
        for key in fonts.keys():  # noqa: SIM118
            font = fonts[key]
            if font.objgen in done and font.objgen != (0, 0):
                continue
            done.add(font.objgen)
            yield from _font(font, letters)


def _font(font: pikepdf.Object, letters: frozenset[str]) -> Iterator[Finding]:
    name = str(font.get("/BaseFont", ""))
    if not _SUBSET.fullmatch(name) or "/FontDescriptor" not in font or "/ToUnicode" not in font:
        yield _bad("fonts", msg("A font is not one of the exporter's own subsets."))
        return
    mapped = {
        chr(int(code, 16))
        for code in re.findall(rb"<[0-9A-F]{2}> <([0-9A-F]{4,6})>", font.ToUnicode.read_bytes())
    }
    if mapped - letters - {"\0"}:
        yield _bad("fonts", msg("A font maps letters that the page does not show."))
    codes = int(font.LastChar) + 1
    if _glyph_count(font.FontDescriptor.FontFile2.read_bytes()) > 2 * codes + 64:
        yield _bad("fonts", msg("A font holds more glyphs than the page shows."))


def _glyph_count(ttf: bytes) -> int:
    """`maxp.numGlyphs` of a TrueType file."""
    tables = int.from_bytes(ttf[4:6], "big")
    for number in range(tables):
        entry = ttf[12 + 16 * number : 28 + 16 * number]
        if entry[:4] == b"maxp":
            offset = int.from_bytes(entry[8:12], "big")
            return int.from_bytes(ttf[offset + 4 : offset + 6], "big")
    return 1 << 16


_COLOURS = {"/DeviceRGB": "RGB", "/DeviceGray": "L"}


def picture_hash(width: int, height: int, mode: str, jpeg: bytes) -> str:
    """The hash by which a picture is known: its size, its colours and its bytes."""
    return hashlib.sha256(f"{width}x{height} {mode} ".encode() + jpeg).hexdigest()


def _embedded_hash(stream: pikepdf.Stream) -> str:
    mode = _COLOURS.get(str(stream.get("/ColorSpace")), "")
    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    if [str(name) for name in names] != ["/DCTDecode"]:
        return ""
    return picture_hash(int(stream.Width), int(stream.Height), mode, bytes(stream.read_raw_bytes()))


def _images(pdf: pikepdf.Pdf, images: frozenset[str]) -> Iterator[Finding]:
    for item in pdf.objects:
        if (
            isinstance(item, pikepdf.Stream)
            and item.get("/Subtype") == "/Image"
            and _embedded_hash(item) not in images
        ):
            yield _bad(f"object {item.objgen[0]}", msg("The file holds a picture that nobody approved."))
        elif isinstance(item, pikepdf.Stream) and item.get("/Subtype") in ("/Form", "/PS"):
            yield _bad(f"object {item.objgen[0]}", msg("The file holds a drawing inside a drawing."))
