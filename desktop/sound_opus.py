"""Ogg Opus through the bundled library of `soundfile`: sound in, pages out, and back. Must not write files or know keys.

The Python half of that package is not imported: it needs numpy. Pages come out at least every half second, and all of them
one after another are one playable file, also when the end is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from i18n.message import msg
from storage.errors import EnvironmentProblem

PAGE_MS = 400.0
BITS_PER_SECOND = 32_000
_OGG_OPUS = 0x200000 | 0x0064
_READ, _WRITE = 0x10, 0x20
_SET_PAGE_LATENCY, _SET_COMPRESSION = 0x1302, 0x1301
_LOWEST, _RANGE = 6_000, 250_000  # bits per second of the library's scale from 1 to 0
_BYTES = 2
_FRAMES = 48_000


class _Stream:
    """What the library reads from or writes to: bytes in memory, and where it stands."""

    def __init__(self, ffi: Any, data: bytes = b"") -> None:
        self.data = bytearray(data)
        self.place = self._gone = 0
        self._ffi = ffi
        self._calls = {  # held here: the table alone does not keep them alive
            "get_filelen": ffi.callback("sf_vio_get_filelen", lambda _user: self._gone + len(self.data)),
            "seek": ffi.callback("sf_vio_seek", self._seek),
            "read": ffi.callback("sf_vio_read", self._read),
            "write": ffi.callback("sf_vio_write", self._write),
            "tell": ffi.callback("sf_vio_tell", lambda _user: self.place),
        }
        self.table = ffi.new("SF_VIRTUAL_IO*", self._calls)

    def take(self) -> bytes:
        """Move out what was written."""
        taken = bytes(self.data)
        self._gone += len(taken)
        self.data.clear()
        return taken

    def _seek(self, offset: int, whence: int, _user: Any) -> int:
        self.place = offset + (0, self.place, self._gone + len(self.data))[whence]
        return self.place

    def _read(self, target: Any, count: int, _user: Any) -> int:
        piece = bytes(self.data[self.place : self.place + count])
        self._ffi.memmove(target, piece, len(piece))
        self.place += len(piece)
        return len(piece)

    def _write(self, given: Any, count: int, _user: Any) -> int:
        self.data += bytes(self._ffi.buffer(given, count))
        self.place += count
        return count


class OpusEncoder:
    """Mono. `feed` gives the pages that became whole; `close` the last ones. EnvironmentProblem when it cannot start."""

    def __init__(self, rate: int) -> None:
        self._ffi, self._lib = _library()
        self._stream = _Stream(self._ffi)
        info = self._ffi.new("SF_INFO*")
        info.samplerate, info.channels, info.format = rate, 1, _OGG_OPUS
        self._file = self._lib.sf_open_virtual(self._stream.table, _WRITE, info, self._ffi.NULL)
        if self._file == self._ffi.NULL:
            raise _no_opus()
        latency = self._ffi.new("double*", PAGE_MS)
        self._lib.sf_command(self._file, _SET_PAGE_LATENCY, latency, 8)
        scale = self._ffi.new("double*", 1 - (BITS_PER_SECOND - _LOWEST) / _RANGE)
        self._lib.sf_command(self._file, _SET_COMPRESSION, scale, 8)

    def feed(self, sound: bytes) -> bytes:
        """Encode 16-bit samples."""
        frames = len(sound) // _BYTES
        samples = self._ffi.from_buffer("short[]", bytearray(sound[: frames * _BYTES]))
        if self._lib.sf_write_short(self._file, samples, frames) != frames:
            raise _no_opus()
        return self._stream.take()

    def close(self) -> bytes:
        """End the stream."""
        if self._file is not None:
            self._lib.sf_close(self._file)
            self._file = None
        return self._stream.take()


def decode(pages: bytes) -> bytes:
    """Give the 16-bit samples of a mono Ogg Opus file, as far as it is whole. EnvironmentProblem when it is none."""
    ffi, lib = _library()
    stream = _Stream(ffi, pages)
    file = lib.sf_open_virtual(stream.table, _READ, ffi.new("SF_INFO*"), ffi.NULL)
    if file == ffi.NULL:
        raise _no_opus()
    buffer, sound = ffi.new("short[]", _FRAMES), bytearray()
    try:
        while (frames := lib.sf_read_short(file, buffer, _FRAMES)) > 0:
            sound += ffi.buffer(buffer, frames * _BYTES)
    finally:
        lib.sf_close(file)
    return bytes(sound)


def _no_opus() -> EnvironmentProblem:
    return EnvironmentProblem(msg("Sound cannot be written or read on this computer."))


_loaded: tuple[Any, Any] | None = None


def _library() -> tuple[Any, Any]:
    global _loaded  # noqa: PLW0603 - loaded when first asked for: the window must not start slower for it
    if _loaded is None:
        try:
            import _soundfile_data
            from _soundfile import ffi

            folder = Path(str(_soundfile_data.__file__)).parent
            bundled = sorted(path for path in folder.iterdir() if path.name.startswith("libsndfile"))
            _loaded = (ffi, ffi.dlopen(str(bundled[0])))
        except (ImportError, OSError, IndexError):
            raise _no_opus() from None
    return _loaded
