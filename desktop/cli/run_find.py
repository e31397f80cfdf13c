"""`daftar find`: searches the notebook in any script. Must not change it."""

from __future__ import annotations

from desktop.cli.context import Run
from desktop.cli.table import LIMIT
from i18n.message import nmsg


def run(run: Run) -> int:
    """Print the hits, best first."""
    arguments, console = run.arguments, run.console
    with run.vault() as vault:
        result = vault.search(arguments.text("query"), limit=arguments.count("limit", LIMIT))
    if arguments.flag("json"):
        hits = [
            {"type": hit.type, "id": hit.id, "code": hit.code, "snippet": hit.snippet, "score": round(hit.score, 4)}
            for hit in result.hits
        ]
        console.json({"hits": hits, "total": result.total, "ms": round(result.ms, 1)})
        return 0
    for hit in result.hits:
        console.result(f"{hit.code or hit.id}\t{' '.join(hit.snippet.split())}")
    console.say(nmsg("{count} result", "{count} results", result.total))
    return 0
