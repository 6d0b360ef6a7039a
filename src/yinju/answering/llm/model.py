"""Messages → what a language model says to them, piece by piece, within limits of time and length.

Each answer is read on an event loop (`background`), so that every limit holds whatever the server does, and closing
ends the connection at once. Trouble that may pass is tried again, as long as nothing was said and the time allows.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

from yinju.answering.llm.background import BackgroundText, Say
from yinju.answering.llm.deltas import DeltaReader, OddStreamError, ServerReportError
from yinju.answering.llm.listing import list_models
from yinju.answering.llm.server import ModelServer, PassingError
from yinju.errors import GenerationError, SettingsError
from yinju.protocols import ModelMessage
from yinju.reasons import Reason
from yinju.settings import Settings
from yinju.types import ModelFault

if TYPE_CHECKING:
    from httpx2 import AsyncClient

RETRIES = 2
BACKOFF = 0.5
"""Seconds before the first retry where the server asks for none; twice as many before the second."""


def load_model(settings: Settings) -> "ChatModel | None":
    """The language model that is set, without a look at the network; None where none is.

    Raises:
        SettingsError: the address or the key cannot be used, or stands without the other settings it needs.
    """
    if settings.llm_base_url.strip():
        return ChatModel(settings)
    for name, value in (("LLM_MODEL", settings.llm_model), ("LLM_API_KEY", settings.llm_api_key)):
        if value:
            raise SettingsError("llm.no_address", name=f"YINJU_{name}")
    return None


class ChatModel:
    """A model of an OpenAI-compatible server; any number of threads may ask it at once."""

    def __init__(self, settings: Settings) -> None:
        """Check the settings, without a look at the network.

        Raises:
            SettingsError: the address or the key cannot be used.
        """
        self._settings, self._server = settings, ModelServer(settings)
        self._name = settings.llm_model
        self.options: dict[str, object] = {"temperature": 0, "stream": True}
        """What is asked for beside the messages; a server of its own mind makes it less."""

    def __repr__(self) -> str:
        """Name and address, without the key."""
        return f"ChatModel({self._name!r}, {self._server.address!r})"

    @property
    def name(self) -> str:
        """The model's name as the server knows it; where it is not set, empty until the server was first asked."""
        return self._name

    def stream(self, messages: Sequence[ModelMessage]) -> BackgroundText:
        """The model's text piece by piece as it comes, without its thinking; `close`, from any thread, ends it.

        Asked at temperature 0, unless the model knows none. Text beyond `llm_answer_characters` is not read.

        Raises:
            GenerationError: the answer does not come or breaks off; its `fault` says why.
        """
        return BackgroundText(lambda say: _Answer(self, self._settings, self._server, say).make(messages))

    async def ask_name(self, client: "AsyncClient") -> str:
        """The model's name; where it is not set, the first that the server lists, asked for once.

        Raises:
            GenerationError: the server lists none.
        """
        if not self._name:
            self._name, *_ = await list_models(self._server, client)
        return self._name


class _Answer:
    """One answer on its way: its clock, and how much of it was said."""

    def __init__(self, model: ChatModel, settings: Settings, server: ModelServer, say: Say) -> None:
        self._model, self._settings, self._server, self._say = model, settings, server, say
        self._left = settings.llm_answer_characters
        self._heard = self._spoken = False

    async def make(self, messages: Sequence[ModelMessage]) -> None:
        """Say the whole answer.

        Raises:
            GenerationError: it does not come or breaks off.
        """
        now = asyncio.get_running_loop().time
        self._end = now() + self._settings.llm_answer_seconds
        self._clock = asyncio.timeout_at(min(self._end, now() + self._settings.llm_first_token_seconds))
        try:
            async with self._clock, self._server.client() as client:
                await self._persist(client, messages)
        except TimeoutError:
            raise self._late() from None

    async def _persist(self, client: "AsyncClient", messages: Sequence[ModelMessage]) -> None:
        for attempt in count():
            try:
                return await self._attempt(client, messages)
            except PassingError as trouble:
                self._model.options.pop(trouble.unwanted, None)
                wait = BACKOFF * 2**attempt if trouble.wait is None else trouble.wait
                until = self._clock.when()
                late = until is not None and asyncio.get_running_loop().time() + wait >= until
                if self._heard or attempt == RETRIES or late:
                    raise
            await asyncio.sleep(wait)

    async def _attempt(self, client: "AsyncClient", messages: Sequence[ModelMessage]) -> None:
        asked = {
            "model": await self._model.ask_name(client),
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            **self._model.options,
        }
        reader = DeltaReader()
        try:
            async with self._server.exchange(client, "chat/completions", asked) as chunks:
                await self._read(chunks, reader)
        except OddStreamError as odd:
            raise self._malformed(odd.args[0]) from None
        except ServerReportError as report:
            found = Reason("llm.reports", {"report": " ".join(str(report).split())[:200]})
            raise self._server.fault(ModelFault.FAILED, found, Reason("llm.see_log")) from None
        if not self._spoken:
            raise self._malformed(_nothing(reader))
        if self._left > 0 and not reader.ended:
            raise self._server.fault(ModelFault.INTERRUPTED, Reason("llm.broken"), Reason("llm.ask_again"))

    async def _read(self, chunks: AsyncIterator[bytes], reader: DeltaReader) -> None:
        """Say what comes, until the answer ends or is long enough."""
        async for data in chunks:
            living = reader.living
            for piece in reader.feed(data):
                self._speak(piece)
            if reader.living > living:
                self._heard = True
                between = asyncio.get_running_loop().time() + self._settings.llm_between_seconds
                self._clock.reschedule(min(self._end, between))
            if reader.ended or self._left <= 0:
                break
        self._speak(reader.end())

    def _speak(self, piece: str) -> None:
        piece = piece[: max(0, self._left)]
        if piece:
            self._left -= len(piece)
            self._spoken = self._spoken or not piece.isspace()
            self._say(piece)

    def _late(self) -> GenerationError:
        limits = self._settings
        if self._clock.when() == self._end:
            seconds, found, name = limits.llm_answer_seconds, "llm.unfinished", "ANSWER"
        elif self._heard:
            seconds, found, name = limits.llm_between_seconds, "llm.paused", "BETWEEN"
        else:
            seconds, found, name = limits.llm_first_token_seconds, "llm.silent", "FIRST_TOKEN"
        remedy = Reason("llm.raise", {"name": f"YINJU_LLM_{name}_SECONDS"})
        return self._server.fault(ModelFault.SLOW, Reason(found, {"seconds": seconds}), remedy)

    def _malformed(self, found: Reason) -> GenerationError:
        odd = Reason("llm.odd", {"found": found})
        return self._server.fault(ModelFault.MALFORMED, odd, Reason("llm.check_protocol"))


def _nothing(reader: DeltaReader) -> Reason:
    """What came instead of text."""
    if not reader.deltas and reader.example:
        return Reason("llm.no_line", {"example": reader.example})
    if reader.living:
        return Reason("llm.only_thought")
    return Reason("llm.empty", {"ended": reader.ended or Reason("llm.no_cause")})
