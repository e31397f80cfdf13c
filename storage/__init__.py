"""The storage room's front door: the vault, its records, interchange, search and workers. Must not do anything itself.

Names are loaded when they are first asked for, so that a worker process never loads the database library and the
command line starts fast. The list for people and type checkers (first part) and `_HOME` (second part) name the same.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.crypto import MINIMUM_BITS, KdfCost, passphrase_bits
    from storage.crypto.known_answers import check_known_answers
    from storage.environment import Environment, Files
    from storage.errors import (
        Cancelled,
        ConsentMissing,
        DaftarError,
        EnvironmentProblem,
        Fault,
        Incompatible,
        InvalidInput,
        LeakFound,
        Refused,
        Tampered,
        WrongPassphrase,
    )
    from storage.operations import (
        AttachFile,
        ChangeSet,
        DeleteRecord,
        Doc,
        Draft,
        DropDraft,
        ImportRecords,
        LogEvent,
        Operation,
        RevisionInfo,
        Row,
        SaveDraft,
        SaveRecord,
        SetSetting,
    )
    from storage.snapshot import Snapshot
    from storage.vault import Vault
    from storage.verifying import VerifyReport
    from storage.worker import Handler, Progress, WorkerCrashed, Workers, serve

_HOME = {
    "storage.crypto": "MINIMUM_BITS KdfCost passphrase_bits",
    "storage.crypto.known_answers": "check_known_answers",
    "storage.environment": "Environment Files",
    "storage.errors": (
        "Cancelled ConsentMissing DaftarError EnvironmentProblem Fault Incompatible InvalidInput LeakFound Refused"
        " Tampered WrongPassphrase"
    ),
    "storage.operations": (
        "AttachFile ChangeSet DeleteRecord Doc Draft DropDraft ImportRecords LogEvent Operation RevisionInfo Row"
        " SaveDraft SaveRecord SetSetting"
    ),
    "storage.snapshot": "Snapshot",
    "storage.vault": "Vault",
    "storage.verifying": "VerifyReport",
    "storage.worker": "Handler Progress WorkerCrashed Workers serve",
}
_MODULE = {name: module for module, names in _HOME.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Load a name of this front door from the module that holds it."""
    if name not in _MODULE:
        raise AttributeError(name)
    value = getattr(import_module(_MODULE[name]), name)
    globals()[name] = value
    return value


__all__ = [
    "MINIMUM_BITS",
    "AttachFile",
    "Cancelled",
    "ChangeSet",
    "ConsentMissing",
    "DaftarError",
    "DeleteRecord",
    "Doc",
    "Draft",
    "DropDraft",
    "Environment",
    "EnvironmentProblem",
    "Fault",
    "Files",
    "Handler",
    "ImportRecords",
    "Incompatible",
    "InvalidInput",
    "KdfCost",
    "LeakFound",
    "LogEvent",
    "Operation",
    "Progress",
    "Refused",
    "RevisionInfo",
    "Row",
    "SaveDraft",
    "SaveRecord",
    "SetSetting",
    "Snapshot",
    "Tampered",
    "Vault",
    "VerifyReport",
    "WorkerCrashed",
    "Workers",
    "WrongPassphrase",
    "check_known_answers",
    "passphrase_bits",
    "serve",
]
