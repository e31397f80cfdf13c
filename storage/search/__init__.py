"""Full-text search inside the encrypted notebook, in any script and spelling. Must not keep words of deleted records.

`create` makes the tables, `index`, `index_many` and `remove` run inside the caller's transaction, `query` asks. All take the
DB-API connection of the open database.
"""

from __future__ import annotations

from storage.search.index import clear, create, index, index_many, is_indexed, remove
from storage.search.query import Hit, SearchResult, query, search_index
from storage.search.texts import Part, parts_of

__all__ = [
    "Hit",
    "Part",
    "SearchResult",
    "clear",
    "create",
    "index",
    "index_many",
    "is_indexed",
    "parts_of",
    "query",
    "remove",
    "search_index",
]
