"""A computer for pictures: it cannot connect, and has two of the usual weaknesses. Must not look at the real one."""

from __future__ import annotations

from pathlib import Path

from i18n.message import Message, msg


class SampleMachine:
    """Says what desktop.machine would say on an ordinary Linux laptop."""

    cannot_connect = True

    def connection_truth(self) -> Message:
        """The kernel refuses connections."""
        return msg("This program cannot connect.")

    def capture_truth(self) -> Message:
        """No protection on X11."""
        return msg(
            "On this system other programs can take pictures of the screen. Daftar cannot prevent that."
        )

    def place_problem(self, _folder: Path) -> Message | None:
        """All is well."""
        return None

    def place_is_impossible(self, _folder: Path) -> bool:
        """It is not."""
        return False

    def weaknesses(self, folder: Path | None = None) -> list[Message]:
        """Swap and an open disk."""
        return [
            msg(
                "Memory may be written to the disk unencrypted (swap). Shut the computer down before you travel."
            ),
            msg("No encryption of the disk was found. It protects traces that no program can remove."),
        ]
