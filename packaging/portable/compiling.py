"""Compiles modules to bytecode without a trace of this computer; runs in a process of its own, always the same way.

    PYTHONHASHSEED=0 python -P -s -S -B compiling.py < JOB      JOB = [[source, target, name in tracebacks], ...]

No source is shipped: what an auditor would read and what runs could then differ. The sources are the repository.
The bytes must not depend on where or when they were made: names are relative, no time is kept, the order is the
caller's, and the caller fixes the seed of hashing (which orders the sets among the constants).
"""

from __future__ import annotations

import json
import py_compile
import sys


def main() -> int:
    """Compile what standard input lists; the first mistake ends it."""
    for source, target, shown in json.load(sys.stdin):
        py_compile.compile(
            source,
            target,
            shown,
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
