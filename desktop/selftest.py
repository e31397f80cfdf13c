"""The installed program checks itself: cryptography, fonts, catalogs, the notebook, a dossier. Must not leave a file behind.

Each check raises what is wrong; a check that returns passed. The notebook it makes is encrypted, its people are
invented, and the folder is removed at the end.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop import paths
from desktop.demo.plan import Plan, read_plan
from desktop.dossiers import Request, write_dossier
from desktop.inventory import check_own_files
from exports import check_pdf, protected_for
from i18n import SOURCE_LANGUAGE, UI_LANGUAGES, Catalog, fonts
from i18n.message import Message, msg
from storage import KdfCost, LeakFound, Refused, Tampered, Vault, Workers, check_known_answers, import_file

_COST = KdfCost(memory_kib=8192, iterations=1, lanes=1)
# Letters that only faces made for our languages have.
_LETTERS = "ҒғҚқҲҳЎўӢӣӮӯҶҷЁёƏəĞğİıÖöŞşÜüÇçʻʼ"
# A sentence every catalog must know: the first thing anybody reads in the window.
_SENTENCE = msg("Passphrase: ")

Check = tuple[Message, Callable[[], None]]


def checks() -> tuple[Check, ...]:
    """Every check: what it is called, and the work."""
    own = ((msg("The program's own files are whole"), check_own_files),) if paths.BUILT else ()
    return (
        *own,
        (msg("Cryptography gives the known answers"), check_known_answers),
        (msg("The fonts are complete"), check_fonts),
        (msg("Every language has its words"), check_catalogs),
        (msg("A notebook and a dossier through the gate"), check_the_whole_way),
    )


def check_fonts() -> None:
    """Every face that ships can be read and has the letters of the six languages."""
    from PIL import ImageFont

    for path in fonts.font_paths():
        try:
            face = ImageFont.truetype(str(path), 24)
        except OSError:
            raise Tampered(msg("The font {font} cannot be read.", font=path.name)) from None
        absent = bytes(face.getmask("\U000f0000"))
        missing = [letter for letter in _LETTERS if bytes(face.getmask(letter)) == absent]
        if missing:
            words = msg("The font {font} lacks letters: {letters}", font=path.name, letters=" ".join(missing))
            raise Tampered(words)


def check_catalogs() -> None:
    """Every language speaks."""
    for language in UI_LANGUAGES:
        if language.code != SOURCE_LANGUAGE and not Catalog(language.code).has(_SENTENCE):
            raise Tampered(
                msg("The words of the language {language} are missing.", language=language.autonym)
            )


def check_the_whole_way() -> None:
    """Create, import, verify, write a public copy through the gate, and look at the file once more."""
    plan = read_plan()
    with tempfile.TemporaryDirectory(prefix="daftar-selftest-") as name:
        folder = Path(name)
        secret = bytearray(plan.passphrase.encode("utf-8"))
        vault = Vault.create(folder / "vault", secret, cost=_COST)
        try:
            _use(vault, plan, folder / "out")
        finally:
            vault.close()
        Vault.open(folder / "vault", secret).close()


def _use(vault: Vault, plan: Plan, out: Path) -> None:
    for file in plan.files:
        import_file(vault, file)
    if not vault.verify(deep=True).ok:
        raise Tampered(msg("A new notebook is not whole."))
    filing = plan.filings[0]
    case_id = filing.case
    with Workers(paths.worker_command()) as workers:
        written = write_dossier(
            vault, Request(case_id, filing.procedure, out, audiences=("public",)), workers.call
        )
    for copy in written.manifest.refused:
        raise Refused(copy.message, copy.hint)
    protected = protected_for(vault.snapshot(case_id), case_id, "public")
    for path in written.files:
        if found := [one for one in check_pdf(path, protected) if one.certain]:
            raise LeakFound(msg("A protected name was found in a finished file."), found)
