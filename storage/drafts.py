"""Drafts: what is being typed, as a snapshot and the splices since. Must not write revisions or log events.

A save costs a few hundred bytes, however long the text is.
"""

from __future__ import annotations

from storage.db import Database
from storage.operations import Draft

_MOST_SPLICES = 200


class Drafts:
    """The drafts of an open vault; remembers the last text of each so that the next save is one splice."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._texts: dict[str, tuple[str, int]] = {}  # key → text as stored, number of splices

    def save(self, key: str, base_id: str | None, text: str, at: int) -> bool:
        """Store the text inside the caller's transaction; False when it stands there already."""
        known = self._known(key)
        if known is None:
            self._store_whole(key, base_id, text, at)
            return True
        before, count = known
        if before == text:
            return False
        start, removed, inserted = splice(before, text)
        if count >= _MOST_SPLICES or len(inserted) > len(text) // 2:
            self._store_whole(key, base_id, text, at)
            return True
        self._database.execute(
            "INSERT INTO draft_splices (key, n, at, removed, inserted) VALUES (?, ?, ?, ?, ?)",
            (key, count, start, removed, inserted),
        )
        self._database.execute("UPDATE drafts SET base = ?, saved = ? WHERE key = ?", (base_id, at, key))
        self._texts[key] = (text, count + 1)
        return True

    def _store_whole(self, key: str, base_id: str | None, text: str, at: int) -> None:
        self._database.execute("DELETE FROM draft_splices WHERE key = ?", (key,))
        self._database.execute(
            "INSERT INTO drafts (key, base, saved, snapshot) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET base = excluded.base, saved = excluded.saved, snapshot = excluded.snapshot",
            (key, base_id, at, text),
        )
        self._texts[key] = (text, 0)

    def drop(self, key: str) -> bool:
        """Forget a draft inside the caller's transaction; True if there was one."""
        there = self._known(key) is not None
        self._database.execute("DELETE FROM drafts WHERE key = ?", (key,))
        self._texts.pop(key, None)
        return there

    def drop_of(self, record_id: str) -> None:
        """Forget the drafts that belong to a record which is deleted: by their base, or by the id in their key."""
        sql = "SELECT key FROM drafts WHERE base = ? OR instr(key, ?) > 0"
        for (key,) in self._database.all(sql, (record_id, record_id)):
            self.drop(key)

    def all(self) -> list[Draft]:
        """Give every draft, the newest first."""
        rows = self._database.all("SELECT key, base, saved FROM drafts ORDER BY saved DESC, key")
        return [Draft(key, base, (self._known(key) or ("", 0))[0], saved) for key, base, saved in rows]

    def forget_cache(self) -> None:
        """Read from the database again, as after a rollback."""
        self._texts.clear()

    def _known(self, key: str) -> tuple[str, int] | None:
        if key not in self._texts:
            row = self._database.one("SELECT snapshot FROM drafts WHERE key = ?", (key,))
            if row is None:
                return None
            splices = self._database.all(
                "SELECT at, removed, inserted FROM draft_splices WHERE key = ? ORDER BY n", (key,)
            )
            text = row[0]
            for at, removed, inserted in splices:
                text = text[:at] + inserted + text[at + removed :]
            self._texts[key] = (text, len(splices))
        return self._texts[key]


def splice(before: str, after: str) -> tuple[int, int, str]:
    """Give (position, removed count, inserted text) that turns one text into the other, in code points."""
    shortest = min(len(before), len(after))
    start = _common(before, after, shortest)
    end = _common(before[::-1], after[::-1], shortest - start)
    return start, len(before) - start - end, after[start : len(after) - end]


def _common(left: str, right: str, limit: int) -> int:
    """Give the length of the common beginning, by halving: comparing slices is fast, characters are not."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if left[:middle] == right[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
