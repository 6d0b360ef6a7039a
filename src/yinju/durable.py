"""What is written is safe on the disk."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Have a file or the entries of a folder safe on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
