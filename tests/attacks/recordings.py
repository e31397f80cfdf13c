"""Recordings and evidence packages as acts: the recorder's pen, the taking in, the export. Must not judge."""

from __future__ import annotations

from pathlib import Path

from storage import SegmentWriter, TakeInRecordings
from tests.attacks.acts import Act, Teller, opened, record_id, same_machine

RATE = 100
"""Samples a second, so few that a segment is full after two pieces."""


def record(folder: Path, tell: Teller) -> None:
    """Record five pieces into three segments, take them in half way and at the end."""
    with opened(folder, tell) as vault:
        with tell.step():
            ticket = vault.begin_recording(record_id(1))
            facts = {"interview": record_id(1)}
            pen = SegmentWriter(ticket.incoming, ticket.id, ticket.key, facts, RATE, same_machine("pen"))
        for piece in range(1, 6):
            with tell.step():
                pen.add(bytes([piece]) * 700, piece * 6 * RATE)
            if piece == 3:
                with tell.step():
                    vault.write(TakeInRecordings())
        with tell.step():
            pen.finish("stop")
        with tell.step():
            vault.write(TakeInRecordings())


def export(folder: Path, tell: Teller) -> None:
    """Write the evidence package of a file."""
    with opened(folder, tell) as vault, tell.step():
        vault.export_evidence([record_id(20)], folder.parent / "package", lambda words: words.source)


RECORDINGS: dict[str, Act] = {"record": record, "evidence": export}
