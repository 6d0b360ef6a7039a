"""The values that travel through Yinju: file → Document → Passage → Hit → Answer.

Every position is a half-open range of characters in `Document.text`, which is kept exactly as it was extracted.
"""

from yinju.types.answers import Answer, Citation, Copy, Disagreement, Hit, ModelFault, Statement
from yinju.types.basics import Box, Progress, Span, Vectors, Watch
from yinju.types.documents import Document, FileState, Passage, PrintedRun, Scan, Section, TableBody
from yinju.types.files import FileOutcome, IngestReport

__all__ = [
    "Answer",
    "Box",
    "Citation",
    "Copy",
    "Disagreement",
    "Document",
    "FileOutcome",
    "FileState",
    "Hit",
    "IngestReport",
    "ModelFault",
    "Passage",
    "PrintedRun",
    "Progress",
    "Scan",
    "Section",
    "Span",
    "Statement",
    "TableBody",
    "Vectors",
    "Watch",
]
