"""Kept answers → files to keep or pass on: Markdown, JSON, Word and PDF, each with the sources it cites."""

from collections.abc import Sequence

from yinju.conversations import KeptAnswer
from yinju.export.figures import Pictures, no_pictures, pictures_of
from yinju.export.layout import lay_out, words_of
from yinju.export.pdf import ExportError, write_pdf
from yinju.export.text import section_markdown, write_json, write_markdown
from yinju.messages import Language

MEDIA_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
}
"""By the ending of a file's name."""
PICTURED = ("docx", "pdf")
"""Those that hold pictures."""
__all__ = ["MEDIA_TYPES", "ExportError", "answer_markdown", "export", "pictures_of"]


def export(
    kind: str, title: str, kept: Sequence[KeptAnswer], language: Language, pictures: Pictures = no_pictures
) -> bytes:
    """The file of a kind in `MEDIA_TYPES` with a title and answers; what Yinju says of them is in a language.

    Word and PDF have the `pictures` of figures that stand beside what is cited.

    Raises:
        ExportError: no PDF can be made.
    """
    if kind == "json":
        return write_json(title, kept).encode("utf-8", "replace")
    name, sections = (
        words_of(title, language),
        [lay_out(one, language, pictures if kind in PICTURED else no_pictures) for one in kept],
    )
    if kind == "pdf":
        return write_pdf(name, sections)
    if kind == "docx":
        from yinju.export.word import write_word  # python-docx is loaded by who exports to Word alone

        return write_word(name, sections)
    return write_markdown(name, sections).encode()


def answer_markdown(kept: KeptAnswer, language: Language) -> str:
    """An answer followed by its numbered sources, to be copied into another text."""
    return section_markdown(lay_out(kept, language))
