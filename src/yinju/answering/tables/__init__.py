"""Tables as tables: a question about rows and columns is worked out over all rows of the table that it is about."""

from yinju.answering.tables.reply import reply_from_tables

__all__ = ["reply_from_tables"]
