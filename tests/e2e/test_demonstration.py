"""The demonstration as a newcomer makes it: what is there, that it is sound, and that three readers read the letters."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from desktop.demo.plan import read_plan

ROOT = Path(__file__).resolve().parent.parent.parent
PDFJS = ROOT / ".venv" / "reader" / "node_modules" / "pdfjs-dist" / "legacy" / "build" / "pdf.mjs"
# Letters that a reader shows only if the font says which they are.
LETTERS = re.compile(r"[ғқҳӣӯҷўəğışʻ]", re.IGNORECASE)


def squeezed(text: str) -> str:
    return "".join(
        letter for letter in text if not letter.isspace() and letter not in "\u00ad\u00a0\u200b-\u2010\u2011"
    )


def pdfium_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(
            document[number].get_textpage().get_text_bounded() for number in range(len(document))
        )
    finally:
        document.close()


def test_everything_is_where_the_readme_says(demonstration: Any) -> None:
    folder = demonstration.folder
    assert sorted(path.name for path in folder.iterdir()) == ["README.txt", "dossiers", "vault"]
    line = f"Passphrase: {read_plan().passphrase}"
    assert line in (folder / "README.txt").read_text(encoding="utf-8").splitlines()
    assert line in demonstration.done.out.splitlines()
    for path in demonstration.pdfs:
        assert str(path) in demonstration.done.out
    names = " ".join(path.name for path in demonstration.pdfs)
    assert all(word in names for word in ("wgad", "ecthr", "filing", "public", "government"))


def test_its_folder_must_be_new(program: Any, demonstration: Any) -> None:
    assert program.run("demo", demonstration.folder).code == 3


def test_its_notebook_opens_and_is_whole(program: Any, demonstration: Any) -> None:
    secret = (read_plan().passphrase + "\n").encode()
    done = program.run(
        "verify", demonstration.folder / "vault", "--deep", "--json", "--passphrase-file", "-", given=secret
    )
    assert done.code == 0, done.err
    assert done.json()["blobs"] == [len(read_plan().attachments), 0]


def test_every_file_is_sound(demonstration: Any) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    for path in demonstration.pdfs:
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_poppler_and_pdfium_and_pypdf_read_the_same_letters(demonstration: Any) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    seen = 0
    for path in demonstration.pdfs:
        words = ["pdftotext", "-layout", str(path), "-"]
        poppler = subprocess.run(words, capture_output=True, check=True).stdout.decode("utf-8")
        pypdf = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        texts = [sorted(squeezed(text)) for text in (poppler.replace("\f", ""), pdfium_text(path), pypdf)]
        assert texts[0] == texts[1] == texts[2], path.name
        seen += len(LETTERS.findall(poppler))
        assert "\ufffd" not in poppler
    assert seen > 0, "no letter of our languages on any page"


def test_a_reader_of_the_web_kind_reads_them_too(demonstration: Any) -> None:
    if shutil.which("node") is None or not PDFJS.is_file():
        pytest.skip("pdfjs-dist is not installed: python3 packaging/checkout.py test does it")
    script = Path(__file__).with_name("read_with_pdfjs.mjs")
    words = ["node", str(script), str(PDFJS), *map(str, demonstration.pdfs)]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    for path, line in zip(demonstration.pdfs, done.stdout.splitlines(), strict=True):
        assert sorted(squeezed("".join(json.loads(line)))) == sorted(squeezed(pdfium_text(path))), path.name


def test_the_installed_program_finds_itself_in_order(program: Any) -> None:
    done = program.run("selftest")
    assert done.code == 0, done.out + done.err
    assert len(done.out.splitlines()) >= 4
    assert not [path for path in program.folder.iterdir() if path.name != "secret.txt"]
