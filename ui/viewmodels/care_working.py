"""The long work on the notebook itself, run in the vault lane: copy, go back, check, purge. Must not know widgets.

Each function tells how far it is and stops where `job.report` raises; the vault leaves nothing half-done behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from i18n.message import Message, msg
from storage import CareFacts, Happened, VerifyReport
from storage.errors import Cancelled, EnvironmentProblem

if TYPE_CHECKING:
    from storage import Vault
    from ui.jobs import Job

Long = Callable[["Vault", "Job"], object]
PAGE = 40
_FINEST = 0.002
_CHECKS: tuple[Message, ...] = (
    msg("Reading every page of the database"),
    msg("Reading every attached file"),
    msg("Following the log from its beginning"),
    msg("Checking the signature of every change"),
    msg("Comparing lists and search with the history"),
)
"""`Vault.verify` has five parts of equal length."""


class Teller:
    """Turns the vault's progress(done, total) into reports of a job, not more than the eye can follow."""

    def __init__(self, job: Job, words: Sequence[Message]) -> None:
        self._job, self._words = job, words
        self._last = -1.0

    def __call__(self, done: int, total: int) -> None:
        """Tell; raises Cancelled when stopping was asked for."""
        fraction = min(1.0, done / total) if total else 0.0
        if self._job.is_cancelled or abs(fraction - self._last) >= _FINEST:
            self._last = fraction
            part = min(len(self._words) - 1, int(fraction * len(self._words)))
            self._job.report(fraction, self._words[part])


@dataclass(frozen=True)
class CareReading:
    """What the screen shows at rest."""

    facts: CareFacts
    events: tuple[Happened, ...] = ()
    more: bool = False


def read_care(vault: Vault) -> CareReading:
    """How things stand, and the first page of what happened."""
    events = vault.what_happened(None, PAGE + 1)
    return CareReading(vault.care_facts(), tuple(events[:PAGE]), len(events) > PAGE)


def read_more(before: int, vault: Vault) -> tuple[tuple[Happened, ...], bool]:
    """The next page of what happened."""
    events = vault.what_happened(before, PAGE + 1)
    return tuple(events[:PAGE]), len(events) > PAGE


def copy_notebook(folder: Path, vault: Vault, job: Job) -> None:
    """Copy the whole folder and read the copy again."""
    words = msg("Copying the notebook; each file is read again after writing")
    vault.backup(folder, Teller(job, (words,)))


def keep_copy(vault: Vault, job: Job) -> None:
    """Make a rolling backup."""
    vault.keep_backup(Teller(job, (msg("Copying the database inside the notebook"),)))


def go_back(number: int, folder: Path, vault: Vault, job: Job) -> None:
    """Make a notebook of its own out of a rolling backup."""
    words = (msg("Copying the notebook"), msg("Checking the older state"))
    vault.go_back(number, folder, Teller(job, words))


def check_notebook(vault: Vault, job: Job) -> VerifyReport:
    """Check everything."""
    return vault.verify(deep=True, progress=Teller(job, _CHECKS))


def rebuild(vault: Vault, job: Job) -> VerifyReport:
    """Build lists and search anew, and check again."""
    return vault.verify(deep=True, rebuild=True, progress=Teller(job, _CHECKS))


def purge(vault: Vault, job: Job) -> None:
    """Make deletion final."""
    words = (msg("Writing what lives under a new key"), msg("Checking what was written"))
    vault.purge(Teller(job, words))


def stopped_words(*, purging: bool) -> Message:
    """What is true when long work was stopped. A purge takes the texts of deleted records out first, and for good."""
    if purging:
        # critical
        return msg(
            "Stopped. Texts and files of deleted records may be gone already; everything else is as it was."
        )
    # critical
    return msg("Stopped. The notebook is as it was, and nothing was left behind.")


def noted(work: Long, ended: list[object], vault: Vault, job: Job) -> object:
    """Do the work and note that it came to its end: a wish to stop may come too late."""
    try:
        result = work(vault, job)
    except Cancelled:
        if job.is_cancelled:
            raise
        # Something else stopped the vault's work: whoever waits for the end must hear of it.
        raise EnvironmentProblem(stopped_words(purging=work is purge)) from None
    ended.append(result)
    return result
