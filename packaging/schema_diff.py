"""Compares the committed JSON Schema with the one the record definitions give. Must not change either unless told to.

`python packaging/schema_diff.py` fails on a difference; with `--write` the committed file is written anew.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
COMMITTED = ROOT / "docs" / "formats" / "interchange.schema.json"


def main(arguments):
    from storage import json_schema

    fresh = json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
    if arguments == ["--write"]:
        COMMITTED.parent.mkdir(parents=True, exist_ok=True)
        COMMITTED.write_text(fresh, encoding="utf-8")
        return 0
    if not COMMITTED.exists() or COMMITTED.read_text(encoding="utf-8") != fresh:
        print(
            f"{COMMITTED.relative_to(ROOT)} is not what the records say. Write it anew: just schema",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
