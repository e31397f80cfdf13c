"""What a person starts: the first file of each system's build. Must hand nothing of the environment on that is not needed.

A search path for libraries, a library to be loaded first, a module path or a plugin path in the environment would be
somebody else's program inside ours: the launcher gives an allow-list to the interpreter, nothing else.
"""

from __future__ import annotations

import io
import zipfile

FLAGS = ("-I", "-S", "-B", "-X", "utf8")
"""As desktop/paths.py starts the program's children: isolated, no `site`, no bytecode written."""

KEPT = (
    "HOME", "USER", "LOGNAME", "PATH", "TERM", "COLUMNS", "LINES", "NO_COLOR", "TZ", "TMPDIR",
    "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LC_TIME", "LC_NUMERIC", "DAFTAR_LANGUAGE",
    "DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE", "XDG_SESSION_ID",
    "XDG_CURRENT_DESKTOP", "DBUS_SESSION_BUS_ADDRESS", "XCURSOR_SIZE", "XCURSOR_THEME", "QT_QPA_PLATFORM",
)  # fmt: skip
"""The variables that reach the program: whose home, which screen, which language. Not one of them names code."""

_SH = """#!/bin/sh
# Starts Daftar with the interpreter beside this file, and with these variables only.
PATH_GIVEN=${{PATH-}}
PATH=/usr/bin:/bin
unset ENV BASH_ENV CDPATH IFS LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT
here=$(readlink -f -- "$0") || exit 8
here=${{here%/*}}{inside}
set -- sh -c 'exec "$0" "$@"' "$here/bin/{python}" {flags} "$here/program/desktop/__main__.pyc" "$@"
for name in {kept}; do
    eval "given=\\${{$name+yes}}"
    if [ "$given" = yes ]; then eval "set -- \\"$name=\\$$name\\" \\"\\$@\\""; fi
done
exec env -i "PATH=$PATH_GIVEN" "$@"
"""
# `env` takes every word with a `=` for a variable, so a folder with that letter goes through `sh`.


def shell(python: str, inside: str = "") -> str:
    """The launcher of Linux and macOS; `inside` leads from its folder to the build's (`/../Resources/daftar`)."""
    kept = " ".join(name for name in KEPT if name != "PATH")
    return _SH.format(python=python, inside=inside, flags=" ".join(FLAGS), kept=kept)


def windows_console() -> str:
    """`daftar.cmd`: the command line on Windows."""
    return (
        f'@echo off\r\n"%~dp0bin\\python.exe" {" ".join(FLAGS)} "%~dp0program\\desktop\\__main__.pyc" %*\r\n'
    )


_WINDOWS_MAIN = """import os, sys
here = os.path.dirname(os.path.abspath(sys.argv[0]))
sys.path[:0] = [os.path.join(here, "program")]
sys.path.append(os.path.join(here, "packages"))
from desktop.__main__ import guarded_main
sys.exit(guarded_main())
"""


def windows_window(stub: bytes) -> bytes:
    """`Daftar.exe`: a window without a console. `stub` is the launcher that pip writes for programs with a window:
    it reads the line behind it, finds the interpreter beside itself and runs the archive at its end."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(zipfile.ZipInfo("__main__.py", (1980, 1, 1, 0, 0, 0)), _WINDOWS_MAIN)
    line = f'#!"<launcher_dir>\\bin\\pythonw.exe" {" ".join(FLAGS)}\r\n'
    return stub + line.encode("utf-8") + archive.getvalue()


def windows_paths(version: str) -> tuple[str, str]:
    """Name and text of the file that tells the interpreter its module folders and makes it deaf to registry and
    environment (`python311._pth`)."""
    return f"python{version.replace('.', '')}._pth", "..\\lib\\python\r\n..\\lib\\native\r\n"


_PLIST = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>CFBundleName</key><string>Daftar</string>
    <key>CFBundleIdentifier</key><string>daftar.notebook</string>
    <key>CFBundleExecutable</key><string>daftar</string>
    <key>CFBundlePackageType</key><string>APPL</string>
    <key>CFBundleShortVersionString</key><string>{version}</string>
    <key>CFBundleVersion</key><string>{version}</string>
    <key>LSMinimumSystemVersion</key><string>13.0</string>
    <key>NSHighResolutionCapable</key><true/>
    <key>NSQuitAlwaysKeepsWindows</key><false/>
</dict>
</plist>
"""


def macos_plist(version: str) -> str:
    """`Info.plist` of the macOS application; the system must not keep its windows' pictures for the next start."""
    return _PLIST.format(version=version)
