"""The view of the settings: the language model, how documents are read, what is refused, and what takes up space."""

from yinju.web.setup.routes import add_routes

__all__ = ["add_routes"]
