"""What commands share: opening the notebook, today's date, loading plain input files. Must not print results."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.console import Console
from desktop.cli.parser import Arguments
from desktop.cli.passphrase import read_passphrase, wipe
from i18n.message import Message, msg
from storage import EnvironmentProblem, Fault, InvalidInput

if TYPE_CHECKING:
    from storage import Vault


HEADERS = ("A.hdr", "B.hdr")  # docs/formats/vault.md


@dataclass(frozen=True)
class Run:
    """One run of one command."""

    arguments: Arguments
    console: Console

    @contextmanager
    def vault(self, key: str = "vault") -> Iterator[Vault]:
        """The notebook named by an argument, open; closed (and sealed) however the command ends."""
        from storage import Vault

        folder = Path(self.arguments.text(key))
        require_notebook(folder)
        key_file = self.arguments.maybe("key_file")
        secret = read_passphrase(self.arguments.maybe("passphrase_file"), self.console)
        try:
            vault = Vault.open(
                folder,
                secret,
                key_file=None if key_file is None else Path(key_file),
                progress=self.console.progress(msg("Unlocking")),
            )
        finally:
            wipe(secret)
        self.console.end_bar()
        for problem in (vault.alarm, vault.clock_problem()):
            if problem is not None:
                self.console.warn(problem)
        try:
            yield vault
        finally:
            vault.close()


def require_notebook(folder: Path) -> None:
    """Before a passphrase is asked for: is there a notebook at all. InvalidInput where there is none."""
    if folder.is_dir() and any((folder / name).exists() for name in HEADERS):
        return
    problem = msg("this is no notebook") if folder.exists() else msg("there is no such folder")
    fault = Fault(str(folder), problem, msg("the folder of a notebook"))
    raise InvalidInput(msg("The notebook cannot be opened."), [fault])


def today() -> datetime.date:
    """The laptop's calendar day, where it stands."""
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def read_bytes(path: Path, expected: Message, limit: int) -> bytes:
    """A whole input file. InvalidInput if it is missing or too large, EnvironmentProblem if it may not be read."""
    try:
        if path.stat().st_size > limit:
            fault = Fault(
                str(path), msg("the file is too large"), msg("at most {size} MiB", size=limit >> 20)
            )
            raise InvalidInput(msg("The file “{file}” cannot be used.", file=path.name), [fault])
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        fault = Fault(str(path), msg("there is no such file"), expected)
        raise InvalidInput(msg("The file “{file}” cannot be used.", file=path.name), [fault]) from None
    except OSError:
        raise EnvironmentProblem(msg("The file “{file}” cannot be read.", file=path.name)) from None


def not_utf8(path: Path, offset: int) -> InvalidInput:
    """The error for a text file in another encoding."""
    problem = msg("byte {offset} is no UTF-8", offset=offset)
    fault = Fault(str(path), problem, msg("a text in UTF-8"))
    return InvalidInput(msg("The file “{file}” cannot be used.", file=path.name), [fault])
