"""The values that travel through Yinju: file → Document → Passage → Hit → Answer.

Every position is a half-open range of characters in `Document.text`, which is kept exactly as it was extracted.
"""

from yinju.types.answers import (
    DAY,
    Answer,
    Citation,
    CitedFigure,
    Copy,
    Disagreement,
    Hit,
    ModelFault,
    Scope,
    Statement,
    Verdict,
)
from yinju.types.basics import Box, Progress, Span, Vectors, Watch
from yinju.types.blocks import HEADING_KINDS, Block, BlockKind, filled_in, pack_blocks, unpack_blocks
from yinju.types.documents import Document, DocumentFacts, FileState, Passage, PrintedRun, Scan, Section, passage_ids
from yinju.types.figures import Figure, FigureSource, pack_figures, unpack_figures
from yinju.types.files import FileOutcome, IngestReport
from yinju.types.guides import Guide, GuideHeading, KeyPoint

__all__ = [
    "DAY",
    "HEADING_KINDS",
    "Answer",
    "Block",
    "BlockKind",
    "Box",
    "Citation",
    "CitedFigure",
    "Copy",
    "Disagreement",
    "Document",
    "DocumentFacts",
    "Figure",
    "FigureSource",
    "FileOutcome",
    "FileState",
    "Guide",
    "GuideHeading",
    "Hit",
    "IngestReport",
    "KeyPoint",
    "ModelFault",
    "Passage",
    "PrintedRun",
    "Progress",
    "Scan",
    "Scope",
    "Section",
    "Span",
    "Statement",
    "Vectors",
    "Verdict",
    "Watch",
    "filled_in",
    "pack_blocks",
    "pack_figures",
    "passage_ids",
    "unpack_blocks",
    "unpack_figures",
]
