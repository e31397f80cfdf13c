"""Interchange files: records in and out as plain JSON (docs/formats/interchange.md). Must not open a database."""

from storage.interchange.dumping import dump
from storage.interchange.files import Attachment
from storage.interchange.importing import import_file
from storage.interchange.model import FORMAT, ImportSummary, Known, ParsedInterchange, ParsedRecord
from storage.interchange.parsing import parse_interchange
from storage.interchange.schema import json_schema

__all__ = [
    "FORMAT",
    "Attachment",
    "ImportSummary",
    "Known",
    "ParsedInterchange",
    "ParsedRecord",
    "dump",
    "import_file",
    "json_schema",
    "parse_interchange",
]
