"""Sections → a PDF with their sources at the foot of the page, typeset by a program of its own (typeset.py).

Thus the fonts and what Typst remembers take no memory of the server's, and a text on which it hangs ends only that.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from yinju.export.layout import Section, Words
from yinju.export.typeset import NO_FONT

SECONDS = 60
"""The longest that a PDF may take."""
_PROGRAM = Path(__file__).with_name("typeset.py")
logger = logging.getLogger(__name__)


class ExportError(Exception):
    """A file could not be made; `notice` is the key of what is said of it."""

    def __init__(self, notice: str) -> None:
        """Keep the key."""
        self.notice = notice
        super().__init__(notice)


def write_pdf(title: Words, sections: Sequence[Section]) -> bytes:
    """A PDF whose text can be searched; the question of a single section is its title.

    Raises:
        ExportError: there is no font to show Chinese in, or the PDF was not made.
    """
    headed = len(sections) > 1 or sections[0].question != title
    sheet = json.dumps({"title": asdict(title), "headed": headed, "sections": [*map(asdict, sections)]}, default=list)
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_PROGRAM)], input=sheet.encode(), capture_output=True, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.error("no PDF was made: %s", error)
        raise ExportError("export.trouble") from error
    if done.returncode == NO_FONT:
        raise ExportError("export.no_font")
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        logger.error("no PDF was made: status %d, %s", done.returncode, done.stderr.decode(errors="replace")[-500:])
        raise ExportError("export.trouble")
    return done.stdout
