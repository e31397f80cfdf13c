"""The eleven bad redactions: every one is found, with x-ray's blind spots among them."""

from __future__ import annotations

import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from exports import check_pdf, gate, protected_from_names, redact, render
from exports.dossier.tree import Dossier, Paragraph, Run, Section
from exports.gatehouse import inspect
from storage.errors import LeakFound

NAME = "Zarina Quluyeva"
DATE = "14 March 1987"
PROTECTED = protected_from_names(
    {
        "persons": [{"id": "p1", "names": [{"full": NAME, "given": "Zarina", "family": "Quluyeva"}]}],
        "identifiers": [DATE],
    }
)


def page(draw) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 700, "The witness came to the police station in the morning.")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text_under_box(canvas):
    canvas.drawString(72, 650, NAME)
    canvas.rect(70, 645, 120, 16, fill=1)


def text_under_path(canvas):
    canvas.drawString(72, 650, NAME)
    path = canvas.beginPath()
    path.moveTo(70, 645)
    for x, y in ((190, 645), (190, 661), (70, 661)):
        path.lineTo(x, y)
    path.close()
    canvas.drawPath(path, fill=1)


def text_under_image(canvas):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawString(72, 650, NAME)
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 4), "black")), 70, 645, 120, 16)


def white_text(canvas):
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 650, NAME)


def box_in_header(canvas):
    canvas.drawString(72, 820, NAME)
    canvas.rect(70, 815, 120, 16, fill=1)


def date_under_box(canvas):
    canvas.drawString(72, 650, DATE)
    canvas.rect(70, 645, 120, 16, fill=1)


def invisible(canvas):
    text = canvas.beginText(72, 650)
    text.setTextRenderMode(3)
    text.textOut(NAME)
    canvas.drawText(text)


def nothing(canvas):
    return None


def with_annotation() -> bytes:
    with pikepdf.open(io.BytesIO(page(lambda c: c.drawString(72, 650, NAME)))) as pdf:
        square = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[70, 645, 190, 661]
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([square]))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def with_outline() -> bytes:
    with pikepdf.open(io.BytesIO(page(nothing))) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"Statement of {NAME}", 0))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def with_title() -> bytes:
    with pikepdf.open(io.BytesIO(page(nothing))) as pdf:
        pdf.docinfo["/Title"] = f"Petition {NAME}"
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def with_earlier_revision() -> bytes:
    """An incremental update that replaces the page's contents; the first contents stay in the file."""
    first = page(lambda c: c.drawString(72, 650, NAME))
    with pikepdf.open(io.BytesIO(first)) as pdf:
        contents = pdf.pages[0].Contents.objgen[0]
        root = pdf.Root.objgen[0]
        size = len(pdf.objects) + 1
    body = b"BT /F1 12 Tf 72 650 Td (nothing) Tj ET"
    start = len(first) + 1
    update = b"\n%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (contents, len(body), body)
    table = start + len(update) - 1
    previous = int(first[first.rindex(b"startxref") + 9 :].split()[0])
    xref = b"xref\n%d 1\n%010d 00000 n \n" % (contents, start)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        previous,
        table,
    )
    return first + update + xref + trailer


BAD = {
    "black box over text": page(text_under_box),
    "box drawn as a path": page(text_under_path),
    "black image over text": page(text_under_image),
    "white text": page(white_text),
    "box in the page header": page(box_in_header),
    "date under a box": page(date_under_box),
    "square annotation over text": with_annotation(),
    "invisible text": page(invisible),
    "name in the outline": with_outline(),
    "name in the title": with_title(),
    "earlier revision": with_earlier_revision(),
}


@pytest.mark.parametrize("kind", BAD)
def test_every_bad_file_is_found(kind, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(BAD[kind])
    found = [f for f in check_pdf(path, PROTECTED) if f.certain]
    assert found, kind
    assert {f.file for f in found} == {"paper.pdf"}


@pytest.mark.parametrize("kind", BAD)
def test_the_exporters_gate_refuses_every_bad_file(kind):
    with pytest.raises(LeakFound):
        gate(BAD[kind], approved(), PROTECTED)


def test_a_clean_file_of_another_program_passes(tmp_path):
    path = tmp_path / "clean.pdf"
    path.write_bytes(page(nothing))
    assert check_pdf(path, PROTECTED) == []


def test_the_file_name_counts(tmp_path):
    path = tmp_path / "Quluyeva statement.pdf"
    path.write_bytes(page(nothing))
    assert [f.where for f in check_pdf(path, PROTECTED)] == ["filename"]


def approved(text: str = "The witness came to the police station in the morning.", **changes):
    blocks = (Paragraph((Run(text, "text", "en"),), "1"),)
    section = Section("IV", (Run("Facts"),), blocks, ("public",), "public")
    values = {
        "petition": "t1", "case": "k1", "procedure": "wgad", "form_version": "1", "checked_on": "2026-11-21", "audience": "public",
        "language": "en", "date": "2026-06-01", "reference": "R-10000", "title": (Run("Petition"),), "states": (),
    }  # fmt: skip
    return redact(Dossier(**{**values, **changes}, sections=(section,)), PROTECTED)


def good() -> bytes:
    return render(approved())


def changed(edit) -> bytes:
    with pikepdf.open(io.BytesIO(good())) as pdf:
        edit(pdf)
        out = io.BytesIO()
        pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def test_our_own_file_passes():
    report = gate(good(), approved(), PROTECTED, every_reader=True)
    assert report.pages == 1 and {"pypdfium2", "pypdf"} <= set(report.readers)


def append(pdf, operators: bytes):
    contents = pdf.pages[0].Contents
    contents.write(contents.read_bytes() + b"\n" + operators)


EDITS = {
    "javascript": lambda pdf: pdf.Root.__setattr__(
        "OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    ),
    "second metadata": lambda pdf: pdf.Root.__setattr__(
        "Metadata", pdf.make_stream(b"<x/>", Type=pikepdf.Name.Metadata)
    ),
    "other title": lambda pdf: pdf.docinfo.__setitem__("/Title", "wgad 1 2026-06-02"),
    "more metadata": lambda pdf: pdf.docinfo.__setitem__("/Author", "somebody"),
    "annotation": lambda pdf: pdf.pages[0].__setattr__("Annots", pikepdf.Array([])),
    "thumbnail": lambda pdf: pdf.pages[0].__setattr__("Thumb", pdf.make_stream(b"x")),
    "invisible mode": lambda pdf: append(pdf, b"BT 3 Tr ET"),
    "marked content": lambda pdf: append(pdf, b"/Span << /ActualText (secret) >> BDC EMC"),
    "white text": lambda pdf: append(pdf, b"BT 1 1 1 rg /F2+0 10 Tf 1 0 0 1 80 80 Tm (\x00) Tj ET"),
    "text off the page": lambda pdf: append(pdf, b"BT 0 0 0 rg /F2+0 10 Tf 1 0 0 1 -80 80 Tm (\x00) Tj ET"),
    "tiny text": lambda pdf: append(pdf, b"BT 0 0 0 rg /F2+0 1 Tf 1 0 0 1 80 80 Tm (\x00) Tj ET"),
    "turned text": lambda pdf: append(pdf, b"BT 0 1 -1 0 80 80 Tm ET"),
    "language": lambda pdf: pdf.Root.__setattr__("Lang", pikepdf.String("ru")),
    "embedded file": lambda pdf: pdf.Root.__setattr__(
        "Names", pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=[]))
    ),
    "picture": lambda pdf: pdf.pages[0].Resources.__setattr__(
        "XObject",
        pikepdf.Dictionary(
            X=pdf.make_stream(b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
        ),
    ),
    "drawing in a drawing": lambda pdf: pdf.pages[0].Resources.__setattr__(
        "XObject",
        pikepdf.Dictionary(
            X=pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
        ),
    ),
}


@pytest.mark.parametrize("kind", EDITS)
def test_whatever_is_added_to_our_file_is_refused(kind):
    data = changed(EDITS[kind])
    with pytest.raises(LeakFound):
        gate(data, approved(), PROTECTED)


def test_saving_it_again_unchanged_passes():
    gate(changed(lambda pdf: None), approved(), PROTECTED)


def test_other_words_than_approved_are_refused():
    with pytest.raises(LeakFound) as caught:
        gate(good(), approved("The witness came to the police station at night."), PROTECTED)
    assert any(finding.where == "page 1" for finding in caught.value.findings)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"not a pdf", b"%PDF-1.4\n%%EOF"])
def test_what_cannot_be_read_is_refused(data):
    with pytest.raises(LeakFound):
        gate(data, approved(), PROTECTED)


def test_a_short_name_inside_another_word_is_no_leak():
    protected = protected_from_names({"persons": [{"id": "p1", "names": [{"full": "Али", "given": "Али"}]}]})
    section = Section(
        "IV",
        (Run("Факты"),),
        (Paragraph((Run("Реализация началась осенью.", "text", "ru"),)),),
        ("public",),
        "public",
        "body",
        "ru",
    )
    dossier = approved().dossier
    made = redact(
        Dossier(
            **{
                **{f: getattr(dossier, f) for f in dossier.__dataclass_fields__},
                "sections": (section,),
                "language": "ru",
            }
        ),
        protected,
    )
    assert gate(render(made), made, protected).pages == 1


@pytest.mark.parametrize(
    "text", ["aveyuluQ aniraZ", "Zarina Qulu-\nyeva", "Z a r i n a Q u l u y e v a", "ZARINA QULUYEVA"]
)
def test_backwards_broken_and_spaced_names_are_found(text):
    data = page(
        lambda canvas: [canvas.drawString(72, 600 - 14 * n, line) for n, line in enumerate(text.split("\n"))]
    )
    assert [f for f in inspect(data, PROTECTED) if f.certain]
