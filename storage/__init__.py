"""The storage room's front door: the vault, its records, interchange, search and workers. Must not do anything itself.

Names are loaded when they are first asked for, so that a worker process never loads the database library and the
command line starts fast. The list for people and type checkers (first part) and `_HOME` (second part) name the same.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Bound at once, not on demand: the function and its package have the same name, and the package would win.
from storage.reference import lexicon

if TYPE_CHECKING:
    from storage.caring import CareFacts, Happened
    from storage.crypto import MINIMUM_BITS, KdfCost, passphrase_bits
    from storage.crypto.kit_entry import (
        code_of_shares,
        doubtful_group,
        doubtful_word,
        group_is_possible,
        share_place,
        word_of,
        words_beginning,
    )
    from storage.crypto.known_answers import check_known_answers
    from storage.crypto.normalise import same_passphrase
    from storage.crypto.proposal import propose_passphrase, propose_secret
    from storage.crypto.recovery import code_digits, digit_bytes, read_digit_bytes, read_digits
    from storage.crypto.shares import CodeShare, read_kit, share_word, split_code
    from storage.decoy import HONEST_DECOY_TEXT
    from storage.environment import Environment, Files, problem_of
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
    from storage.evidence import EvidencePackage
    from storage.interchange import (
        ImportSummary,
        ParsedInterchange,
        dump,
        import_file,
        json_schema,
        parse_interchange,
    )
    from storage.key_file import lies_on_one_disk, make_key_file
    from storage.kit_proof import check_kit
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
        TakeInRecordings,
    )
    from storage.recording.beginning import LiveRecording, RecordingTicket
    from storage.recording.handle import Commands, RecorderLife, recorder_is_alive
    from storage.recording.writing import SegmentWriter
    from storage.records import (
        CODE_PREFIXES,
        INTERCHANGE_TYPES,
        PLURALS,
        PURPOSES,
        TYPES,
        FieldSpec,
        Kind,
        RecordSpec,
        blank_label,
        choice_label,
        class_of,
        field_label,
        is_valid_code,
        kind_label,
        limits,
        new_id,
        spec_of,
        type_label,
    )
    from storage.reference import GROUP_LABELS, Lexicon, Stage, lexicon, stage_of, stage_of_person
    from storage.search import (
        Hit,
        SearchResult,
    )
    from storage.snapshot import Snapshot
    from storage.vault import Vault
    from storage.verifying import VerifyReport
    from storage.ways_in import WayIn
    from storage.wiping import WIPE_TEXT, WIPE_WORD, destroy_keys, proves_passphrase, wipe_vault
    from storage.worker import Handler, Progress, WorkerCrashed, Workers, serve

_HOME = {
    "storage.caring": "CareFacts Happened",
    "storage.crypto": "MINIMUM_BITS KdfCost passphrase_bits",
    "storage.crypto.kit_entry": (
        "code_of_shares doubtful_group doubtful_word group_is_possible share_place word_of words_beginning"
    ),
    "storage.crypto.known_answers": "check_known_answers",
    "storage.crypto.normalise": "same_passphrase",
    "storage.crypto.proposal": "propose_passphrase propose_secret",
    "storage.crypto.recovery": "code_digits digit_bytes read_digit_bytes read_digits",
    "storage.crypto.shares": "CodeShare read_kit share_word split_code",
    "storage.decoy": "HONEST_DECOY_TEXT",
    "storage.environment": "Environment Files problem_of",
    "storage.errors": (
        "Cancelled ConsentMissing DaftarError EnvironmentProblem Fault Incompatible InvalidInput LeakFound Refused"
        " Tampered WrongPassphrase"
    ),
    "storage.evidence": "EvidencePackage",
    "storage.key_file": "lies_on_one_disk make_key_file",
    "storage.kit_proof": "check_kit",
    "storage.operations": (
        "AttachFile ChangeSet DeleteRecord Doc Draft DropDraft ImportRecords LogEvent Operation RevisionInfo Row"
        " SaveDraft SaveRecord SetSetting TakeInRecordings"
    ),
    "storage.snapshot": "Snapshot",
    "storage.vault": "Vault",
    "storage.verifying": "VerifyReport",
    "storage.ways_in": "WayIn",
    "storage.wiping": "WIPE_TEXT WIPE_WORD destroy_keys proves_passphrase wipe_vault",
    "storage.interchange": "ImportSummary ParsedInterchange dump import_file json_schema parse_interchange",
    "storage.records": (
        "CODE_PREFIXES INTERCHANGE_TYPES PLURALS PURPOSES TYPES FieldSpec Kind RecordSpec blank_label choice_label"
        " class_of field_label is_valid_code kind_label limits new_id spec_of type_label"
    ),
    "storage.recording.beginning": "LiveRecording RecordingTicket",
    "storage.recording.handle": "Commands RecorderLife recorder_is_alive",
    "storage.recording.writing": "SegmentWriter",
    "storage.search": "Hit SearchResult",
    "storage.reference": "GROUP_LABELS Lexicon Stage lexicon stage_of stage_of_person",
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
    "CODE_PREFIXES",
    "GROUP_LABELS",
    "HONEST_DECOY_TEXT",
    "INTERCHANGE_TYPES",
    "MINIMUM_BITS",
    "PLURALS",
    "PURPOSES",
    "TYPES",
    "WIPE_TEXT",
    "WIPE_WORD",
    "AttachFile",
    "Cancelled",
    "CareFacts",
    "ChangeSet",
    "CodeShare",
    "Commands",
    "ConsentMissing",
    "DaftarError",
    "DeleteRecord",
    "Doc",
    "Draft",
    "DropDraft",
    "Environment",
    "EnvironmentProblem",
    "EvidencePackage",
    "Fault",
    "FieldSpec",
    "Files",
    "Handler",
    "Happened",
    "Hit",
    "ImportRecords",
    "ImportSummary",
    "Incompatible",
    "InvalidInput",
    "KdfCost",
    "Kind",
    "LeakFound",
    "Lexicon",
    "LiveRecording",
    "LogEvent",
    "Operation",
    "ParsedInterchange",
    "Progress",
    "RecordSpec",
    "RecorderLife",
    "RecordingTicket",
    "Refused",
    "RevisionInfo",
    "Row",
    "SaveDraft",
    "SaveRecord",
    "SearchResult",
    "SegmentWriter",
    "SetSetting",
    "Snapshot",
    "Stage",
    "TakeInRecordings",
    "Tampered",
    "Vault",
    "VerifyReport",
    "WayIn",
    "WorkerCrashed",
    "Workers",
    "WrongPassphrase",
    "blank_label",
    "check_kit",
    "check_known_answers",
    "choice_label",
    "class_of",
    "code_digits",
    "code_of_shares",
    "destroy_keys",
    "digit_bytes",
    "doubtful_group",
    "doubtful_word",
    "dump",
    "field_label",
    "group_is_possible",
    "import_file",
    "is_valid_code",
    "json_schema",
    "kind_label",
    "lexicon",
    "lies_on_one_disk",
    "limits",
    "make_key_file",
    "new_id",
    "parse_interchange",
    "passphrase_bits",
    "problem_of",
    "propose_passphrase",
    "propose_secret",
    "proves_passphrase",
    "read_digit_bytes",
    "read_digits",
    "read_kit",
    "recorder_is_alive",
    "same_passphrase",
    "serve",
    "share_place",
    "share_word",
    "spec_of",
    "split_code",
    "stage_of",
    "stage_of_person",
    "type_label",
    "wipe_vault",
    "word_of",
    "words_beginning",
]
