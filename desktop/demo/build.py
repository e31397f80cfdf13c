"""Makes the demonstration in a folder: `vault/`, `dossiers/`, `README.txt`. Must not touch a folder that holds anything.

Everything goes the way a user's work goes: import, attach, write through the gate. Nothing is prepared beforehand.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.demo.attachments import MAKERS
from desktop.demo.plan import Plan, read_plan
from desktop.dossiers import Request, Written, write_dossier
from exports import Runner
from i18n import Catalog
from i18n.message import Message, msg
from storage import (
    AttachFile,
    EnvironmentProblem,
    Fault,
    InvalidInput,
    LeakFound,
    Refused,
    Vault,
    import_file,
)

Say = Callable[[Message], None]
Step = Callable[[int, int], None]


def make_demonstration(
    folder: Path, words: Catalog, run: Runner, say: Say, step: Step | None = None
) -> list[Path]:
    """Make everything; the paths of the dossiers' files.

    `run` does the exports' jobs, `say` is told what is being done, `step` how far. InvalidInput if the folder is not empty, EnvironmentProblem if it
    cannot be made; errors of the vault and the exports pass through.
    """
    plan = read_plan()
    with _whole_or_nothing(folder):
        return _make(folder, plan, words, run, say, step)


def _make(folder: Path, plan: Plan, words: Catalog, run: Runner, say: Say, step: Step | None) -> list[Path]:
    total = 2 + len(plan.files) + len(plan.attachments) + len(plan.filings)
    done = _counter(step, total)
    say(msg("Creating the notebook"))
    with _vault(folder / "vault", plan) as vault:
        next(done)
        for file in plan.files:
            say(msg("Taking in the interviews"))
            import_file(vault, file)
            next(done)
        for attachment in plan.attachments:
            make, media_type = MAKERS[attachment.make]
            vault.write(AttachFile(attachment.evidence, make(attachment.lines), attachment.name, media_type))
            next(done)
        written: list[Path] = []
        for number, filing in enumerate(plan.filings, 1):
            say(msg("Writing the dossier {procedure}", procedure=filing.procedure))
            place = folder / "dossiers" / f"{number}-{filing.procedure}"
            request = Request(filing.case, filing.procedure, place, language=filing.language)
            written += _all_written(write_dossier(vault, request, run))
            next(done)
    _write_readme(folder, plan, words)
    next(done)
    return written


def _all_written(written: Written) -> tuple[Path, ...]:
    """Every copy, or the reason why not: a demonstration with a copy missing is a broken program."""
    for copy in written.manifest.refused:
        if copy.exit_code == LeakFound.exit_code:
            raise LeakFound(copy.message, copy.findings, copy.hint)
        raise Refused(copy.message, copy.hint)
    return written.files


def _counter(step: Step | None, total: int) -> Iterator[int]:
    for number in range(1, total + 1):
        if step is not None:
            step(number, total)
        yield number


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[None]:
    """The folder is there and empty; where the work fails or is stopped it is as it was before."""
    was_there = folder.exists()
    _prepare(folder)
    try:
        yield
    except BaseException:
        for path in (folder / "vault", folder / "dossiers"):
            shutil.rmtree(path, ignore_errors=True)
        (folder / "README.txt").unlink(missing_ok=True)
        if not was_there:
            with suppress(OSError):
                folder.rmdir()
        raise


def _prepare(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            fault = Fault(str(folder), msg("this folder is not empty"), msg("a new or empty folder"))
            raise InvalidInput(msg("The demonstration cannot be made here."), [fault])
        (folder / "dossiers").mkdir(parents=True)
    except OSError:
        raise EnvironmentProblem(msg("The folder cannot be made here.")) from None


@contextmanager
def _vault(folder: Path, plan: Plan) -> Iterator[Vault]:
    secret = bytearray(plan.passphrase.encode("utf-8"))
    vault = Vault.create(folder, secret, label=plan.label, role="lawyer")
    secret[:] = bytes(len(secret))
    try:
        yield vault
    finally:
        vault.close()


def _write_readme(folder: Path, plan: Plan, words: Catalog) -> None:
    lines = (
        msg("This is a demonstration. Every person in it is invented."),
        msg("The folder “vault” is a notebook: open it in the window with the passphrase below."),
        msg(
            "The folder “dossiers” holds what was written from it; compare the filing copy with the public copy."
        ),
    )
    text = "\n".join(words.text(line) for line in lines)
    with (folder / "README.txt").open("x", encoding="utf-8", newline="\n") as file:
        file.write(f"{text}\n\nPassphrase: {plan.passphrase}\n")
