"""The history: revisions, what they change, and what a record says after them. Pure; must not open a database.

Front door for the rest of `storage`; the format is docs/formats/revision.md.
"""

from storage.history.apply import Keys, apply_ops
from storage.history.canonical import NotCanonical
from storage.history.canonical import decode as decode_canonical
from storage.history.canonical import encode as encode_canonical
from storage.history.diff import delete_ops, diff_doc
from storage.history.materialise import Conflict, Materialised, current_doc, materialise, needs_newer
from storage.history.revision import Op, Revision, revision_id, sign_input

__all__ = [
    "Conflict",
    "Keys",
    "Materialised",
    "NotCanonical",
    "Op",
    "Revision",
    "apply_ops",
    "current_doc",
    "decode_canonical",
    "delete_ops",
    "diff_doc",
    "encode_canonical",
    "materialise",
    "needs_newer",
    "revision_id",
    "sign_input",
]
