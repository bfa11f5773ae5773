"""pdfium's small functions without ctypes' look at every argument, which takes longer than what they do."""

import ctypes
from collections.abc import Callable
from typing import Any


def unchecked(function: Any, returns: Any = ctypes.c_int) -> Callable[..., Any]:
    """The same C function, called as it is. The caller answers for the arguments.

    Each must be what C expects: `handle_of` for handles, `byref` for what is written to, a Python int for a C int.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(returns)(address)


def handle_of(raw: Any) -> ctypes.c_void_p:
    """The handle of a pypdfium2 object (its `raw`) for unchecked functions; it must stay open meanwhile."""
    return ctypes.cast(raw, ctypes.c_void_p)
