"""A run that is stopped after its first copy takes that copy back: the notebook's log knows nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import exports.writer as writer
from exports.outbox import Outbox
from storage.errors import Cancelled, EnvironmentProblem


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Cancelled(), EnvironmentProblem("full")])
@pytest.mark.parametrize("folder_was_there", [True, False])
def test_what_was_written_is_taken_back(
    error: BaseException, folder_was_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    if folder_was_there:
        folder.mkdir()
        (folder / "mine.txt").write_text("kept")
    run = object.__new__(writer._Run)
    run.outbox, run.cancel, run.files = Outbox(folder), None, []
    run.audiences = ("filing", "public")
    monkeypatch.setattr(run, "_papers", lambda: [None], raising=False)
    monkeypatch.setattr(run, "_name", lambda *_: "none.pdf", raising=False)
    run.form = type("Form", (), {"copies": run.audiences})()

    def copy(audience: Any) -> None:
        if audience == "public":
            raise error
        run.outbox.store({"first.pdf": b"whole"})

    monkeypatch.setattr(run, "_try_copy", copy)
    with pytest.raises(type(error)):
        run.write()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == (
        ["mine.txt"] if folder_was_there else []
    )
    assert folder.exists() == folder_was_there


def test_copies_are_their_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    Outbox(folder).store({"a.pdf": b"names"})
    assert (folder / "a.pdf").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
