"""The chat page: a question typed in a browser → a streamed answer whose every citation opens beside it."""

from yinju.web.server import create_app, serve

__all__ = ["create_app", "serve"]
