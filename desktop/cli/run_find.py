"""`daftar find`: searches the notebook in any script. Must not change it."""

from __future__ import annotations

import math

from desktop.cli.context import Run
from desktop.cli.table import LIMIT
from i18n.message import nmsg

_SPREAD = 40.0  # a known code stands about 100 above an ordinary hit, a slip of the pen 100 below


def relevance(score: float) -> float:
    """The index's open-ended score as a number from 0 to 1 that keeps the order."""
    return round(1 / (1 + math.exp(-max(-600.0, min(600.0, score)) / _SPREAD)), 4)


def run(run: Run) -> int:
    """Print the hits, best first."""
    arguments, console = run.arguments, run.console
    with run.vault() as vault:
        result = vault.search(arguments.text("query"), limit=arguments.count("limit", LIMIT))
    if arguments.flag("json"):
        hits = [
            {
                "type": hit.type,
                "id": hit.id,
                "code": hit.code,
                "snippet": hit.snippet,
                "score": relevance(hit.score),
            }
            for hit in result.hits
        ]
        console.json({"hits": hits, "total": result.total, "ms": round(result.ms, 1)})
        return 0
    for hit in result.hits:
        console.result(f"{hit.code or hit.id}\t{' '.join(hit.snippet.split())}")
    console.say(nmsg("{count} result", "{count} results", result.total))
    return 0
