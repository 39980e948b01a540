"""Arrays of structures that belong to a library written in C."""

import ctypes
from typing import Any

import numpy as np
import numpy.typing as npt


def float_columns(pointer: Any, count: int, names: tuple[str, ...]) -> npt.NDArray[Any]:
    """Give fields of structures that lie one after the other.

    Parameters
    ----------
    pointer : ctypes pointer to a Structure
        To the first; not null.
    count : int
        How many there are.
    names : tuple of str
        Fields of single precision.

    Returns
    -------
    structured ndarray, shape (count,)
        The same memory: it is to be copied before the library frees it.

    Raises
    ------
    TypeError
        If a field is of another type, or there is none of this name.
    """
    kind: Any = pointer._type_
    kinds = dict(kind._fields_)
    if any(kinds.get(name) is not ctypes.c_float for name in names):
        raise TypeError(f"{kind.__name__} has no {names} of single precision")
    layout: np.dtype[Any] = np.dtype(
        {
            "names": list(names),
            "formats": [np.float32] * len(names),
            "offsets": [getattr(kind, name).offset for name in names],
            "itemsize": ctypes.sizeof(kind),
        }
    )
    held = (ctypes.c_char * (count * layout.itemsize)).from_address(
        ctypes.addressof(pointer.contents)
    )
    return np.frombuffer(memoryview(held), layout)
