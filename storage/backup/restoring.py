"""Makes a vault out of a backup: copy, check, seal anew, a new replica, a log event. Must not change the backup.

The headers are written last, sealed anew: a restore that was stopped half way is no notebook, and nobody takes it for one.
With `rolling` the database of the copy is replaced by one of its rolling backups: the way back from a damaged database.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from i18n.message import msg
from storage.backup.copying import check_target, copy_folder
from storage.backup.rolling import put_back
from storage.environment import Environment, disk_errors
from storage.errors import DaftarError, Incompatible, Tampered
from storage.keys import KeyRing, Offer, unlock_with
from storage.keys.copies import read_copies
from storage.keys.lock import NAME as LOCK
from storage.keys.lock import FolderLock
from storage.making import remove_tree
from storage.session import Progress, Session, connect
from storage.verifying import VerifyReport, verify
from storage.ways_in import WaysIn


def restore_session(
    source: Path, target: Path, offer: Offer, env: Environment, progress: Progress, rolling: int | None = None
) -> Session:
    """Copy a backup into a new folder and open it as a vault of its own.

    Raises WrongPassphrase and InvalidInput (target exists) before anything is written; Tampered (the backup is damaged),
    EnvironmentProblem, Incompatible, Cancelled: then nothing is left at the target.
    """
    read_copies(source)
    check_target(source, target)
    existed = target.exists()
    # On a card that can only be read nobody has it open for writing, and no lock can be taken.
    held = FolderLock(source) if os.access(source / LOCK, os.W_OK) else None
    try:
        ring = unlock_with(source, offer, env)
        try:
            if ring.newer_minor:
                raise Incompatible(msg("This notebook was written by a newer Daftar and can only be read."))
            copy_folder(source, target, env.files, progress, with_headers=False)
        except BaseException:
            ring.wipe()
            raise
    finally:
        if held is not None:
            held.release()
    ring.folder = target
    try:
        return open_copy(ring, env, rolling, progress)
    except BaseException:
        ring.wipe()
        remove_tree(target, not existed)
        raise


def copy_of_ring(ring: KeyRing, folder: Path) -> KeyRing:
    """Give the keys of an open vault once more, for a copy of its folder; each is wiped by itself."""
    return replace(ring, folder=folder, content=deepcopy(ring.content), state=deepcopy(ring.state))


def open_copy(
    ring: KeyRing,
    env: Environment,
    rolling: int | None,
    progress: Progress,
    known: Mapping[str, str] | None = None,
) -> Session:
    """Open a copied folder as a vault of its own: checked, a new replica, sealed anew. The caller removes it on failure.

    The header is the one of today, a rolling database is older: what it says of the ways in may be wrong. `known` gives
    the facts that hold, where the notebook could still be asked; else only the way that opened now is believed.
    """
    if rolling is not None:
        put_back(ring, rolling)
    lock = FolderLock(ring.folder)
    try:
        session = connect(ring, lock, env)
    except BaseException:
        lock.release()
        raise
    try:
        _check(verify(session, deep=False, rebuild=False, progress=progress), rolling)
        before = {"size": session.log.size, "head": session.log.head.hex()}
        facts = {**before, **({} if rolling is None else {"rolling": rolling})}
        session.draw_replica("restored")
        if rolling is not None and known is None:
            WaysIn(session).doubt()
        with session.transaction():
            for name, value in (known or {}).items():
                session.set_meta(name, value)
            session.log.append("restore", env.now_ms(), facts)
            session.log.checkpoint(session.signer)
        ring.seal(session.log.size, session.log.head)
        with disk_errors():
            env.files.sync_folder(ring.folder)
        return session
    except BaseException:
        with suppress(DaftarError):
            session.abandon()
        raise


def _check(report: VerifyReport, rolling: int | None) -> None:
    """Refuse a damaged backup. A rolling one is older than the sealed state, and may miss files erased since."""
    if report.ok:
        return
    if rolling is not None:
        whole = (report.pages, report.derived) == ("ok", "ok") and report.log in ("ok", "rolled back")
        if whole and not report.revisions[1]:
            return
    raise Tampered(
        msg("The backup is damaged or was changed, and was not restored."),
        msg("Use another copy. A damaged database may have a rolling backup beside it."),
    )
