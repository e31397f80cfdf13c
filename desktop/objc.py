"""The few calls of the Objective-C runtime that macOS needs, by ctypes. Must not be used elsewhere.

Not run on macOS yet; written from the runtime's documented C interface.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes.util import find_library
from typing import Any

Pointer = ctypes.c_void_p
_METHOD = ctypes.CFUNCTYPE(None, Pointer, Pointer, Pointer)


class Runtime:
    """`send(object, "selector:", arguments…)` and a class whose one method calls back into Python."""

    def __init__(self, library: Any = None) -> None:
        self._objc = ctypes.CDLL(find_library("objc")) if library is None else library
        for name, result, arguments in (
            ("objc_getClass", Pointer, [ctypes.c_char_p]),
            ("sel_registerName", Pointer, [ctypes.c_char_p]),
            ("objc_allocateClassPair", Pointer, [Pointer, ctypes.c_char_p, ctypes.c_size_t]),
            ("objc_registerClassPair", None, [Pointer]),
            ("class_addMethod", ctypes.c_bool, [Pointer, Pointer, Pointer, ctypes.c_char_p]),
        ):
            function = getattr(self._objc, name)
            function.restype, function.argtypes = result, arguments
        self._kept: list[object] = []

    def class_(self, name: str) -> int:
        """A class by its name; 0 where there is none."""
        return int(self._objc.objc_getClass(name.encode("ascii")) or 0)

    def selector(self, name: str) -> int:
        """A selector by its name."""
        return int(self._objc.sel_registerName(name.encode("ascii")) or 0)

    def send(self, to: int, selector: str, *arguments: object, result: Any = Pointer) -> int:
        """Send a message; pointers and whole numbers only."""
        if not to:
            return 0
        kinds: list[Any] = [Pointer if isinstance(one, int) else type(one) for one in arguments]
        call = ctypes.CFUNCTYPE(result, Pointer, Pointer, *kinds)(("objc_msgSend", self._objc))
        return int(call(to, self.selector(selector), *arguments) or 0)

    def text(self, words: str) -> int:
        """An NSString."""
        return self.send(
            self.class_("NSString"), "stringWithUTF8String:", ctypes.c_char_p(words.encode("utf-8"))
        )

    def listener(self, name: str, call: Callable[[int], None]) -> int:
        """An object with the method `heard:`, which calls `call` with what it was given."""

        def heard(_self: int, _selector: int, notice: int) -> None:
            call(notice or 0)

        method = _METHOD(heard)
        self._kept.append(method)
        made = self._objc.objc_allocateClassPair(self.class_("NSObject"), name.encode("ascii"), 0)
        self._objc.class_addMethod(made, self.selector("heard:"), ctypes.cast(method, Pointer), b"v@:@")
        self._objc.objc_registerClassPair(made)
        return self.send(self.send(int(made), "alloc"), "init")
