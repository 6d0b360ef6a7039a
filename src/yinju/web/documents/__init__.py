"""The view of the documents: what is there, what is added to it and taken from it, and how each file was read."""

from yinju.web.documents.routes import add_routes
from yinju.web.documents.view import changing

__all__ = ["add_routes", "changing"]
