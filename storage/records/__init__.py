"""The record types, each defined once, and everything computed from them. Must not store or read records."""

from storage.records import limits
from storage.records.choices import PURPOSE, PURPOSES
from storage.records.classes import class_of, default_class
from storage.records.codes import CODE_PREFIXES, draw_code, draw_vault_number, is_valid_code
from storage.records.elements import with_element_ids
from storage.records.forms import new_id
from storage.records.kinds import BLANKS, CLASSES, Class, Kind
from storage.records.labels import blank_label, choice_label, field_label, kind_label, type_label
from storage.records.own_fields import OwnFieldType, own_field_types
from storage.records.paths import FieldAt, general_path, parse_path
from storage.records.spec import INTERCHANGE_TYPES, PLURALS, TYPES, FieldSpec, RecordSpec, spec_of
from storage.records.walker import Walker

__all__ = [
    "BLANKS",
    "CLASSES",
    "CODE_PREFIXES",
    "INTERCHANGE_TYPES",
    "PLURALS",
    "PURPOSE",
    "PURPOSES",
    "TYPES",
    "Class",
    "FieldAt",
    "FieldSpec",
    "Kind",
    "OwnFieldType",
    "RecordSpec",
    "Walker",
    "blank_label",
    "choice_label",
    "class_of",
    "default_class",
    "draw_code",
    "draw_vault_number",
    "field_label",
    "general_path",
    "is_valid_code",
    "kind_label",
    "limits",
    "new_id",
    "own_field_types",
    "parse_path",
    "spec_of",
    "type_label",
    "with_element_ids",
]
