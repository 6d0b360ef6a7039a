"""Yinju 引據: answers in Chinese from your own documents, every sentence with its source."""

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yinju.library import Library, build_index, open_library

__all__ = ["Library", "build_index", "open_library"]
__version__ = "0.1.0"
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # else onnxruntime, from 1.29 on, reports to its maker from every process


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the module's own attributes
    """Import the library at first use, so that `import yinju` stays quick."""
    if name in __all__:
        from yinju import library

        return getattr(library, name)
    raise AttributeError(f"module 'yinju' has no attribute {name!r}")
