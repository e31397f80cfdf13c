"""The notebook's side of a recording: beginning one, and which ones live. Must not start a process or take anything in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from i18n.message import msg
from storage.crypto import wipe
from storage.crypto.ratchet import control_key
from storage.environment import disk_errors
from storage.errors import InvalidInput
from storage.recording.handle import Commands, is_alive
from storage.recording.naming import file_name, found_in
from storage.recording.segments import read_file, read_segment
from storage.recording.taking import evidence_id, first_key, incoming_of, recording_state
from storage.session import Session


@dataclass(frozen=True)
class RecordingTicket:
    """What a recorder needs, and nothing more: where to write, which recording, key 0 (wiped by who starts it)."""

    incoming: Path
    id: bytes
    key: bytearray
    interview: str
    commands: Commands

    @property
    def evidence(self) -> str:
        """The evidence record it will become."""
        return evidence_id(self.id)


@dataclass(frozen=True)
class LiveRecording:
    """A recording whose recorder lives: how to command it, when it began (ms UTC), whether it is off the record."""

    id: bytes
    interview: str
    began: int
    commands: Commands
    paused: bool = False


def begin_recording(session: Session, interview: str) -> RecordingTicket:
    """Draw a recording. InvalidInput when one is under way in this notebook."""
    if live_recordings(session):
        raise InvalidInput(msg("A recording is under way already."))
    recording_id = session.env.random(16)
    key = first_key(session, recording_id)
    commands = Commands(incoming_of(session), recording_id, control_key(key, recording_id))
    return RecordingTicket(incoming_of(session), recording_id, key, interview, commands)


def live_recordings(session: Session) -> list[LiveRecording]:
    """Give the recordings that are being written now."""
    incoming = incoming_of(session)
    with disk_errors():
        known = sorted({file.recording_id for file in found_in(incoming)})
    return [_live(session, recording_id) for recording_id in known if is_alive(incoming, recording_id)]


def _live(session: Session, recording_id: bytes) -> LiveRecording:
    state = recording_state(session, recording_id)
    key = first_key(session, recording_id)
    try:
        commands = Commands(incoming_of(session), recording_id, control_key(key, recording_id))
        interview, began = state.interview, state.began
        if not began:
            interview, began = _first_facts(session, recording_id, key)
    finally:
        wipe(key)
    return LiveRecording(recording_id, interview, began, commands, commands.last == "pause")


def _first_facts(session: Session, recording_id: bytes, key: bytearray) -> tuple[str, int]:
    """Read who and when from the first segment, which is still being written."""
    with disk_errors():
        path = incoming_of(session) / file_name(recording_id, 0)
        data = read_file(path) if path.is_file() else b""
    facts = read_segment(data, key, recording_id, 0).facts
    return str(facts.get("interview", "")), int(facts.get("at", 0))
