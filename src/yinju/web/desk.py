"""What every room of the page works with: the library that a request is about, its chats and links, and who asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from yinju.conversations import Conversations, Shares
from yinju.conversations.shares import is_shared
from yinju.library import Library
from yinju.messages import Language
from yinju.types import Answer
from yinju.web.visitor import Visitor, visitor_of


@dataclass(frozen=True, slots=True)
class Desk:
    """The documents, and the chats that are kept."""

    library: Library
    conversations: Conversations
    is_owner: Callable[[str], bool] = bool
    """Whether the links of a visitor, by its id, still open something."""

    @property
    def shares(self) -> Shares:
        """The links to its chats."""
        return Shares(self.conversations.path, self.is_owner)

    def answer(self, owner: str, message: str) -> Answer | None:
        """What an answer says, a visitor's own or a shared one; None where it is unknown or another's."""
        if not is_shared(message):
            return self.conversations.answer(owner, message)
        kept = self.shares.shared_answer(message)
        return kept.answer if kept else None


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor at the desk."""

    desk: Desk
    visitor: Visitor

    @property
    def language(self) -> Language:
        """Which the visitor reads."""
        return self.visitor.language


def id_of(request: Any) -> str:  # noqa: ANN401 - Starlette's request or Gradio's wrapper around one
    """The id of the library at whose address a request was sent; empty for the first."""
    return cast(str, request.state.library)


def desk_of(request: Any) -> Desk:  # noqa: ANN401
    """The desk of the library whose address was asked; opens that where it is not, so it may take a while.

    Raises:
        YinjuError: the library cannot be opened, or was deleted meanwhile.
    """
    return cast("Callable[[], Desk]", request.state.desk)()


def library_of(request: Any) -> Library:  # noqa: ANN401
    """The library at whose address a request was sent; see `desk_of`."""
    return desk_of(request).library


def session_of(request: Any) -> Session:  # noqa: ANN401
    """Who sent a request, at the desk whose address was asked; see `desk_of`."""
    return Session(desk_of(request), visitor_of(request))
