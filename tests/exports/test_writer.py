"""Writing copies: names, refusals, nothing replaced, nothing left behind, nothing before the gate."""

from __future__ import annotations

import io
import json
import random
import threading
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from exports import ExportRequest, write_copies
from exports import outbox as outbox_module
from exports import writer as writer_module
from exports.gatehouse.reading import read_pdfium
from storage.errors import Cancelled, EnvironmentProblem, InvalidInput, LeakFound

TODAY = date(2026, 6, 2)


def request(records, petition, **more):
    return ExportRequest(
        petition(records, **more.pop("changes", {})),
        more.pop("language", "en"),
        TODAY,
        rng=random.Random(1),
        **more,
    )


def nothing(id):
    return iter(())


def text_of(folder, name):
    return "\n".join(read_pdfium((folder / name).read_bytes()))


def test_all_copies_and_the_manifest(small, petition, tmp_path):
    made = write_copies(request(small, petition), small, nothing, tmp_path)
    names = {"R-55120_wgad_filing.pdf", "R-55120_wgad_government.pdf", "R-55120_wgad_public.pdf"}
    assert made.exit_code == 0 and {file.name for file in made.files} == names
    assert {path.name for path in tmp_path.iterdir()} == {*names, "manifest.json"}
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert {file["name"] for file in manifest["files"]} == names
    plain = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    for secret in ("Назарова", "Гулбаҳор", "P-31702", "K-31702", "I-31702", "v1"):
        assert secret not in plain


def test_the_name_stands_in_no_copy_without_the_persons_word_and_codes_in_none(small, petition, tmp_path):
    write_copies(request(small, petition), small, nothing, tmp_path)
    for path in tmp_path.glob("*.pdf"):
        text = text_of(tmp_path, path.name)
        assert "Назаров" not in text and "Гулбаҳор" not in text, path.name
        assert "31702" not in text


def test_with_the_persons_word_the_state_reads_the_name_and_the_public_does_not(small, petition, tmp_path):
    grants = [
        *small.get("c2")["grants"],
        {"purpose": "name_to_government", "recipient": "TJ", "decision": "yes"},
    ]
    records = small.edited("c2", grants=grants)
    write_copies(request(records, petition), records, nothing, tmp_path)
    assert "Назарова" in text_of(tmp_path, "R-55120_wgad_filing.pdf")
    assert "Назарова" in text_of(tmp_path, "R-55120_wgad_government.pdf")
    assert "Назаров" not in text_of(tmp_path, "R-55120_wgad_public.pdf")


def test_the_submitter_stands_on_the_confidential_sheet_of_the_filing_alone(small, petition, tmp_path):
    write_copies(request(small, petition), small, nothing, tmp_path)
    pages = read_pdfium((tmp_path / "R-55120_wgad_filing.pdf").read_bytes())
    assert ["a lawyer in exile" in page for page in pages].count(True) == 1
    assert "Confidential" in next(page for page in pages if "a lawyer in exile" in page)
    for audience in ("government", "public"):
        assert "a lawyer in exile" not in text_of(tmp_path, f"R-55120_wgad_{audience}.pdf")


def test_one_refused_copy_stops_no_other(small, petition, tmp_path):
    grants = [g for g in small.get("c2")["grants"] if g["purpose"] != "publish_anonymised"]
    records = small.edited("c2", grants=grants)
    made = write_copies(request(records, petition), records, nothing, tmp_path)
    assert [(copy.audience, copy.code, copy.exit_code) for copy in made.refused] == [
        ("public", "consent_missing", 5)
    ]
    assert made.exit_code == 5 and len(made.files) == 2
    assert not (tmp_path / "R-55120_wgad_public.pdf").exists()


def test_without_the_victims_consent_nothing_is_written(small, petition, tmp_path):
    records = small.edited("c2", withdrawn_on="2026-05-01")
    made = write_copies(request(records, petition), records, nothing, tmp_path / "out")
    assert len(made.refused) == 3 and not made.files
    assert not (tmp_path / "out").exists()


def test_an_existing_file_is_never_replaced(small, petition, tmp_path):
    (tmp_path / "R-55120_wgad_public.pdf").write_bytes(b"mine")
    with pytest.raises(InvalidInput):
        write_copies(request(small, petition), small, nothing, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["R-55120_wgad_public.pdf"]
    assert (tmp_path / "R-55120_wgad_public.pdf").read_bytes() == b"mine"


def test_a_second_run_in_the_same_folder_has_its_own_manifest(small, petition, tmp_path):
    write_copies(request(small, petition, audiences=("filing",)), small, nothing, tmp_path)
    before = (tmp_path / "manifest.json").read_bytes()
    write_copies(request(small, petition, audiences=("public",)), small, nothing, tmp_path)
    assert (tmp_path / "manifest.json").read_bytes() == before and (tmp_path / "manifest-2.json").is_file()


def test_a_leak_writes_nothing_of_that_copy(small, petition, tmp_path, monkeypatch):
    real = writer_module.typeset

    def leaking(run, redacted, protected, **more):
        if redacted.dossier.audience == "public":
            raise LeakFound(
                writer_module.msg("The finished file did not pass the check, so nothing was written.")
            )
        return real(run, redacted, protected, **more)

    monkeypatch.setattr(writer_module, "typeset", leaking)
    made = write_copies(request(small, petition), small, nothing, tmp_path)
    assert made.exit_code == 6 and not (tmp_path / "R-55120_wgad_public.pdf").exists()


def test_cancelled_before_a_copy_leaves_nothing(small, petition, tmp_path):
    flag = threading.Event()
    flag.set()
    with pytest.raises(Cancelled):
        write_copies(request(small, petition), small, nothing, tmp_path / "out", cancel=flag)
    assert not (tmp_path / "out").exists()


def test_cancelled_while_typesetting_leaves_no_file(small, petition, tmp_path):
    flag = threading.Event()

    def progress(step, done, total):
        if step == "government":
            flag.set()

    with pytest.raises(Cancelled):
        write_copies(request(small, petition), small, nothing, tmp_path, progress=progress, cancel=flag)
    assert not (tmp_path / "R-55120_wgad_government.pdf").exists()


def test_a_full_disk_leaves_nothing_behind(small, petition, tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "no space")

    monkeypatch.setattr(outbox_module.os, "fsync", full)
    with pytest.raises(EnvironmentProblem):
        write_copies(request(small, petition), small, nothing, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_formal_block_refuses_until_a_reason_is_given(small, petition, tmp_path):
    records = small.edited("e1", where={})
    made = write_copies(request(records, petition, audiences=("filing",)), records, nothing, tmp_path)
    assert [(c.code, c.exit_code) for c in made.refused] == [("refused", 5)]
    blocked = {"II.2": "not known to anybody"}
    made = write_copies(
        request(records, petition, audiences=("filing",), overrides=blocked), records, nothing, tmp_path
    )
    assert not made.refused
    assert "not known to anybody" not in text_of(tmp_path, made.files[0].name)


def test_a_reason_never_sets_consent_aside(small, petition, tmp_path):
    records = small.edited("c2", withdrawn_on="2026-05-01")
    made = write_copies(
        request(records, petition, overrides={"consent": "urgent"}), records, nothing, tmp_path
    )
    assert len(made.refused) == 3


def test_an_unknown_copy_is_bad_input(small, petition, tmp_path):
    with pytest.raises(InvalidInput):
        write_copies(request(small, petition, audiences=("interviewee",)), small, nothing, tmp_path)


def test_reference_seed_and_date_are_drawn_once(small, petition, tmp_path):
    changes = {"reference": None, "label_seed": None, "date": None}
    first = write_copies(request(small, petition, changes=changes), small, nothing, tmp_path / "a")
    assert (
        first.reference.startswith("R-")
        and first.petition["date"] == "2026-06-02"
        and first.petition["label_seed"]
    )
    again = ExportRequest(first.petition, "en", date(2026, 7, 1), rng=random.Random(99))
    second = write_copies(again, small, nothing, tmp_path / "b")
    assert [f.sha256 for f in first.files] == [f.sha256 for f in second.files]


def photo(**save) -> bytes:
    image = Image.linear_gradient("L").resize((300, 200)).convert("RGB")
    image.putpixel((5, 5), (200, 30, 30))
    out = io.BytesIO()
    image.save(out, "JPEG", **save)
    return out.getvalue()


def two_page_pdf() -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.new_page(300, 400)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_documents(small):
    files = {
        "d1": ("2026-01-02", "image/jpeg"), "d2": ("2026-02-02", "application/pdf"), "d3": ("2026-03-02", "audio/ogg"),
    }  # fmt: skip
    docs = [
        {"id": id, "title": "Secret title", "neutral_title": f"Document {id}", "kind": "doc-verdict", "dated": day, "class": "C1",
         "file": {"sha256": id * 32, "media_type": media}}
        for id, (day, media) in files.items()
    ]  # fmt: skip
    return small.plus("evidence", *docs).edited("k1", evidence=["d1", "d2", "d3"])


def blobs(id):
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    return iter([{"d1": photo(exif=exif), "d2": two_page_pdf(), "d3": b"OggS...."}[id]])


def test_annexes_are_new_pictures_with_stamps_and_a_list(small, petition, tmp_path):
    records = with_documents(small)
    made = write_copies(request(records, petition), records, blobs, tmp_path)
    assert not made.refused
    annexes = [file for file in made.files if file.kind == "annexes"]
    assert [(file.name, file.audience, file.pages) for file in annexes] == [
        ("R-55120_wgad_filing_annexes-1.pdf", "filing", 4)
    ]
    data = (tmp_path / annexes[0].name).read_bytes()
    text = "\n".join(read_pdfium(data))
    assert "Annex 2, page 2 of 2. Page 3 of the bundle" in text
    assert "Not printable; SHA-256 of the file:" in text and "d3" * 32 in "".join(text.split())
    assert b"Secret place" not in data and "Secret title" not in text
    assert made.notes[0].not_printable == 1


def test_annexes_are_the_same_each_time(small, petition, tmp_path):
    records = with_documents(small)
    first = write_copies(request(records, petition), records, blobs, tmp_path / "a")
    second = write_copies(request(records, petition), records, blobs, tmp_path / "b")
    assert [f.sha256 for f in first.files] == [f.sha256 for f in second.files]


def test_documents_that_may_not_leave_are_not_even_listed(small, petition, tmp_path):
    records = with_documents(small).edited("d2", **{"class": "C3"}).edited("d1", **{"class": "C2"})
    write_copies(request(records, petition), records, blobs, tmp_path)
    for path in tmp_path.glob("*.pdf"):
        text = text_of(tmp_path, path.name)
        assert "Document d2" not in text and "Document d1" not in text


def test_hashes_stand_in_the_filing_copy_alone(small, petition, tmp_path):
    records = with_documents(small)
    write_copies(request(records, petition), records, blobs, tmp_path)
    assert "d1d1d1d1" in text_of(tmp_path, "R-55120_wgad_filing.pdf")
    for audience in ("government", "public"):
        assert "d1d1d1d1" not in text_of(tmp_path, f"R-55120_wgad_{audience}.pdf")
