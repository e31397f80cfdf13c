"""Prints how long an import takes: parse and check, then write. Must not be a test.

python tests/bench/bench_import.py [INTERVIEWS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bench")]

from generate import write  # noqa: E402

from storage import ImportRecords, KdfCost, Vault, parse_interchange  # noqa: E402


def main() -> None:
    interviews = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.json"
        write(path, interviews)
        passphrase = bytearray(b"seven quiet rivers under the bridge")
        with Vault.create(Path(folder) / "v", passphrase, cost=KdfCost(8192, 1, 1)) as vault:
            began = time.perf_counter()
            parsed = parse_interchange(path, vault)
            checked = time.perf_counter()
            vault.write(ImportRecords(parsed))
            written = time.perf_counter()
        size = path.stat().st_size / 1e6
    print(f"{interviews} interviews, {len(parsed.records)} records, {size:.1f} MB")
    print(f"parse and check {checked - began:.2f} s, write {written - checked:.2f} s")


if __name__ == "__main__":
    main()
