"""docx → Extract: paragraphs, lists, tables and notes, with the numbers that Word draws."""

from yinju.reading.word.extract import extract_docx

__all__ = ["extract_docx"]
