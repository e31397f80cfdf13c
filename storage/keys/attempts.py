"""What a person offers at the door: a passphrase, with or without a key file, or the recovery code. Must not open slots.

Each offer gives the key-encryption keys to be tried on a header. One Argon2id run per salt and cost, whatever is offered.
"""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from i18n.message import Message, msg
from storage.crypto import KdfCost, add_key_file, derive_kek, recovery_kek, wipe
from storage.errors import EnvironmentProblem, InvalidInput, WrongPassphrase
from storage.keys.header import Header

LEAST_KEY_FILE, MOST_KEY_FILE = 32, 1 << 30
_NO_KEY_FILE = msg("This file cannot be a key file: it is too small or too large.")


class PassphraseOffer:
    """A typed passphrase; with the SHA-256 of a key file both the slots with and without a file are tried."""

    def __init__(self, passphrase: bytearray, file_hash: bytes | None = None) -> None:
        self._passphrase, self._file_hash = passphrase, file_hash
        self._keks: dict[tuple[bytes, KdfCost], list[bytearray]] = {}
        self.wrong: Message = (
            msg("The passphrase does not open this notebook.")
            if file_hash is None
            else msg("The passphrase and the key file do not open this notebook.")
        )

    def keks(self, header: Header) -> list[bytearray]:
        """Give the keys to try; raises WrongPassphrase for what is no text."""
        at = (header.salt, header.cost)
        if at not in self._keks:
            try:
                plain = derive_kek(self._passphrase, header.salt, header.cost)
            except InvalidInput:  # empty, or no text: it opens nothing, and how is not the point
                raise WrongPassphrase(self.wrong) from None
            self._keks[at] = [plain]
            if self._file_hash is not None:
                self._keks[at].append(add_key_file(plain, self._file_hash, header.salt))
        return self._keks[at]

    def wipe(self) -> None:
        """Forget the derived keys; the passphrase stays the caller's."""
        for keks in self._keks.values():
            wipe(*keks)


class RecoveryOffer:
    """The recovery code, from the digits or from shares."""

    # critical
    wrong = msg(
        "This recovery code does not open the notebook: it belongs to another one, or it was replaced."
    )

    def __init__(self, code: bytearray) -> None:
        self._code = code
        self._keks: list[bytearray] = []

    def keks(self, header: Header) -> list[bytearray]:
        """Give the key to try."""
        self._keks.append(recovery_kek(self._code, header.salt))
        return self._keks[-1:]

    def wipe(self) -> None:
        """Forget the derived keys; the code stays the caller's."""
        wipe(*self._keks)


Offer = PassphraseOffer | RecoveryOffer


def hash_key_file(path: Path) -> bytes:
    """Give the SHA-256 of a key file. Raises InvalidInput (missing, too small or large), EnvironmentProblem.

    What is no ordinary file is refused unopened (a pipe would never end), a large one unread.
    """
    digest, size = hashlib.sha256(), 0
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_KEY_FILE:
            raise InvalidInput(_NO_KEY_FILE)
        with path.open("rb", buffering=0) as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
                size += len(piece)
                if size > MOST_KEY_FILE:
                    break
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise InvalidInput(msg("The key file is missing. Insert the card it lies on.")) from None
    except OSError:
        raise EnvironmentProblem(msg("The key file cannot be read.")) from None
    if not LEAST_KEY_FILE <= size <= MOST_KEY_FILE:
        raise InvalidInput(_NO_KEY_FILE)
    return digest.digest()
