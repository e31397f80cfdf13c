"""Pages of one of our own PDFs as pixels, for the preview on screen. Must not be used for pages that leave or for foreign files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True)
class Picture:
    """One page: width and height in pixels, `data` in rows of red, green, blue, one byte each, without padding."""

    width: int
    height: int
    data: bytes


def page_pictures(pdf: bytes, width: int) -> Iterator[Picture]:
    """Each page of a PDF that `render` made, `width` pixels wide, in order."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True, no_smoothpath=False)
            yield _picture(bitmap)
            bitmap.close()
            page.close()
    finally:
        document.close()


def _picture(bitmap: pypdfium2.PdfBitmap) -> Picture:
    row = bitmap.width * bitmap.n_channels
    raw = bytes(bitmap.buffer)
    rows = (raw[at * bitmap.stride : at * bitmap.stride + row] for at in range(bitmap.height))
    data = b"".join(rows)
    if bitmap.n_channels == 4:
        data = b"".join(data[at : at + 3] for at in range(0, len(data), 4))
    return Picture(bitmap.width, bitmap.height, data)
