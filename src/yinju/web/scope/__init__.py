"""Where to ask: documents, folders and tags are found and chosen, and what is chosen is shown and kept with a chat."""

from yinju.web.scope.routes import add_routes
from yinju.web.scope.words import named, read_words, words_of

__all__ = ["add_routes", "named", "read_words", "words_of"]
