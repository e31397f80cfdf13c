"""Pages of one copy as pixels, made away from the window. Must not write a file; the gate is for what leaves.

The pages come from the same build, redaction and rendering as the written copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject

import exports
from i18n.message import Message
from storage.errors import DaftarError
from ui.viewmodels.base import ViewModel
from ui.viewmodels.petition_language import language_of

if TYPE_CHECKING:
    from exports import Picture
    from storage import Doc, Snapshot, Vault
    from ui.context import Context
    from ui.jobs import Job

PREVIEW_WIDTH = 900
"""Pixels across a page: sharp at 100 %, still readable at three times the panel."""


@dataclass(frozen=True)
class PreviewState:
    """Pages of one copy; `problem` says why there are none."""

    audience: str = ""
    pages: tuple[Picture, ...] = ()
    busy: bool = False
    problem: Message | None = None


class PagePreview(ViewModel[PreviewState]):
    """`show(petition, audience)`; an older request that comes late is dropped."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(PreviewState(), parent)
        self._context = context
        self._job: Job | None = None
        self._wanted = 0

    def show(self, petition_id: str, audience: str) -> None:
        """Make the pages of a copy anew."""
        self._wanted += 1
        if self._job is not None:
            self._job.cancel()
        pages = self._state.pages if audience == self._state.audience else ()
        self._become(replace(self._state, audience=audience, busy=True, problem=None, pages=pages))
        work = partial(_snapshot, petition_id)
        self._context.jobs.vault(work, partial(self._have_snapshot, self._wanted, audience), self._failed)

    def _have_snapshot(self, wanted: int, audience: str, found: tuple[Doc, Snapshot]) -> None:
        if wanted == self._wanted:
            petition, snapshot = found
            work = partial(_pages, snapshot, petition, audience, self._context.program.today())
            self._job = self._context.jobs.compute(work, partial(self._have_pages, wanted), self._failed)

    def _have_pages(self, wanted: int, pages: tuple[Picture, ...]) -> None:
        if wanted == self._wanted:
            self._become(replace(self._state, pages=pages, busy=False))

    def _failed(self, error: DaftarError) -> None:
        self._become(replace(self._state, pages=(), busy=False, problem=error.message))


def _snapshot(petition_id: str, vault: Vault) -> tuple[Doc, Snapshot]:
    petition = vault.get(petition_id) or {}
    return petition, vault.snapshot(str(petition.get("case") or "") or None)


def _pages(snapshot: Snapshot, petition: Doc, audience: str, today: date, job: Job) -> tuple[Picture, ...]:
    language = language_of(snapshot, petition)
    day = str(petition.get("date") or today.isoformat())
    dossier = exports.build(snapshot, petition, language=language, audience=cast(Any, audience), date=day)
    protected = exports.protected_for(snapshot, petition, audience)
    decisions = [item for item in petition.get("redactions") or [] if isinstance(item, dict)]
    seed = petition.get("label_seed")
    redacted = exports.redact(
        dossier, protected, decisions=decisions, seed=seed if isinstance(seed, str) else None
    )
    job.report(0.5)
    return tuple(exports.page_pictures(exports.render(redacted), PREVIEW_WIDTH))
