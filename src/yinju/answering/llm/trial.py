"""A language model before it is set: the servers of this machine, the models of one, and whether it answers.

What is asked here waits for an answer, so call it from a thread that may wait.
"""

import asyncio
import time
from dataclasses import dataclass

from yinju.answering.llm.listing import list_models
from yinju.answering.llm.model import ChatModel
from yinju.answering.llm.server import ModelServer
from yinju.errors import GenerationError
from yinju.protocols import ModelMessage
from yinju.reasons import Reason
from yinju.settings import Settings
from yinju.types import ModelFault

USUAL = (("Ollama", 11434), ("llama.cpp", 8080), ("vLLM", 8000), ("LM Studio", 1234))
"""Programs that serve language models, each with the port that it takes unless told otherwise."""
FIND_SECONDS = 2.0
"""The longest wait for a server of this machine to list its models."""
LIST_SECONDS = 10.0
"""The longest wait for any other."""
TRIAL_SECONDS, TRIAL_CHARACTERS = 120.0, 200
"""The longest wait for the answer of a trial, a model that has to be loaded first included; how much of it is read."""


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A server and its models."""

    program: str
    """Whose usual port it has; empty for one that was named."""
    address: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one question to a model."""

    model: str
    said: str
    seconds: float
    """From the question to the end of the answer."""


def find_servers(settings: Settings) -> list[FoundServer]:
    """The servers that list models at the `USUAL` ports of 127.0.0.1, in that order."""
    return [one for one in asyncio.run(_find(settings)) if one]


async def _find(settings: Settings) -> list[FoundServer | None]:
    return await asyncio.gather(*(_found(settings, program, port) for program, port in USUAL))


async def _found(settings: Settings, program: str, port: int) -> FoundServer | None:
    address = f"http://127.0.0.1:{port}/v1"
    try:
        return FoundServer(program, address, tuple(await _list(settings.with_model(address), FIND_SECONDS)))
    except GenerationError:
        return None


def models_at(settings: Settings) -> list[str]:
    """The models of the server that is set.

    Raises:
        SettingsError: its address or key cannot be used.
        GenerationError: it does not list any.
    """
    return asyncio.run(_list(settings, LIST_SECONDS))


async def _list(settings: Settings, seconds: float) -> list[str]:
    server = ModelServer(settings)
    try:
        async with asyncio.timeout(seconds), server.client() as client:
            return await list_models(server, client)
    except TimeoutError:
        found = Reason("llm.unlisted", {"seconds": seconds})
        raise server.fault(ModelFault.SLOW, found, Reason("llm.see_log")) from None


def try_model(settings: Settings, question: str) -> Trial:
    """What the model that is set says to a question, and how long that takes.

    Raises:
        SettingsError: its address or key cannot be used.
        GenerationError: the answer does not come or breaks off; its `fault` says why.
    """
    limits = {"llm_first_token_seconds": TRIAL_SECONDS, "llm_answer_seconds": TRIAL_SECONDS}
    model = ChatModel(settings.model_copy(update={"llm_answer_characters": TRIAL_CHARACTERS, **limits}))
    started = time.perf_counter()
    said = "".join(model.stream([ModelMessage("user", question)]))
    return Trial(model.name, said.strip(), time.perf_counter() - started)
