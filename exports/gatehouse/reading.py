"""Reads the words of a finished PDF with readers the exporter does not write with. Must not know what is expected.

pypdfium2 and pypdf always; pdfminer.six and pdftotext too where they are installed (CI).
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from importlib import util

import pypdf
import pypdfium2

Reader = Callable[[bytes], list[str]]


def read_pdfium(data: bytes) -> list[str]:
    """The text of each page, by pypdfium2."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages: list[str] = []
        for page in document:
            text_page = page.get_textpage()
            # pdfium marks a word divided at a line's end with U+FFFE.
            pages.append(str(text_page.get_text_range()).replace("\ufffe", "-"))
            text_page.close()
            page.close()
        return pages
    finally:
        document.close()


def read_pypdf(data: bytes) -> list[str]:
    """The text of each page, by pypdf."""
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    return [page.extract_text() or "" for page in reader.pages]


def read_pdfminer(data: bytes) -> list[str]:
    """The text of each page, by pdfminer.six, in the order of the content stream."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LTChar
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    pages: list[str] = []
    for page in PDFPage.get_pages(io.BytesIO(data)):
        interpreter.process_page(page)
        pages.append("".join(item.get_text() for item in device.get_result() if isinstance(item, LTChar)))
    return pages


def read_pdftotext(data: bytes) -> list[str]:
    """The text of each page, by poppler, in the order of the content stream."""
    command = [shutil.which("pdftotext") or "pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=600)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def readers(every: bool = False) -> dict[str, Reader]:
    """The readers the gate uses; with `every` also those that are only there in CI."""
    found: dict[str, Reader] = {"pypdfium2": read_pdfium, "pypdf": read_pypdf}
    if every:
        if util.find_spec("pdfminer"):
            found["pdfminer"] = read_pdfminer
        if shutil.which("pdftotext"):
            found["pdftotext"] = read_pdftotext
    return found
