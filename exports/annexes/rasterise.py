"""Renders an attachment to pixels. Runs in a worker process: the file may be hostile. Must return nothing but pixels.

Allowed are JPEG, PNG, WebP and PDF, told by their first bytes, never by their name. No metadata, hidden text, script or
profile survives, because only colours of points leave this module.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import (
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from i18n.message import msg
from storage.errors import InvalidInput

MAX_PIXELS = 40_000_000
MAX_PAGES = 1000
LONGEST_SIDE = 2000
_DPI = 150
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"%PDF-", "PDF"),
)


@dataclass(frozen=True)
class Pixels:
    """One page: width and height in points of the grid, `L` or `RGB`, and the points row by row."""

    width: int
    height: int
    mode: str
    data: bytes


def prepare() -> None:
    """Have every decoder loaded, and no other format's: afterwards nothing needs to be opened.

    TIFF is read only inside the notes of a JPEG (which way up it was taken); a file of that kind is not.
    """
    kept = {JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin}
    Image._initialized = 2  # otherwise the first unknown file loads a decoder for every format there is
    names = {name for module in kept for name in _formats_of(module.__name__)} - {"TIFF"}
    for name in set(Image.OPEN) - names:
        del Image.OPEN[name]
    Image.ID[:] = [name for name in Image.ID if name in names]
    for mode in ("RGB", "RGBA"):
        for kind in ("JPEG", "PNG", "WEBP"):
            if (kind, mode) != ("JPEG", "RGBA"):
                out = io.BytesIO()
                Image.new(mode, (8, 8)).save(out, kind)
                list(rasterise(out.getvalue()))
    document = pypdfium2.PdfDocument.new()
    document.new_page(8, 8)
    out = io.BytesIO()
    document.save(out)
    document.close()
    list(rasterise(out.getvalue()))


def _formats_of(module: str) -> set[str]:
    return {name for name, (factory, _accept) in Image.OPEN.items() if factory.__module__ == module}


def kind_of(data: bytes) -> str | None:
    """JPEG, PNG, WEBP or PDF by the first bytes; None for anything else."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return "WEBP" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def rasterise(data: bytes) -> Iterator[Pixels]:
    """The pages of an attachment as pixels; InvalidInput for what is not allowed, damaged or too large."""
    kind = kind_of(data)
    if kind is None:
        raise InvalidInput(msg("This kind of file cannot be printed."))
    try:
        if kind == "PDF":
            yield from _pdf(data)
        else:
            yield _image(data, kind)
    except (
        OSError,
        ValueError,
        ArithmeticError,
        LookupError,
        MemoryError,
        struct.error,
        SyntaxError,
        UnidentifiedImageError,
        pypdfium2.PdfiumError,
        Image.DecompressionBombError,
    ) as error:
        raise InvalidInput(msg("The file is damaged or too large to be printed.")) from error


def _image(data: bytes, kind: str) -> Pixels:
    with Image.open(io.BytesIO(data), formats=[kind]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        ImageOps.exif_transpose(image, in_place=True)
        return _plain(image)


def _pdf(data: bytes) -> Iterator[Pixels]:
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) > MAX_PAGES:
            raise ValueError("too many pages")
        for page in document:
            width, height = page.get_size()
            scale = min(_DPI / 72, LONGEST_SIDE / max(width, height, 1))
            if width * height * scale * scale > MAX_PIXELS:
                raise ValueError("too many pixels")
            bitmap = page.render(scale=scale, may_draw_forms=False, no_smoothtext=False)
            yield _plain(bitmap.to_pil())
            bitmap.close()
            page.close()
    finally:
        document.close()


def _plain(image: Image.Image) -> Pixels:
    """On white, no larger than needed, without colours where there are none. Shrunk first: the memory is limited."""
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    times = max(image.size) // LONGEST_SIDE
    if times > 1 and image.mode in ("L", "RGB", "RGBA", "CMYK"):
        image = image.reduce(times)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.new("RGBA", layer.size, "white")
        image.alpha_composite(layer)
    image = image.convert("RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if _is_grey(image):
        image = image.convert("L")
    return Pixels(image.width, image.height, image.mode, image.tobytes())


def _is_grey(image: Image.Image) -> bool:
    small = image.resize((64, 64))
    return all(max(p) - min(p) < 12 for p in zip(*(band.tobytes() for band in small.split()), strict=True))
