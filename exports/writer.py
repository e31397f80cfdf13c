"""Writes the copies of a petition: consent, readiness, redaction, typesetting, the gate, and only then a file.

Must not write anything that has not passed the gate, must not replace a file, and leaves nothing behind where a copy is
refused or stopped. One refused copy stops no other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from exports.annexes.bundle import Exhibit, encode, volumes
from exports.annexes.rasterise import Pixels
from exports.checklist import Readiness, readiness_of
from exports.dossier.build import build, case_of
from exports.dossier.material import Material, choose, speakers_of
from exports.dossier.tree import Dossier, plain, texts
from exports.jobs import RASTERISE, CancelFlag, Runner, local_runner, typeset
from exports.manifest import CopyNotes, Manifest, RefusedCopy, WrittenFile, written
from exports.outbox import Outbox
from exports.pdf import pages_of
from exports.pdf.clean import without_glyph
from exports.petitions import completed, spoken_language
from exports.procedures import form as form_of
from exports.records import Doc, Records, text_of
from exports.redaction import Finder, ProtectedSet, RedactedDossier, protected_for, redact
from i18n.message import msg
from storage.errors import Cancelled, ConsentMissing, DaftarError, EnvironmentProblem, InvalidInput, Refused

ReadBlob = Callable[[str], Iterator[bytes]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class ExportRequest:
    """What to write: the petition, which copies (none named = all the procedure has), in which language, as of which day.

    `date` stands on the pages; None = the petition's own, else `today`. `today` judges consents and time limits.
    With `follow_speaker` a statement is written in the language its speaker spoke, where documents can be written in it.
    `overrides` set formal blocks aside with a reason. `possible="stop"` refuses a copy with undecided mentions.
    """

    petition: Doc
    language: str
    today: date
    audiences: tuple[str, ...] = ()
    date: date | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    possible: Literal["hide", "stop"] = "hide"
    annexes: bool = True
    every_reader: bool = False
    rng: random.Random = field(default_factory=random.SystemRandom)
    follow_speaker: bool = False


def write_copies(
    request: ExportRequest,
    snapshot: Records,
    read_blob: ReadBlob,
    folder: Path,
    *,
    run: Runner = local_runner,
    progress: Progress | None = None,
    cancel: CancelFlag | None = None,
) -> Manifest:
    """Write all copies asked for into `folder` (made if need be) and the manifest beside them.

    Raises InvalidInput before anything else where a file of that name exists or a copy does not exist, Cancelled when
    stopped; a refused copy is recorded in the manifest (`refused`), not raised.
    """
    return _Run(request, snapshot, read_blob, folder, run, progress, cancel).write()


@dataclass(frozen=True)
class _Paper:
    """One paper of a run: the petition as it is read for it, its language, its number among papers of the same name."""

    petition: Doc
    language: str
    number: int = 1


class _Run:
    """One run of the exporter."""

    def __init__(
        self,
        request: ExportRequest,
        records: Records,
        read_blob: ReadBlob,
        folder: Path,
        run: Runner,
        progress: Progress | None,
        cancel: CancelFlag | None,
    ) -> None:
        self.request, self.records, self.read_blob = request, records, read_blob
        self.outbox = Outbox(folder)
        self.run, self.progress, self.cancel = run, progress, cancel
        self.form = form_of(str(request.petition.get("procedure")))
        self.petition = completed(records, request.petition, request.date or request.today, request.rng)
        self.day = request.date.isoformat() if request.date else str(self.petition["date"])
        self.audiences = request.audiences or self.form.copies
        self.files: list[WrittenFile] = []
        self.refused: list[RefusedCopy] = []
        self.notes: list[CopyNotes] = []
        self.printed: dict[str, int] = {}
        self.paper = _Paper(self.petition, self.request.language)

    def write(self) -> Manifest:
        unknown = [name for name in self.audiences if name not in self.form.copies]
        if unknown:
            raise InvalidInput(msg("The procedure {name} has no copy for this audience.", name=self.form.id))
        papers = self._papers()
        names = [self._name(audience, paper) for paper in papers for audience in self.audiences]
        self.outbox.refuse_existing(names)
        try:
            for paper in papers:
                self.paper = paper
                for audience in dict.fromkeys(self.audiences):
                    self._stop_if_cancelled()
                    self._try_copy(audience)
            manifest = self._manifest()
            if self.files:
                self.outbox.store({self.outbox.manifest_name(): manifest.to_bytes()})
        except BaseException:
            self.outbox.take_back()
            raise
        return manifest

    def _try_copy(self, audience: str) -> None:
        try:
            self._write_copy(audience)
        except (Cancelled, EnvironmentProblem):
            raise
        except DaftarError as error:
            self.refused.append(_refusal(audience, error))

    def _papers(self) -> list[_Paper]:
        """One paper; of a form that one speaker leads, one for each who speaks in the case, unless the petition names one."""
        speakers = speakers_of(self.records, self.form, self.petition, case_of(self.records, self.petition))
        if len(speakers) < 2:
            return [self._paper_of(self.petition, speakers, 1)]
        alone = [{**self.petition, "applicants": [speaker]} for speaker in speakers]
        return [
            self._paper_of(petition, [speaker], n)
            for n, (petition, speaker) in enumerate(zip(alone, speakers, strict=True), 1)
        ]

    def _paper_of(self, petition: Doc, speakers: list[str], number: int) -> _Paper:
        spoken = (
            spoken_language(self.records, self.petition, speakers) if self.request.follow_speaker else None
        )
        return _Paper(petition, spoken or self.request.language, number)

    def _manifest(self) -> Manifest:
        return Manifest(
            procedure=self.form.id,
            form_version=self.form.form_version,
            checked_on=self.form.checked_on,
            reference=text_of(self.petition.get("reference")),
            language=self.request.language,
            date=self.day,
            files=tuple(self.files),
            refused=tuple(self.refused),
            notes=tuple(self.notes),
            petition=self.petition,
        )

    # One copy -------------------------------------------------------------------------------------------------------

    def _write_copy(self, audience: str) -> None:
        material = choose(
            self.records,
            self.form,
            self.paper.petition,
            case_of(self.records, self.paper.petition),
            audience,
            self.request.today,
        )
        self._require_ready(audience, material)
        wanted = self.request.annexes and audience == "filing" and self._has_annexes()
        exhibits = (
            [self._exhibit(number, doc) for number, doc in enumerate(material.documents, 1)] if wanted else []
        )
        self.printed.update({str(exhibit.doc["id"]): len(exhibit.pages) for exhibit in exhibits})
        dossier = build(
            self.records,
            self.paper.petition,
            language=self.paper.language,
            audience=audience,  # type: ignore[arg-type]
            date=self.day,
            on=self.request.today,
            printed=self.printed,
        )
        protected = protected_for(self.records, self.paper.petition, audience)
        redacted = self._redact(dossier, protected)
        self._require_decided(audience, redacted)
        self._require_pages(redacted)
        data, report = typeset(
            self.run,
            redacted,
            protected,
            every_reader=self.request.every_reader,
            on_progress=self._tell(audience),
            cancel=self.cancel,
        )
        name = self._name(audience, self.paper)
        contents = {name: data}
        entries = [written(name, audience, data, report.pages)]
        unprintable = sum(not exhibit.pages for exhibit in exhibits)
        printable = any(exhibit.pages for exhibit in exhibits)
        for file, entry in self._annexes(audience, dossier, protected, exhibits) if printable else ():
            contents[entry.name] = file
            entries.append(entry)
        self.outbox.refuse_existing(list(contents))
        self._stop_if_cancelled()
        self.outbox.store(contents)
        self.files += entries
        self.notes.append(self._notes(audience, redacted, material, unprintable))

    def _notes(
        self, audience: str, redacted: RedactedDossier, material: Material, unprintable: int
    ) -> CopyNotes:
        """What the manifest says of one copy beside its file."""
        possible = redacted.report.open
        missing = sorted(without_glyph("".join(plain(runs) for _, runs in texts(redacted.dossier))))
        recipients = self.form.recipients(audience)
        return CopyNotes(
            audience, len(possible), material.left_out, tuple(missing), recipients, unprintable, possible
        )

    def _require_ready(self, audience: str, material: Material) -> None:
        if material.refused is not None:
            # critical
            raise ConsentMissing(material.refused, msg("Nothing was written for this copy."))
        found: Readiness = readiness_of(
            self.records,
            self.paper.petition,
            language=self.paper.language,
            audience=audience,
            overrides=self.request.overrides,
            today=self.request.today,
        )
        if not found.ready:
            first = found.blocks[0]
            # critical
            raise Refused(
                msg("Not ready ({field}): {reason}", field=first.field, reason=first.message),
                msg("See the checklist; formal points can be set aside with a written reason."),
            )

    def _redact(self, dossier: Dossier, protected: ProtectedSet) -> RedactedDossier:
        decisions = self.paper.petition.get("redactions") or []
        seed = self.paper.petition.get("label_seed")
        finder = Finder(protected)
        return redact(
            dossier,
            protected,
            decisions=decisions,
            finder=finder,
            seed=seed if isinstance(seed, str) else None,
        )

    def _require_decided(self, audience: str, redacted: RedactedDossier) -> None:
        if self.request.possible == "stop" and audience in ("government", "public") and redacted.report.open:
            # critical
            raise Refused(
                msg("{count} possible mentions have not been decided.", count=len(redacted.report.open)),
                msg("Decide each of them in the review, or let them be hidden."),
            )

    def _require_pages(self, redacted: RedactedDossier) -> None:
        limits = [
            limit
            for limit in self.form.page_limits
            if limit.severity == "protective" and limit.status == "verified"
        ]
        paper = pages_of(redacted) if limits else None
        for limit in limits:
            if paper is not None and paper.count(limit.part) > limit.pages:
                raise Refused(
                    msg(
                        "{count} pages, {limit} are allowed.",
                        count=paper.count(limit.part),
                        limit=limit.pages,
                    )
                )

    # Annexes --------------------------------------------------------------------------------------------------------

    def _has_annexes(self) -> bool:
        """Whether the form lists documents at all: a statement stands alone."""
        drawers = {part.draws for part in self.form.parts} | {field.draws for field in self.form.fields()}
        return "annexes" in drawers

    def _exhibit(self, number: int, doc: Doc) -> Exhibit:
        self._stop_if_cancelled()
        data = self._file_of(doc)
        if data is None:
            return Exhibit(number, doc, ())
        try:
            pages = self.run(RASTERISE, {}, [data], self._tell("annexes"), self.cancel)
        except InvalidInput:
            return Exhibit(number, doc, ())
        return Exhibit(number, doc, tuple(encode(_pixels(page)) for page in pages))

    def _file_of(self, doc: Doc) -> bytes | None:
        file = doc.get("file")
        if not isinstance(file, dict):
            return None
        try:
            data = b"".join(self.read_blob(str(doc["id"])))
        except (InvalidInput, KeyError, FileNotFoundError):
            return None
        return data or None

    def _annexes(
        self, audience: str, dossier: Dossier, protected: ProtectedSet, exhibits: list[Exhibit]
    ) -> Iterator[tuple[bytes, WrittenFile]]:
        for number, volume in enumerate(volumes(dossier, exhibits), 1):
            redacted = self._redact(volume.dossier, protected)
            data, report = typeset(
                self.run,
                redacted,
                protected,
                pictures=volume.pictures,
                images=volume.hashes,
                every_reader=self.request.every_reader,
                on_progress=self._tell("annexes"),
                cancel=self.cancel,
            )
            yield (
                data,
                written(self._name(audience, self.paper, number), audience, data, report.pages, "annexes"),
            )

    # Files ----------------------------------------------------------------------------------------------------------

    def _name(self, audience: str, paper: _Paper, volume: int = 0) -> str:
        reference = re.sub(r"[^A-Za-z0-9-]", "", text_of(self.petition.get("reference"))) or "R"
        form = self.form.id + (f"-{paper.number}" if paper.number > 1 else "")
        return f"{reference}_{form}_{audience}" + (f"_annexes-{volume}" if volume else "") + ".pdf"

    def _stop_if_cancelled(self) -> None:
        if self.cancel is not None and self.cancel.is_set():
            raise Cancelled

    def _tell(self, step: str) -> Callable[[int, int], None]:
        def tell(done: int, total: int) -> None:
            if self.progress is not None:
                self.progress(step, done, total)
            self._stop_if_cancelled()

        return tell


def _pixels(page: Mapping[str, Any]) -> Pixels:
    return Pixels(int(page["width"]), int(page["height"]), str(page["mode"]), bytes(page["data"]))


def _refusal(audience: str, error: DaftarError) -> RefusedCopy:
    findings = tuple(getattr(error, "findings", ()))
    return RefusedCopy(audience, error.code, error.exit_code, error.message, error.hint, findings)


def with_export(petition: Doc, manifest: Manifest, at: str, to: object, where: str) -> Doc:
    """The petition with this run's files recorded as exports; to be saved by the caller."""
    entries = [
        {"at": at, "audience": f.audience, "to": to, "sha256": f.sha256, "pages": f.pages, "where": where}
        for f in manifest.files
    ]
    return {**petition, "exports": [*(petition.get("exports") or []), *entries]}
