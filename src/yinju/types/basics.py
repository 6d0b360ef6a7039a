"""Spans, vectors, and what is called while long work goes on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
else:
    Vectors = Any  # NumPy would be half of what a process that only reads files has to import
Span = tuple[int, int]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as fractions of a page as it is shown."""
Progress = Callable[[int, int, str], None]
"""Called as progress(done, total, what) while long work goes on."""
Watch = Callable[[str, bool], None]
"""Called as watch(name, False) when the reading of a file begins and as watch(name, True) when it has ended."""
