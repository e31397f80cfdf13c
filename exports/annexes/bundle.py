"""Lists the annexes of a copy and lays their pages out as a dossier of pictures. Must not open a file: pixels come in.

The bundle is a dossier like any other: it is redacted, rendered and passes the gate, stamps and list included.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from exports.annexes.rasterise import Pixels
from exports.dossier.papers import neutral_title
from exports.dossier.tree import Dossier, Paragraph, Picture, Policy, Recipient, Run, Runs, Section
from exports.gatehouse.structure import picture_hash
from exports.records import Doc
from exports.words import compose, said, say
from i18n.message import msg

SPLIT_AT = 50_000_000
_ROOM_FOR_TEXT = 1_000_000
_QUALITY = 82


@dataclass(frozen=True)
class Exhibit:
    """One document of a copy: its number, record, and its pages as JPEG; no pages for what cannot be printed."""

    number: int
    doc: Doc
    pages: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """Bytes its pictures take."""
        return sum(map(len, self.pages))


@dataclass(frozen=True)
class Volume:
    """One file of the bundle: its dossier, its pictures in order, and their hashes for the gate."""

    dossier: Dossier
    pictures: tuple[bytes, ...]
    hashes: frozenset[str]


def encode(pixels: Pixels) -> bytes:
    """A page as JPEG, made from its points alone. ValueError where the points do not fit the size."""
    size = (pixels.width, pixels.height)
    if pixels.mode not in ("L", "RGB") or len(pixels.data) != pixels.width * pixels.height * len(pixels.mode):
        raise ValueError("points do not fit the size")
    out = io.BytesIO()
    Image.frombytes(pixels.mode, size, pixels.data).save(
        out, "JPEG", quality=_QUALITY, optimize=False, progressive=False
    )
    return out.getvalue()


def hash_of(jpeg: bytes) -> str:
    """The hash by which the gate knows a picture."""
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
        return picture_hash(image.width, image.height, image.mode, jpeg)


def volumes(dossier: Dossier, exhibits: Sequence[Exhibit], split_at: int = SPLIT_AT) -> Iterator[Volume]:
    """The files of the bundle, each smaller than `split_at` bytes as far as one exhibit allows; pages counted through."""
    page = 0
    for group in _groups(exhibits, split_at - _ROOM_FOR_TEXT):
        count = sum(len(exhibit.pages) for exhibit in group)
        yield _volume(dossier, group, page)
        page += count


def _groups(exhibits: Sequence[Exhibit], size: int) -> Iterator[list[Exhibit]]:
    group: list[Exhibit] = []
    for exhibit in exhibits:
        if group and sum(e.size for e in group) + exhibit.size > size:
            yield group
            group = []
        group.append(exhibit)
    if group:
        yield group


def _volume(dossier: Dossier, group: Sequence[Exhibit], before: int) -> Volume:
    pictures = tuple(page for exhibit in group for page in exhibit.pages)
    listing = _section(dossier, "annexes", "body", tuple(_line(dossier, exhibit) for exhibit in group))
    stamps = tuple(_stamps(dossier, group, before))
    sections = (listing, _section(dossier, "pictures", "picture", stamps)) if stamps else (listing,)
    return Volume(replace(dossier, sections=sections), pictures, frozenset(map(hash_of, pictures)))


def _section(dossier: Dossier, id: str, sheet: str, blocks: tuple[Paragraph | Picture, ...]) -> Section:
    title = said(msg("Annexes"), dossier.language)
    recipients, policy = _read_by(dossier)
    return Section(id, title, blocks, recipients, policy, sheet, dossier.language)


def _read_by(dossier: Dossier) -> tuple[tuple[Recipient, ...], Policy]:
    """Annexes are read by whoever reads the most widely read part."""
    widest = max(dossier.sections, key=lambda section: (section.policy != "filing", len(section.recipients)))
    return widest.recipients, widest.policy


def _line(dossier: Dossier, exhibit: Exhibit) -> Paragraph:
    title = neutral_title(exhibit.doc, dossier.language)
    if exhibit.pages:
        pages: Runs = (Run(str(len(exhibit.pages))),)
        return Paragraph(
            compose(msg("{title}. Pages: {pages}"), dossier.language, title=title, pages=pages),
            str(exhibit.number),
            "item",
        )
    hashed = str((exhibit.doc.get("file") or {}).get("sha256") or "")
    number: Runs = (Run(hashed or "–"),)
    return Paragraph(
        compose(
            msg("{title}. Not printable; SHA-256 of the file: {hash}"),
            dossier.language,
            title=title,
            hash=number,
        ),
        str(exhibit.number),
        "item",
    )


def _stamps(dossier: Dossier, group: Sequence[Exhibit], before: int) -> Iterator[Picture]:
    place = 0
    for exhibit in group:
        for number in range(1, len(exhibit.pages) + 1):
            words = msg(
                "Annex {number}, page {page} of {count}. Page {running} of the bundle",
                number=exhibit.number,
                page=number,
                count=len(exhibit.pages),
                running=before + place + 1,
            )
            yield Picture(place, (Run(say(words, dossier.language), language=dossier.language),))
            place += 1
