"""Every default, once. An environment variable YINJU_<NAME> changes a setting; no other module reads those."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from yinju.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set, with its unit and default; the field `top_k` is set by YINJU_TOP_K, and so on."""

    corpus: str = "corpus"
    """Folder of documents that app.py indexes."""
    index: str = "index"
    """Folder of the index that app.py serves."""
    conversations: str = ""
    """File that keeps the chats and what they cite; empty for conversations.sqlite in the folder of the index."""
    host: str = "127.0.0.1"
    """Address the page is served on; anything but loopback opens it to others, which `public` must allow."""
    port: int = 7860
    public: bool = False
    """Whether `host` may open the page, uploads and deletions included, to others; 1 or 0."""
    hosts: str = ""
    """Where people reach the page beside loopback and `host`: names or IP addresses, also with :port; by commas."""
    language: str = ""
    """Of page and messages: zh-Hant, zh-Hans or en; empty for each browser's own, and zh-Hant in the terminal."""
    encoder: str = ""
    """A sentence-transformers hub id or folder; empty for the model that ships with Yinju."""
    reread: bool = True
    """Whether the shipped transformer reads the best passages anew for their meaning; 1 or 0."""
    reread_passages: int = 10
    """How many of the best passages it reads."""
    reranker: str = ""
    """A cross-encoder's hub id or folder, which re-reads the best passages; empty for none."""
    rerank_candidates: int = 20
    """How many of the best passages the re-ranker reads."""
    dictionary: str = ""
    """A file of words that are not to be cut apart, one a line as jieba reads them; read from the environment only."""
    passage_characters: int = 400
    """The longest passage, in characters."""
    candidates: int = 20
    """How many passages each of keyword and dense search hands to the ranker."""
    top_k: int = 5
    """How many passages a search returns when not told."""
    refuse_below: float = 0.5
    """An answer of less confidence (0 … 1) is not given."""
    answer_characters: int = 300
    """The most characters of an extracted answer; its first sentence is given whole however long."""
    llm_base_url: str = ""
    """Of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1; empty to answer without a language model."""
    llm_model: str = ""
    """The model's name as that server knows it; empty for the first one it lists."""
    llm_api_key: str = field(default="", repr=False)
    """The server's key, where it wants one."""
    llm_passages: int = 6
    """How many of the best passages the model reads."""
    llm_evidence_characters: int = 4_000
    """How much the model reads in all, in characters: whole lists, articles and rows, as many as fit."""
    llm_connect_seconds: float = 5.0
    """The longest wait for the server to take the connection."""
    llm_first_token_seconds: float = 60.0
    """The longest wait for the first piece of an answer, retries included."""
    llm_between_seconds: float = 20.0
    """The longest wait for each further piece."""
    llm_answer_seconds: float = 300.0
    """The longest time for a whole answer."""
    llm_answer_characters: int = 8_000
    """The longest answer of the model; what goes beyond it is not read."""
    question_characters: int = 2_000
    """The longest question, in characters."""
    file_megabytes: int = 100
    """The largest file that is read."""
    file_seconds: int = 60
    """The longest time for reading one file."""
    file_memory_megabytes: int = 1_500
    """The most memory for reading one file."""
    ocr: bool = True
    """Whether pages without text are recognised, where the extra for that is installed (make ocr); 1 or 0."""
    corpus_files: int = 20_000
    """How many files the folder of documents may hold for the page to put another there."""
    corpus_megabytes: int = 20_000
    """How much they may take together for the page to put another there."""
    read_only: bool = False
    """Whether documents can be looked at and asked but neither added nor deleted; 1 or 0."""
    cache: str = ""
    """Folder for jieba's prepared dictionary, made where YINJU_DICTIONARY is set; empty for yinju below the user's."""
    data: str = ""
    """Folder of labelled questions for benchmarks and training; not needed to chat."""


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force: defaults, then what the environment says.

    Raises:
        SettingsError: a variable's value is not of the setting's type.
    """
    found = os.environ if environment is None else environment
    values: dict[str, str | int | float | bool] = {}
    for setting in fields(Settings):
        name = f"YINJU_{setting.name.upper()}"
        if name in found:
            values[setting.name] = _parse(name, found[name], type(setting.default))
    return Settings(**values)  # type: ignore[arg-type]


_AT_LEAST = {
    "YINJU_PASSAGE_CHARACTERS": 20,
    "YINJU_REREAD_PASSAGES": 5,
    "YINJU_FILE_MEMORY_MEGABYTES": 400,
    "YINJU_REFUSE_BELOW": 0.0,
}
_AT_MOST = {
    "YINJU_PORT": 65_535, "YINJU_REFUSE_BELOW": 1.0, "YINJU_TOP_K": 1_000, "YINJU_CANDIDATES": 1_000,
    "YINJU_RERANK_CANDIDATES": 1_000, "YINJU_REREAD_PASSAGES": 100,
    "YINJU_LLM_PASSAGES": 50, "YINJU_LLM_EVIDENCE_CHARACTERS": 1_000_000, "YINJU_LLM_CONNECT_SECONDS": 600,
    "YINJU_LLM_FIRST_TOKEN_SECONDS": 3_600, "YINJU_LLM_BETWEEN_SECONDS": 3_600, "YINJU_LLM_ANSWER_SECONDS": 86_400,
    "YINJU_LLM_ANSWER_CHARACTERS": 1_000_000,
    "YINJU_PASSAGE_CHARACTERS": 10_000, "YINJU_ANSWER_CHARACTERS": 10_000, "YINJU_QUESTION_CHARACTERS": 100_000,
    "YINJU_FILE_MEGABYTES": 10_000, "YINJU_FILE_SECONDS": 86_400, "YINJU_FILE_MEMORY_MEGABYTES": 1_000_000,
    "YINJU_CORPUS_FILES": 1_000_000, "YINJU_CORPUS_MEGABYTES": 10_000_000,
}  # fmt: skip


_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _parse(name: str, value: str, kind: type) -> str | int | float | bool:
    if kind is bool:
        if value.strip().lower() not in _SWITCH:
            raise SettingsError(f"{name}={value!r} is neither on nor off; set it to 1 or 0, or unset it: unset {name}")
        return _SWITCH[value.strip().lower()]
    try:
        parsed: str | int | float = kind(value)
    except ValueError:
        raise SettingsError(f"{name}={value!r} is not a number; set it to one, or unset it: unset {name}") from None
    least, most = _AT_LEAST.get(name, 1), _AT_MOST.get(name, math.inf)
    if not isinstance(parsed, str) and not least <= parsed <= most:
        raise SettingsError(
            f"{name}={value!r} is out of range; set it from {least} to {most}, or unset it: unset {name}"
        )
    return parsed


def cache_folder() -> Path | None:
    """The folder for data that can be made again, created for this user alone; None where none can be written."""
    chosen = load_settings().cache
    base = Path(chosen) if chosen else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "yinju"
    try:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return base if os.access(base, os.W_OK) else None
