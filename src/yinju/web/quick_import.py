"""Makes `import gradio` about a third quicker: see `without_stubs`."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def without_stubs() -> Iterator[None]:
    """While it lasts, Gradio's components do not rewrite their .pyi stubs, which only editors read.

    Gradio parses the source of each of its 80 component classes for that at every import: half the time. It passes
    over a class whose source file cannot be told, so that is what it hears here.
    """
    original = inspect.getfile

    def getfile(thing: Any) -> str:  # noqa: ANN401 - as in inspect
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError(f"the stub of {thing.__qualname__} is not wanted")
        return original(thing)

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = original
