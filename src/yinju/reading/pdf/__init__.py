"""PDF → Extract: printed lines and tables in reading order, or what was recognised on the image of a page."""

from yinju.reading.pdf.extract import extract_pdf

__all__ = ["extract_pdf"]
