"""Every setting, once: YINJU_<NAME> in the environment, the page, .env, yinju.toml, then the defaults below."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ModelWrapValidatorHandler, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import PydanticBaseSettingsSource as _Source

from yinju.configuration import PREFIX, complaint, language_in, places_of
from yinju.messages import Language, language_of_locale


class Settings(BaseSettings):
    """What can be set, with its unit and default; `top_k` is set by YINJU_TOP_K, or as top_k in yinju.toml.

    What is given in Python goes before what is set elsewhere.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True, allow_inf_nan=False,
        use_attribute_docstrings=True,
    )  # fmt: skip

    config: str = ""
    """A TOML file of settings, named by a variable; empty for yinju.toml in the working folder, where there is one."""
    corpus: str = "corpus"
    """Folder of documents that app.py indexes."""
    index: str = "index"
    """Folder of the index that app.py serves."""
    libraries: str = ""
    """Folder of the libraries that are made in the page; empty for one beside the folder of the index."""
    store: Literal["local", "milvus"] = "local"
    """What finds passages: files in the folder of the index, or Milvus (make milvus)."""
    milvus_uri: Annotated[str, Field(repr=False)] = ""
    """Of a Milvus server or cluster, or a file ending in .db for Milvus Lite; empty for one in the index's folder."""
    milvus_token: Annotated[SecretStr, Field(repr=False)] = SecretStr("")
    """The token or user:password that the server wants."""
    conversations: str = ""
    """File that keeps the chats and what they cite; empty for conversations.sqlite in the folder of the index."""
    users: str = ""
    """File of the users, what they may do and their sessions; empty for users.sqlite in the folder of the index."""
    session_idle_days: Annotated[float, Field(ge=0.01, le=400)] = 14.0
    """After how many days without a request a user has to log in again."""
    session_days: Annotated[float, Field(ge=0.01, le=400)] = 90.0
    """After how many days a user has to log in again in any case."""
    trusted_proxies: str = ""
    """Addresses or networks of reverse proxies, by commas, that are believed for whom and by what scheme they ask."""
    login_header: str = ""
    """Header by which a trusted proxy names who has logged in there, such as X-Forwarded-User; empty for none."""
    login_groups_header: str = ""
    """Header by which it tells that user's groups, by commas; empty to leave groups and role as they are."""
    login_adds: bool = False
    """Whether whom a proxy or an issuer names is added as a reader where there is no such user, not refused."""
    login_roles: str = ""
    """Which role a group of theirs gives: staff=editor, by commas, of several the highest; empty to leave roles."""
    oidc_issuer: str = ""
    """Address of an OpenID Connect issuer by which users may log in, such as https://login.example; empty for none."""
    oidc_client_id: str = ""
    """What the issuer knows this service by."""
    oidc_client_secret: Annotated[SecretStr, Field(repr=False)] = SecretStr("")
    """The secret that goes with it; empty for a public client."""
    oidc_scopes: str = "openid profile"
    """What the issuer is asked for, by spaces."""
    oidc_name_claim: str = "preferred_username"
    """Which claim of the issuer's has a user's name; one that users cannot choose themselves."""
    oidc_groups_claim: str = ""
    """Which claim has a user's groups; empty to leave groups and role as they are."""
    host: str = "127.0.0.1"
    """Address that the page is served on; anything but loopback wants users, or that `public` allows it."""
    port: Annotated[int, Field(ge=1, le=65_535)] = 7860
    """Port that the page is served on; `yinju chat --port 0` takes any that is free."""
    public: bool = False
    """Whether `host` may open the page, uploads and deletions included, to others as long as there are no users."""
    hosts: str = ""
    """Where people reach the page beside loopback and `host`: names or IP addresses, also with :port; by commas."""
    questions_at_once: Annotated[int, Field(ge=1, le=256)] = 1
    """How many questions are looked for at the same time; the others wait in line and are told their place."""
    answers_at_once: Annotated[int, Field(ge=1, le=1_000)] = 64
    """How many answers grow at the same time, those included that a language model takes its time for."""
    questions_waiting: Annotated[int, Field(ge=0, le=10_000)] = 256
    """How many questions wait in line; whoever asks then is told when to come back."""
    questions_per_minute: Annotated[int, Field(ge=1, le=100_000)] = 60
    """How many questions one visitor may ask in a minute; ten times as many one address that is not this machine's."""
    stop_seconds: Annotated[float, Field(ge=0, le=3_600)] = 10.0
    """How long answers that grow may go on when the page is stopped, in seconds; a second signal ends at once."""
    metrics: bool = False
    """Whether /metrics answers others than who sits at this machine."""
    language: Literal["", Language] = ""
    """Of page and terminal: zh-Hant, zh-Hans or en; empty for each browser's own, and LC_ALL, LC_MESSAGES or LANG."""
    encoder: str = "auto"
    """Finds texts beside words. auto: the shipped vectors, and what the shipped transformer reads in up to 20,000
    passages; yinju-deep: in any number; yinju: in none; else a sentence-transformers hub id or folder."""
    reread: bool = True
    """Whether the shipped transformer reads the best passages anew for their meaning."""
    reread_passages: Annotated[int, Field(ge=5, le=100)] = 10
    """How many of the best passages it reads."""
    reranker: str = ""
    """A cross-encoder's hub id or folder, which re-reads the best passages; empty for none."""
    rerank_candidates: Annotated[int, Field(ge=1, le=1_000)] = 20
    """How many of the best passages the re-ranker reads."""
    dictionary: str = ""
    """A file of words that are not to be cut apart, one a line as jieba reads them; not to be given in Python."""
    passage_characters: Annotated[int, Field(ge=20, le=10_000)] = 400
    """The longest passage, in characters."""
    exact_passages: Annotated[int, Field(ge=0, le=1_000_000_000)] = 50_000
    """Up to so many passages every vector is looked at; in a larger index, as many as `yinju index --tune` finds."""
    candidates: Annotated[int, Field(ge=1, le=1_000)] = 20
    """How many passages each of keyword and dense search hands to the ranker."""
    top_k: Annotated[int, Field(ge=1, le=1_000)] = 5
    """How many passages a search returns when not told."""
    refuse_below: Annotated[float, Field(ge=0, le=1)] = 0.5
    """An answer of less confidence (0 … 1) is not given."""
    answer_characters: Annotated[int, Field(ge=1, le=10_000)] = 300
    """The most characters of an extracted answer; its first sentence is given whole however long."""
    llm_base_url: Annotated[str, Field(repr=False)] = ""
    """Of an OpenAI-compatible server, such as http://127.0.0.1:11434/v1; empty to answer without a language model."""
    llm_model: str = ""
    """The model's name as that server knows it; empty for the first one it lists."""
    llm_api_key: Annotated[SecretStr, Field(repr=False)] = SecretStr("")
    """The server's key, where it wants one."""
    llm_passages: Annotated[int, Field(ge=1, le=50)] = 6
    """How many of the best passages the model reads."""
    llm_evidence_characters: Annotated[int, Field(ge=1, le=1_000_000)] = 4_000
    """How much the model reads in all, in characters: whole lists, articles and rows, as many as fit."""
    llm_connect_seconds: Annotated[float, Field(ge=0.1, le=600)] = 5.0
    """The longest wait for the server to take the connection, in seconds."""
    llm_first_token_seconds: Annotated[float, Field(ge=0.1, le=3_600)] = 60.0
    """The longest wait for the first piece of an answer, retries included, in seconds."""
    llm_between_seconds: Annotated[float, Field(ge=0.1, le=3_600)] = 20.0
    """The longest wait for each further piece, in seconds."""
    llm_answer_seconds: Annotated[float, Field(ge=0.1, le=86_400)] = 300.0
    """The longest time for a whole answer, in seconds."""
    llm_answer_characters: Annotated[int, Field(ge=1, le=1_000_000)] = 8_000
    """The longest answer of the model, in characters; what goes beyond it is not read."""
    question_characters: Annotated[int, Field(ge=1, le=100_000)] = 2_000
    """The longest question, in characters."""
    file_megabytes: Annotated[int, Field(ge=1, le=10_000)] = 100
    """The largest file that is read, in megabytes."""
    file_seconds: Annotated[int, Field(ge=1, le=86_400)] = 60
    """The longest time for reading one file, in seconds."""
    file_memory_megabytes: Annotated[int, Field(ge=400, le=1_000_000)] = 1_500
    """The most memory for reading one file, in megabytes."""
    ocr: bool = True
    """Whether pages without text are recognised, where the extra for that is installed (make ocr)."""
    corpus_files: Annotated[int, Field(ge=1, le=1_000_000)] = 20_000
    """How many files the folder of documents may hold for the page to put another there."""
    corpus_megabytes: Annotated[int, Field(ge=1, le=10_000_000)] = 20_000
    """How much they, uploads and files kept deleted may take, in megabytes, for the page to put more there."""
    deleted_days: Annotated[int, Field(ge=0, le=36_500)] = 30
    """For how many days a file is kept that was deleted or replaced at the page."""
    deleted_megabytes: Annotated[int, Field(ge=0, le=10_000_000)] = 2_000
    """How much such files may take together, in megabytes; of more the oldest go."""
    read_only: bool = False
    """Whether documents can be looked at and asked but neither added nor deleted."""
    audit: str = ""
    """File in which every change is recorded with who made it; empty for audit.jsonl in the folder of the index."""
    audit_megabytes: Annotated[int, Field(ge=1, le=10_000)] = 10
    """At what size that file is put aside and another begun, in megabytes."""
    audit_files: Annotated[int, Field(ge=0, le=10_000)] = 20
    """How many that were put aside are kept; of more the oldest go."""
    log_format: Literal["text", "json"] = "text"
    """What is logged to standard error: lines for people, or an object a line for programs."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    """From which weight on it is logged; info has a line a request."""
    log_questions: bool = False
    """Whether questions, and what unexpected errors say, may be logged."""
    cache: str = ""
    """Folder for jieba's prepared dictionary, made where `dictionary` is set; empty for yinju below the user's."""
    data: str = ""
    """Folder of labelled questions for benchmarks and training; not needed to chat."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: _Source, *_: _Source, **__: _Source
    ) -> tuple[_Source, ...]:
        """Where values come from, the first before the next."""
        return init_settings, *places_of(settings_cls, init_settings())

    @model_validator(mode="wrap")
    @classmethod
    def _told(cls, values: Any, check: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401 - as pydantic has it
        """Say what is wrong; a key that was found there is in no error."""
        try:
            return check(values)
        except ValidationError as error:
            raise complaint(cls, error, values) from None

    def with_model(self, address: str, model: str = "", key: str = "") -> Self:
        """The same settings with another language model; without any where the address is empty."""
        return self.model_copy(update={"llm_base_url": address, "llm_model": model, "llm_api_key": SecretStr(key)})


def load_settings(index: str | Path | None = None) -> Settings:
    """The settings in force, with what was chosen at the page over an index; over that of the settings, when not told.

    Raises:
        SettingsError: a file cannot be read, a value cannot be used, or yinju.toml has a key that is no setting.
    """
    return Settings() if index is None else Settings(index=str(index))


def spoken_language() -> Language:
    """What the terminal is spoken to in: the language that is set, else that of the locale.

    It can be told although other settings cannot be used, so that this is said in it.
    """
    named = language_in(Settings)
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return named or language_of_locale(locale or "")


def cache_folder() -> Path | None:
    """The folder for data that can be made again, created for this user alone; None where none can be written."""
    chosen = load_settings().cache
    base = Path(chosen) if chosen else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "yinju"
    try:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return base if os.access(base, os.W_OK) else None
