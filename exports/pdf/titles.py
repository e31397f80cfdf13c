"""The title a file carries in its metadata: procedure code, form version and date, never a name. Must not say more."""

from __future__ import annotations

from exports.dossier.tree import Dossier


def title_of(dossier: Dossier) -> str:
    """The title of a dossier's file."""
    return f"{dossier.procedure} {dossier.form_version} {dossier.date}"
