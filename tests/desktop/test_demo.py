"""The demonstration's content and attached files: what they are made of, and that they are what they claim."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import wave
from pathlib import Path

import pytest
from PIL import Image

from desktop.demo import attachments
from desktop.demo.plan import read_plan
from storage import passphrase_bits

PLAN = read_plan()


def test_the_photograph_carries_the_place_that_must_not_leave() -> None:
    image = Image.open(io.BytesIO(attachments.photograph(["one", "two"])))
    assert image.format == "JPEG"
    position = image.getexif().get_ifd(0x8825)
    assert (position[1], position[3]) == ("N", "E")
    assert [round(float(part), 1) for part in position[2]] == [40.0, 16.0, 48.0]


def test_the_paper_is_a_sound_pdf(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(attachments.paper(["A (court) decision", "back\\slash"]))
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    done = subprocess.run([qpdf, "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_sound_is_three_seconds_and_not_silent() -> None:
    with wave.open(io.BytesIO(attachments.sound([]))) as file:
        assert file.getnframes() / file.getframerate() == 3
        assert any(file.readframes(file.getnframes()))


def test_the_plan_names_only_what_the_content_has() -> None:
    ids = {
        record["id"]
        for path in PLAN.files
        for records in json.loads(path.read_text(encoding="utf-8")).values()
        if isinstance(records, list)
        for record in records
    }
    assert {one.evidence for one in PLAN.attachments} <= ids
    assert {one.case for one in PLAN.filings} <= ids
    assert {one.make for one in PLAN.attachments} == set(attachments.MAKERS)
    assert {one.procedure for one in PLAN.filings} >= {"wgad", "ecthr"}


def test_the_passphrase_would_be_accepted_from_a_person() -> None:
    assert passphrase_bits(PLAN.passphrase) >= 60
