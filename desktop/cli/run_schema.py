"""`daftar schema`: the JSON Schema of the interchange file. Must not hold a schema of its own."""

from __future__ import annotations

import json

from desktop.cli.context import Run
from storage import json_schema


def run(run: Run) -> int:
    """Print the schema, indented, for reading and for comparing."""
    run.console.raw(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n")
    return 0
