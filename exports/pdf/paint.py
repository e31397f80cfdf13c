"""Paints pages into PDF bytes, the same for the same pages. Must not choose words; sole user of ReportLab's canvas.

Nothing but drawing operators reaches a page: no markup is parsed, no link, script or annotation is made. The one thing
beside the pages is the outline of a filing copy, of the form's own headings.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from exports.pdf import styles
from exports.pdf.flow import Page, PictureAt, RuleAt, TextAt
from exports.pdf.paper import Cancel, Progress

PRODUCER = "PDF"
_PAGE_KEYS = frozenset({"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources"})


class _PlainCanvas(Canvas):
    """A canvas whose pages start without ReportLab's own font setting."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def new_canvas(buffer: io.BytesIO) -> Canvas:
    """An empty A4 document with nothing in it that depends on clock, user or machine."""
    size = (styles.PAGE_WIDTH, styles.PAGE_HEIGHT)
    return _PlainCanvas(buffer, pagesize=size, pageCompression=1, invariant=1)


def paint(
    pages: Sequence[Page],
    title: str,
    language: str,
    pictures: Sequence[bytes] = (),
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    outline: Sequence[tuple[str, int]] = (),
) -> bytes:
    """The finished file. `title` stands in the metadata: title code, form and date, never a name.

    `outline` gives headings and the page each stands on, counted from 0.

    `pictures` are JPEG files made by `exports.annexes` from pixels; a page shows each by its place in the list.
    """
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    for number, page in enumerate(pages, 1):
        if cancel is not None and cancel():
            raise InterruptedError
        _paint_page(canvas, page, pictures)
        canvas.showPage()
        if progress is not None:
            progress(number, len(pages))
    canvas.save()
    return finish(buffer.getvalue(), title, language, outline)


def _paint_page(canvas: Canvas, page: Page, pictures: Sequence[bytes]) -> None:
    for mark in page.marks:
        if isinstance(mark, RuleAt):
            _paint_rule(canvas, mark)
        elif isinstance(mark, PictureAt):
            _paint_picture(canvas, mark, pictures[mark.place])
    text = canvas.beginText()
    for mark in page.marks:
        if isinstance(mark, TextAt):
            _paint_line(text, mark)
    canvas.drawText(text)


def _paint_rule(canvas: Canvas, rule: RuleAt) -> None:
    canvas.setFillColorRGB(*styles.COLOURS[rule.colour])
    y = styles.PAGE_HEIGHT - rule.y - rule.height
    canvas.rect(rule.x, y, rule.width, rule.height, stroke=0, fill=1)


def _paint_picture(canvas: Canvas, at: PictureAt, jpeg: bytes) -> None:
    """The picture as large as its frame allows, never larger than 150 points to the inch of its pixels needs."""
    image = ImageReader(io.BytesIO(jpeg))
    width, height = image.getSize()
    scale = min(at.width / width, at.height / height)
    shown_width, shown_height = width * scale, height * scale
    left = at.x + (at.width - shown_width) / 2
    canvas.drawImage(image, left, styles.PAGE_HEIGHT - at.y - shown_height, shown_width, shown_height)


def _paint_line(text: PDFTextObject, at: TextAt) -> None:
    text.setFillColorRGB(*styles.COLOURS[at.type.colour])
    text.setTextOrigin(at.x, styles.PAGE_HEIGHT - at.y)
    text.setWordSpace(round(at.line.stretch, 4))
    for face, words in at.line.pieces:
        text.setFont(face, at.type.size, at.type.leading)
        text.textOut(words)


def finish(data: bytes, title: str, language: str, outline: Sequence[tuple[str, int]] = ()) -> bytes:
    """One plain revision with fixed metadata: catalog and pages keep only the keys the gate allows."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        for key in [str(key) for key in root if key not in ("/Type", "/Pages")]:
            del root[key]
        root.Lang = pikepdf.String(language.replace("_", "-"))
        for page in pdf.pages:
            for key in [str(key) for key in page.obj if key not in _PAGE_KEYS]:
                del page.obj[key]
            _trim_resources(page)
        for key in ("/Info", "/ID"):
            del pdf.trailer[key]
        if outline:
            with pdf.open_outline() as made:
                made.root.extend(pikepdf.OutlineItem(words, page, "Fit") for words, page in outline)
        pdf.docinfo["/Title"] = title
        pdf.docinfo["/Producer"] = PRODUCER
        out = io.BytesIO()
        pdf.save(
            out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=True
        )
    return out.getvalue()


def _trim_resources(page: pikepdf.Page) -> None:
    """Leave only embedded fonts and images: ReportLab always names Helvetica, which nothing here is set in."""
    resources = page.obj.Resources
    for key in [str(key) for key in resources if key not in ("/Font", "/XObject")]:
        del resources[key]
    fonts = resources.get("/Font")
    if fonts is not None:
        for name in [str(name) for name in fonts if "/FontDescriptor" not in fonts[str(name)]]:
            del fonts[name]
