"""Reading a source: a citation → its place in the document, as text, as the whole text, or as the page of a PDF."""

from yinju.web.source.routes import add_routes

__all__ = ["add_routes"]
