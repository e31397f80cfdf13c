"""Microphone and loudspeaker, through the compiled half of `miniaudio`. Must not keep sound, and never open a connection.

The Python half of that package is not imported: it loads the standard library's web client for radio stations. Sound is
16-bit mono at `RATE`; it arrives in a thread of the library's own and is handed on at once.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable
from typing import Any, Protocol

from i18n.message import msg
from storage.errors import EnvironmentProblem

RATE = 48_000
PERIOD_MS = 100
_BYTES = 2

Sink = Callable[[bytes], None]


class Source(Protocol):
    """Where sound comes from. `start` may be called again after `stop`; EnvironmentProblem when there is no device."""

    def start(self, sink: Sink) -> None: ...

    def stop(self) -> None: ...


def no_sound_device() -> EnvironmentProblem:
    """The one sentence for a computer without a microphone that can be used."""
    return EnvironmentProblem(
        msg("No microphone can be used on this computer."), msg("Connect one, or write without recording.")
    )


def no_loudspeaker() -> EnvironmentProblem:
    """The one sentence for a computer that cannot play."""
    return EnvironmentProblem(msg("No loudspeaker can be used on this computer."))


class _Device:
    """A device of the library: made, started, stopped, and given back once."""

    def __init__(self, kind: str, hear: Callable[[Any, Any, int], None]) -> None:
        ffi, lib = _library()
        self._lib, self._ffi = lib, ffi
        self._hear = hear
        self._self = ffi.new_handle(self)
        config = lib.ma_device_config_init(getattr(lib, f"ma_device_type_{kind}"))
        side = getattr(config, kind)
        config.sampleRate, side.channels, side.format = RATE, 1, lib.ma_format_s16
        config.periodSizeInMilliseconds = PERIOD_MS
        config.pUserData = self._self
        config.dataCallback = lib._internal_data_callback
        self._context, self._device = ffi.new("ma_context*"), ffi.new("ma_device*")
        if lib.ma_context_init(ffi.NULL, 0, ffi.NULL, self._context) != lib.MA_SUCCESS:
            raise OSError(kind)
        made = lib.ma_device_init(self._context, ffi.addressof(config), self._device)
        is_null = made == lib.MA_SUCCESS and self._context.backend == lib.ma_backend_null
        if made != lib.MA_SUCCESS or is_null:  # the library's own "null" device gives silence for ever
            if is_null:
                lib.ma_device_uninit(self._device)
            lib.ma_context_uninit(self._context)
            raise OSError(kind)
        if lib.ma_device_start(self._device) != lib.MA_SUCCESS:
            self.end()
            raise OSError(kind)

    def call(self, output: Any, given: Any, frames: int) -> None:
        """Called by the library in its thread."""
        self._hear(output, given, frames)

    def end(self) -> None:
        """Stop and give the device back; waits until the library's thread has ended."""
        self._lib.ma_device_uninit(self._device)
        self._lib.ma_context_uninit(self._context)


class Microphone:
    """The system's standard microphone."""

    def __init__(self) -> None:
        self._device: _Device | None = None

    def start(self, sink: Sink) -> None:
        """Hand sound to `sink`, in the library's thread, from now on."""
        self.stop()
        ffi, _ = _library()

        def hear(_output: Any, given: Any, frames: int) -> None:
            sink(bytes(ffi.buffer(given, frames * _BYTES)))

        try:
            self._device = _Device("capture", hear)
        except OSError:
            raise no_sound_device() from None

    def stop(self) -> None:
        """No more sound; harmless when stopped."""
        device, self._device = self._device, None
        if device is not None:
            device.end()


def play(sound: bytes, stop: threading.Event | None = None) -> None:
    """Play 16-bit mono sound and wait for its end, or until `stop`. EnvironmentProblem when there is no loudspeaker."""
    ffi, _ = _library()
    done, place = threading.Event(), [0]

    def hear(output: Any, _given: Any, frames: int) -> None:
        piece = sound[place[0] : place[0] + frames * _BYTES]
        ffi.memmove(output, piece, len(piece))
        place[0] += len(piece)
        if len(piece) < frames * _BYTES:
            done.set()

    try:
        device = _Device("playback", hear)
    except OSError:
        raise no_loudspeaker() from None
    try:
        while not done.wait(PERIOD_MS / 1000) and not (stop is not None and stop.is_set()):
            continue
    finally:
        device.end()


def level(sound: bytes) -> int:
    """How loud a piece is, 0 to 100: its highest sample on a scale of 60 dB."""
    samples = array("h", sound[: len(sound) // _BYTES * _BYTES])
    if not samples:
        return 0
    highest, lowest = max(samples), min(samples)
    peak = max(highest, -lowest)
    return max(0, round(100 + (peak.bit_length() - 15) * 10)) if peak > 31 else 0


_loaded: tuple[Any, Any] | None = None


def _library() -> tuple[Any, Any]:
    """Load the compiled half once; EnvironmentProblem where it is absent."""
    global _loaded  # noqa: PLW0603 - loaded when first asked for: the window must not start slower for it
    if _loaded is None:
        try:
            from _miniaudio import ffi, lib
        except ImportError:
            raise no_sound_device() from None
        ffi.def_extern(name="_internal_data_callback")(_called)
        _loaded = (ffi, lib)
    return _loaded


def _called(device: Any, output: Any, given: Any, frames: int) -> None:
    ffi, _ = _library()
    if frames > 0 and device.pUserData:
        ffi.from_handle(device.pUserData).call(output, given, frames)
