"""xlsx → Extract: the rows of the visible sheets, with what formulas come to."""

from yinju.reading.sheets.extract import extract_xlsx

__all__ = ["extract_xlsx"]
