"""The overview: what the collection holds, how questions were answered, and a map of the passages."""

from yinju.web.overview.routes import add_routes

__all__ = ["add_routes"]
