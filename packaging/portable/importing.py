"""Run by the finished build's own interpreter: every module in it can be loaded. Prints each that cannot, with the reason.

    BUILD/bin/python3.11 -I -S -B importing.py PROGRAM PACKAGES MODULES COMPILED

A module that cannot be loaded is one that asks for something left out: it would fail some day, in somebody's hands.
"""

from __future__ import annotations

import importlib
import os
import re
import sys


def modules(folder: str) -> list[str]:
    """Dotted names of the modules below a folder, compiled by us or by a compiler."""
    found = []
    for at, folders, names in os.walk(folder):
        folders[:] = [
            one for one in folders if one.isidentifier()
        ]  # not lib-dynload, whose modules have no package
        inside = [] if at == folder else os.path.relpath(at, folder).split(os.sep)  # noqa: PTH206
        for name in names:
            module = name.split(".")[0]
            ours = name.endswith((".pyc", ".pyd")) or re.search(r"\.(abi3|cpython-[^.]+)\.so$", name)
            if ours and module != "__main__":
                found.append(".".join([*inside, module]).removesuffix(".__init__"))
    return sorted(found)


def main(folders: list[str]) -> int:
    """1 when a module cannot be loaded."""
    sys.path[:0] = folders[:1]
    sys.path += folders[1:2]
    wrong = 0
    for folder in folders:
        for name in modules(folder):
            try:
                importlib.import_module(name)
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is what we look for
                print(f"{name}: {type(error).__name__}: {error}")
                wrong = 1
    return wrong


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
