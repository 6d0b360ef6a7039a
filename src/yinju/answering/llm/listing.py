"""A server's /models → the names of the models that it has."""

import json
from typing import TYPE_CHECKING

from yinju.answering.llm.server import ModelServer
from yinju.reasons import Reason
from yinju.types import ModelFault

if TYPE_CHECKING:
    from httpx2 import AsyncClient

LISTING_BYTES = 4_000_000
"""So much of a listing is read."""


async def list_models(server: ModelServer, client: "AsyncClient") -> list[str]:
    """The models' names in the server's order, at least one.

    Raises:
        GenerationError: the server lists none, or does not answer.
    """
    body = bytearray()
    async with server.exchange(client, "models") as chunks:
        async for data in chunks:
            body += data
            if len(body) > LISTING_BYTES:
                break
    try:
        names = [one["id"] for one in json.loads(body)["data"]]
    except (ValueError, RecursionError, LookupError, TypeError):
        names = []
    if not names or not all(isinstance(name, str) and name for name in names):
        raise server.fault(ModelFault.MALFORMED, Reason("llm.lists_none"), Reason("llm.set_name"))
    return names
