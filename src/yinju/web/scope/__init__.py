"""Where to ask: documents, folders and tags are found and chosen, and what is chosen is shown and kept with a chat."""

from yinju.web.scope.routes import add_routes

__all__ = ["add_routes"]
