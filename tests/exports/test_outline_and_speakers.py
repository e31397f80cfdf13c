"""The outline of filing copies and what the gate makes of it; a statement for each person who speaks."""

from __future__ import annotations

import copy
import io
from datetime import date

import pikepdf
import pytest

from exports import ExportRequest, Finder, build, gate, protected_for, redact, render, write_copies
from exports.gatehouse.reading import read_pdfium
from storage.errors import LeakFound

TODAY = date(2026, 6, 2)


def finished(records, petition, audience):
    protected = protected_for(records, petition(records), audience)
    dossier = build(records, petition(records), language="en", audience=audience, date="2026-06-01")
    redacted = redact(dossier, protected, finder=Finder(protected), seed="seed")
    return render(redacted), redacted, protected


def outline(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return [(item.title, pages[item.destination[0].objgen]) for item in pdf.open_outline().root]


def test_a_filing_copy_has_the_forms_headings_where_they_stand(small, petition):
    data, redacted, protected = finished(small, petition, "filing")
    headings = outline(data)
    assert [words for words, _ in headings][:2] == [
        "I. Identity of the person deprived of liberty",
        "II. Arrest",
    ]
    pages = read_pdfium(data)
    for words, page in headings:
        assert words.split()[0] in pages[page] and words.split()[-1] in pages[page]
    assert gate(data, redacted, protected).pages == len(pages)
    assert data == finished(small, petition, "filing")[0]


@pytest.mark.parametrize("audience", ["government", "public"])
def test_other_copies_have_none(small, petition, audience):
    data, redacted, protected = finished(small, petition, audience)
    assert outline(data) == []
    assert gate(data, redacted, protected).pages


def changed(data, change):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(
            out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=True
        )
    return out.getvalue()


def rename(pdf):
    pdf.Root.Outlines.First.Title = pikepdf.String("Гулбаҳор Назарова")


def retarget(pdf):
    pdf.Root.Outlines.First.Dest = pikepdf.Array([pdf.pages[-1].obj, pikepdf.Name.Fit])


def act(pdf):
    pdf.Root.Outlines.First.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("x:y"))


def nest(pdf):
    with pdf.open_outline() as made:
        made.root[0].children.append(pikepdf.OutlineItem("More", 0, "Fit"))


def drop(pdf):
    del pdf.Root.Outlines


def add(pdf):
    with pdf.open_outline() as made:
        made.root.append(pikepdf.OutlineItem("More", 0, "Fit"))


@pytest.mark.parametrize("change", [rename, retarget, act, nest, drop, add])
def test_the_gate_refuses_any_other_outline(small, petition, change):
    data, redacted, protected = finished(small, petition, "filing")
    with pytest.raises(LeakFound) as refused:
        gate(changed(data, change), redacted, protected)
    assert "outline" in {finding.where for finding in refused.value.findings}


def test_the_gate_refuses_an_outline_where_none_is_allowed(small, petition):
    data, redacted, protected = finished(small, petition, "public")
    with pytest.raises(LeakFound):
        gate(changed(data, add), redacted, protected)


# Speakers -----------------------------------------------------------------------------------------------------------


def with_two_speakers(small):
    second = {**copy.deepcopy(small.get("s1")), "id": "s2", "code": "P-31702-2291-4", "relations": []}
    second["names"] = [
        {"full": "Lola Qodirova", "given": "Lola", "family": "Qodirova", "kind": "legal", "language": "uz"}
    ]
    told = {
        "id": "i2", "code": "I-31702-0012-2", "interviewee": "s2", "languages": ["uz"], "review": {"state": "accepted"},
        "narratives": [{"id": "n3", "kind": "original", "language": "uz", "text": "Men hammasini koʻrdim."}],
    }  # fmt: skip
    consent = {**copy.deepcopy(small.get("c1")), "id": "c3", "person": "s2", "interview": "i2"}
    return (
        small.plus("person", second)
        .plus("interview", told)
        .plus("consent", consent)
        .edited("k1", interviews=["i1", "i2"])
    )


def statements(records, petition, folder, **more):
    request = ExportRequest(
        petition(records, procedure="statement", **more), "en", TODAY, follow_speaker=True
    )
    return write_copies(request, records, lambda id: iter(()), folder)


def test_each_speaker_has_an_own_statement_in_their_language(small, petition, tmp_path):
    records = with_two_speakers(small)
    made = statements(records, petition, tmp_path)
    assert made.exit_code == 0
    names = sorted(file.name for file in made.files)
    assert names == sorted(
        f"R-55120_statement{n}_{a}.pdf" for n in ("", "-2") for a in ("filing", "public", "interviewee")
    )
    first = "\n".join(read_pdfium((tmp_path / "R-55120_statement_interviewee.pdf").read_bytes()))
    second = "\n".join(read_pdfium((tmp_path / "R-55120_statement-2_interviewee.pdf").read_bytes()))
    assert "Мою сестру увели" in first and "hammasini" not in first and "Qodirova" not in first
    assert "Men hammasini" in second and "сестру" not in second
    with pikepdf.open(tmp_path / "R-55120_statement-2_filing.pdf") as pdf:
        assert str(pdf.Root.Lang) == "uz-Latn"
    assert "applicants" not in made.petition


def test_a_speaker_without_consent_is_refused_and_the_other_written(small, petition, tmp_path):
    records = with_two_speakers(small).edited("c3", withdrawn_on="2026-05-01")
    made = statements(records, petition, tmp_path)
    assert {file.name.split("_")[1] for file in made.files} == {"statement"}
    assert {copy.code for copy in made.refused} == {"consent_missing"} and len(made.refused) == 3


def test_the_petition_may_choose_the_speaker(small, petition, tmp_path):
    made = statements(with_two_speakers(small), petition, tmp_path, applicants=["s2"])
    assert (
        sorted(file.name for file in made.files)[0] == "R-55120_statement_filing.pdf" and len(made.files) == 3
    )
    assert "hammasini" in "\n".join(read_pdfium((tmp_path / "R-55120_statement_filing.pdf").read_bytes()))
