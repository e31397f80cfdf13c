"""A report of our own mistakes: types and places, never a word of the notebook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desktop import excepthook

SECRET = "Зарина Қодирова"


def make_error() -> BaseException:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as inner:
            name = SECRET
            raise ValueError(f"{name} is wrong") from inner
    except ValueError as error:
        return error


def test_types_and_lines_stand_in_the_report_but_no_value_does() -> None:
    text = excepthook.describe(make_error())
    assert "ValueError" in text
    assert "KeyError" in text
    assert "make_error" in text
    assert SECRET not in text
    assert "is wrong" not in text


def test_the_report_is_a_new_file_and_a_full_disk_is_no_second_error(tmp_path: Path) -> None:
    path = excepthook.write_report(make_error(), tmp_path)
    assert path is not None
    assert SECRET not in path.read_text(encoding="utf-8")
    assert excepthook.write_report(make_error(), tmp_path / "absent") is None


def test_python_itself_prints_nothing_any_more(root: Path) -> None:
    script = f"""
import sys, threading
sys.path.insert(0, {str(root)!r})
from desktop import excepthook
excepthook.install(lambda error: print(type(error).__name__, flush=True))
def fail(): raise ValueError("secret")
thread = threading.Thread(target=fail); thread.start(); thread.join()
class Bad:
    def __del__(self): raise ValueError("secret")
Bad()
raise KeyError("secret")
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["ValueError", "KeyError"]
    assert done.stderr == ""
    assert done.returncode == 1
