"""The recorder's pen: seals sound into segments, each record durable when `add` returns. Must not hold more than one key.

Its only secret is the key of the segment being written; the keys of those before are gone, and cannot be computed back.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from storage.crypto import wipe
from storage.crypto.ratchet import control_key, next_key
from storage.environment import Environment, disk_errors
from storage.errors import EnvironmentProblem
from storage.recording import segments
from storage.recording.handle import Commands, RecorderLife
from storage.recording.naming import MOST_SEGMENTS, file_name, header

SEGMENT_MS = 10_000
_TRIES, _PAUSE = 20, 0.05


class SegmentWriter:
    """Writes one recording from its first to its last segment. Owns `key` and wipes it."""

    def __init__(
        self,
        incoming: Path,
        recording_id: bytes,
        key: bytearray,
        facts: Mapping[str, Any],
        rate: int,
        env: Environment | None = None,
    ) -> None:
        self._incoming, self._id, self._key = incoming, recording_id, key
        self._facts, self._rate, self._env = dict(facts), rate, env or Environment()
        self._number = self._record = self._samples = self._started_at = 0
        self._length = 0
        self._hash = hashlib.sha256()
        self._previous = ""
        self._file: BinaryIO | None = None
        self.commands = Commands(incoming, recording_id, control_key(key, recording_id))
        self.life = _take_life(incoming, recording_id)
        try:
            self._open()
        except BaseException:
            self.life.end()
            raise

    @property
    def samples(self) -> int:
        """How many samples are durable."""
        return self._samples

    def add(self, sound: bytes, samples: int) -> None:
        """Make sound durable; `samples` is how many the recording has with it. A full segment is sealed, the next begun.

        EnvironmentProblem when the disk refuses: what was added before is safe, this writer has ended.
        """
        self._put(segments.SOUND, samples, sound)
        if samples - self._started_at >= SEGMENT_MS * self._rate // 1000 and self._number + 1 < MOST_SEGMENTS:
            self._put(segments.END, samples, b"")
            self._close()
            self._key = next_key(self._key, self._id)
            self._number += 1
            self._open()

    def mark(self, what: str, heard: int) -> None:
        """Note that sound was paused or goes on, when, and after how many samples heard (some may not be durable yet)."""
        note = {"what": what, "at": self._env.now_ms(), "samples": heard}
        self._put(segments.MARK, self._samples, segments.json_bytes(note))

    def finish(self, why: str) -> None:
        """Seal the recording: nothing more will come. `why`: stop, lock, time, disk, device."""
        if self._file is not None:
            note = {"why": why, "at": self._env.now_ms()}
            self._put(segments.LAST, self._samples, segments.json_bytes(note))
            self._close()
        self.end()

    def end(self) -> None:
        """End without sealing; harmless when ended."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None
        wipe(self._key)
        self.commands.forget()
        self.life.end()

    def _open(self) -> None:
        facts = {
            **self._facts,
            "v": 1,
            "segment": self._number,
            "at": self._env.now_ms(),
            "rate": self._rate,
            "samples": self._samples,
            "previous": self._previous,
        }
        path = self._incoming / file_name(self._id, self._number)
        self._record = self._length = 0
        self._hash = hashlib.sha256()
        self._started_at = self._samples
        with disk_errors():
            self._file = self._env.files.new(path)
            self._write(header(self._id, self._number))
        self._put(segments.FACTS, self._samples, segments.json_bytes(facts))
        with disk_errors():
            self._env.files.sync_folder(self._incoming)

    def _put(self, kind: int, samples: int, data: bytes) -> None:
        if self._file is None:
            raise EnvironmentProblem(segments.ENDED)
        sealed = segments.seal(self._key, self._id, self._number, self._record, kind, samples, data)
        whole = self._length
        try:
            with disk_errors():
                self._write(sealed)
                self._env.files.sync(self._file)
        except EnvironmentProblem:
            self._give_up(whole)
            raise
        self._record += 1
        self._samples = max(self._samples, samples)

    def _write(self, data: bytes) -> None:
        assert self._file is not None
        self._env.files.write(self._file, data)
        self._hash.update(data)
        self._length += len(data)

    def _give_up(self, whole: int) -> None:
        """The disk refuses: take back the half record, so that what lies there is whole, and end."""
        if self._file is not None:
            with suppress(OSError):
                self._file.truncate(whole)
                self._env.files.sync(self._file)
        self.end()

    def _close(self) -> None:
        assert self._file is not None
        with disk_errors():
            self._file.close()
        self._file, self._previous = None, self._hash.hexdigest()


def _take_life(incoming: Path, recording_id: bytes) -> RecorderLife:
    """Take the lock; the notebook may be looking at this very moment whether we live, so ask more than once."""
    for _ in range(_TRIES - 1):
        try:
            return RecorderLife(incoming, recording_id)
        except EnvironmentProblem:
            time.sleep(_PAUSE)
    return RecorderLife(incoming, recording_id)
