"""Proves at the door that a recovery code opens a notebook, before anybody thinks of a new passphrase. Must not write."""

from __future__ import annotations

from pathlib import Path

from storage.environment import Environment
from storage.keys import RecoveryOffer, unlock_with


def check_kit(folder: Path, code: bytearray, env: Environment | None = None) -> None:
    """Raise WrongPassphrase unless the code opens the notebook; EnvironmentProblem, Tampered, Incompatible as at opening.

    Not one byte of the folder changes; the code stays the caller's to wipe.
    """
    unlock_with(folder, RecoveryOffer(code), env or Environment()).wipe()
