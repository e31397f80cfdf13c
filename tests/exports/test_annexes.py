"""Attachments become pixels and nothing else: allow-list, caps, metadata, splitting."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from exports.annexes import rasterise as module
from exports.annexes.bundle import Exhibit, encode, volumes
from exports.annexes.decoding import DECODERS, RASTERISE
from exports.annexes.rasterise import Pixels, kind_of, rasterise
from exports.dossier.tree import Dossier, Run, Section
from storage.errors import InvalidInput


def picture(size=(40, 30), mode="RGB", kind="JPEG", colour=(200, 30, 30), **save) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **save)
    return out.getvalue()


def pdf(text: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_allowed_pictures(kind):
    data = picture(kind=kind)
    assert kind_of(data) == kind
    assert [(p.width, p.height, p.mode) for p in rasterise(data)] == [(40, 30, "RGB")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a....",
        b"II*\x00....",
        b"OggS....",
        b"<svg/>",
        b"PK\x03\x04",
        picture(kind="BMP"),
        picture(kind="TIFF"),
        picture(kind="GIF", mode="P", colour=1),
    ],
)
def test_everything_else_is_refused_by_its_first_bytes(data):
    with pytest.raises(InvalidInput):
        list(rasterise(data))


@pytest.mark.parametrize(
    "data",
    [
        picture()[:200],
        b"\xff\xd8\xff\xe0 nothing",
        b"\x89PNG\r\n\x1a\n....",
        b"%PDF-1.7 nothing",
        b"RIFF....WEBPVP8 ",
    ],
)
def test_damaged_files_are_one_clear_refusal(data):
    with pytest.raises(InvalidInput):
        list(rasterise(data))


def test_a_bomb_is_not_decoded(monkeypatch):
    monkeypatch.setattr(module, "MAX_PIXELS", 1000)
    with pytest.raises(InvalidInput):
        list(rasterise(picture(size=(100, 100), kind="PNG")))
    with pytest.raises(InvalidInput):
        list(rasterise(pdf("x")))


def test_no_metadata_survives():
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    page = next(iter(rasterise(picture(exif=exif))))
    assert b"Secret" not in page.data and b"Secret" not in encode(page) and b"Exif" not in encode(page)


def test_a_turned_photo_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert [(p.width, p.height) for p in rasterise(picture(size=(40, 30), exif=exif))] == [(30, 40)]


def test_what_is_see_through_stands_on_white():
    page = next(iter(rasterise(picture(mode="RGBA", kind="PNG", colour=(0, 0, 0, 0)))))
    assert set(page.data) == {255} and page.mode == "L"


def test_large_pictures_shrink_and_grey_ones_lose_their_colours():
    page = next(iter(rasterise(picture(size=(3000, 1500), colour=(120, 120, 120)))))
    assert (page.width, page.height, page.mode) == (module.LONGEST_SIDE, 1000, "L")


def test_pages_of_a_pdf_are_pixels_without_its_text():
    pages = DECODERS[RASTERISE]({}, [pdf("Secret words")], lambda done, total: None)
    assert len(pages) == 1 and b"Secret" not in pages[0]["data"]
    assert pages[0]["width"] * pages[0]["height"] == len(pages[0]["data"]) // len(pages[0]["mode"])


@pytest.mark.parametrize(
    "pixels", [Pixels(10, 10, "RGB", b"x"), Pixels(1, 1, "CMYK", b"xxxx"), Pixels(2, 2, "L", b"xxxxx")]
)
def test_a_lying_worker_is_not_believed(pixels):
    with pytest.raises(ValueError):
        encode(pixels)


def test_the_same_points_give_the_same_bytes():
    page = next(iter(rasterise(picture())))
    assert encode(page) == encode(page)


def bare_dossier() -> Dossier:
    section = Section("IV", (Run("Facts"),), (), ("secretariat", "respondent_state"), "government")
    return Dossier(
        "t1",
        "k1",
        "wgad",
        "1",
        "2026-11-21",
        "filing",
        "en",
        "2026-06-01",
        "R-10000",
        (Run("Petition"),),
        ("TJ",),
        (section,),
    )


def test_the_bundle_is_split_between_exhibits_and_pages_count_through():
    one = encode(next(iter(rasterise(picture()))))
    exhibits = [Exhibit(n, {"id": f"d{n}", "neutral_title": f"Paper {n}"}, (one, one)) for n in (1, 2, 3)]
    made = list(volumes(bare_dossier(), exhibits, split_at=1_000_000 + len(one) * 4))
    assert [len(volume.pictures) for volume in made] == [4, 2]
    last = made[1].dossier.sections[-1].blocks[-1]
    assert last.stamp[0].text == "Annex 3, page 2 of 2. Page 6 of the bundle"
    assert {section.policy for volume in made for section in volume.dossier.sections} == {"government"}
