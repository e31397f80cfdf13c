"""Makes the demonstration's attached files at run time: a photograph with a place in it, a paper, a sound. Must not read files.

The photograph carries what a telephone writes (maker, time, coordinates), so that one can see it is gone from a dossier.
"""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Callable, Sequence
from fractions import Fraction

from PIL import Image, ImageDraw

_GPS = 0x8825
_EXIF = 0x8769
_SOUND_RATE = 8000


def photograph(lines: Sequence[str]) -> bytes:
    """A JPEG of a written note, with coordinates and a time in its EXIF data."""
    image = Image.new("RGB", (960, 640), (214, 203, 180))
    draw = ImageDraw.Draw(image)
    for row in range(0, 640, 4):
        draw.line((0, row, 960, row), fill=(214 - row // 16, 203 - row // 14, 180 - row // 12))
    draw.rectangle((140, 90, 820, 550), fill=(245, 243, 236), outline=(120, 110, 95), width=3)
    for number, line in enumerate(lines):
        draw.text((180, 130 + 44 * number), line, fill=(35, 40, 60), font_size=26)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Invented", "Telephone 1", "2015:01:20 06:12:00"
    exif.get_ifd(_EXIF)[0x9003] = "2015:01:20 06:12:00"
    exif.get_ifd(_GPS).update({1: "N", 2: _degrees(40.28), 3: "E", 4: _degrees(69.62)})
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def _degrees(value: float) -> tuple[Fraction, Fraction, Fraction]:
    minutes = (value % 1) * 60
    return (Fraction(int(value)), Fraction(int(minutes)), Fraction(round((minutes % 1) * 6000), 100))


def paper(lines: Sequence[str]) -> bytes:
    """A PDF of one page with lines of ASCII text, written by hand: what a court's scanner might hand over."""
    text = "BT /F1 12 Tf 72 760 Td 18 TL " + " ".join(f"({_escape(line)}) Tj T*" for line in lines) + " ET"
    stream = text.encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(data)


def _escape(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def sound(_lines: Sequence[str]) -> bytes:
    """Three seconds of a rising and falling tone: a voice message stands in for one."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_SOUND_RATE)
        samples = range(3 * _SOUND_RATE)
        file.writeframes(b"".join(struct.pack("<h", _sample(index / _SOUND_RATE)) for index in samples))
    return out.getvalue()


def _sample(seconds: float) -> int:
    swell = math.sin(math.pi * seconds / 3)
    return int(9000 * swell * math.sin(2 * math.pi * (220 + 60 * math.sin(2.2 * seconds)) * seconds))


MAKERS: dict[str, tuple[Callable[[Sequence[str]], bytes], str]] = {
    "photograph": (photograph, "image/jpeg"),
    "paper": (paper, "application/pdf"),
    "sound": (sound, "audio/x-wav"),
}
