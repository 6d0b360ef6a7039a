"""What is written is safe on the disk."""

import json
import os
from pathlib import Path
from secrets import token_hex

RESTORING = "restoring.json"
"""Lies in the folder of the first index while a backup takes the place of what is there."""


def sync(path: Path) -> None:
    """Have a file or the entries of a folder safe on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(file: Path, content: object) -> None:
    """Replace a file in one step by one that this user alone can read; its folder must be there."""
    part = file.with_name(f".{file.name}.{token_hex(8)}")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as written:
            json.dump(content, written, ensure_ascii=False, indent=1)
            written.flush()
            os.fsync(written.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    sync(file.parent)
