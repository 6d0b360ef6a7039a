"""A model's name → the folder it lies in: a folder of its own, else the hub's cache, else fetched once from the hub.

Only a model is ever fetched: nothing of documents or questions leaves the machine. What is cached is used without a
look at the network, and code that comes with a model is neither fetched nor run.
"""

import json
import re
import socket
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from queue import Empty, Queue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from yinju.errors import EncoderError, ModelError, RerankerError
from yinju.reasons import Reason, cause_of, say
from yinju.reasons.reason import Fact
from yinju.settings import spoken_language

PATIENCE = 1.0
"""Seconds after which a hub that has not taken a connection counts as out of reach."""

_PARTS = {".json", ".txt", ".model", ".jinja", ".safetensors", ".bin"}
"""What sentence-transformers reads of a model: configurations, vocabularies, templates, weights."""

_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


@dataclass(frozen=True, slots=True)
class Role:
    """What a model is wanted for, and how its errors are told."""

    setting: str
    organisation: str
    """Whose models may be called without it, as sentence-transformers has it."""
    types: tuple[str, ...]
    """What a model that can play the role says it is, the one expected first; "" says nothing."""
    error: type[ModelError]
    instead: str
    """What to do without such a model, as a reason's name."""

    def trouble(self, name: str, problem: str, /, **facts: Fact) -> ModelError:
        """The error for a model that cannot be used: what was found, and what to do about it."""
        found, instead = Reason(problem, facts), Reason(self.instead)
        return self.error("model.trouble", setting=self.setting, name=name, problem=found, instead=instead)


ENCODER = Role(
    "YINJU_ENCODER", "sentence-transformers", ("SentenceTransformer", "CausalLM", ""), EncoderError,
    "model.shipped_instead",
)  # fmt: skip
RERANKER = Role("YINJU_RERANKER", "cross-encoder", ("CrossEncoder", "CausalLM"), RerankerError, "model.do_without")


def find_model(name: str, role: Role) -> Path:
    """The folder of a model that is whole and suits the role; what is not there is known within two seconds.

    Raises:
        EncoderError, RerankerError: as the role has it.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        if missing := _lacks(folder):
            raise role.trouble(name, "model.lacks", missing=missing)
    elif folder.exists():
        raise role.trouble(name, "model.is_file")
    else:
        folder = _from_hub(name, role)
    if (found := _type(folder, name, role)) not in role.types:
        other = RERANKER if role is ENCODER else ENCODER
        problem = "model.type.other" if found in other.types else "model.type"
        shown = found or Reason("model.bare")
        raise role.trouble(name, problem, found=shown, expected=role.types[0], other=other.setting)
    return folder


def _lacks(folder: Path) -> str | Reason | None:
    """What keeps a folder from being a whole model; None for nothing."""
    if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
        return Reason("model.configuration")
    if not any(path.is_file() for kind in ("*.safetensors", "*.bin") for path in folder.rglob(kind)):
        return Reason("model.weights")
    for index in folder.rglob("*.index.json"):
        for part in sorted(set(_json(index).get("weight_map", {}).values())):
            if not (index.parent / part).is_file():
                return str(part)
    return None


def _json(path: Path) -> dict[str, Any]:
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _type(folder: Path, name: str, role: Role) -> str:
    """What a model says it is: SentenceTransformer, CrossEncoder, …, CausalLM for a language model, or ""."""
    if said := _json(folder / "config_sentence_transformers.json").get("model_type"):
        return str(said)
    if (folder / "modules.json").is_file():
        return "SentenceTransformer"
    config = _json(folder / "config.json")
    if not config:
        raise role.trouble(name, "model.no_config", folder=str(folder))
    architecture = str((config.get("architectures") or [""])[0])
    if architecture.endswith("ForSequenceClassification"):
        return "CrossEncoder"
    return "CausalLM" if architecture.endswith("ForCausalLM") else ""


def _from_hub(name: str, role: Role) -> Path:
    """The folder in the hub's cache, filled from the hub where it must and can be."""
    from huggingface_hub import constants, is_offline_mode
    from huggingface_hub.errors import HFValidationError

    model = name if "/" in name else f"{role.organisation}/{name}"
    try:
        cached = _cached(model)
    except HFValidationError:
        raise role.trouble(name, "model.not_there") from None
    missing = _lacks(cached) if cached else None
    if cached and not missing:
        return cached
    cache = str(constants.HF_HUB_CACHE)
    lacking = Reason("model.cached_lacks", {"cache": cache, "missing": missing}) if missing else None
    found = lacking or Reason("model.not_cached", {"cache": cache})
    if is_offline_mode():
        raise role.trouble(name, "model.offline", found=found)
    host, problem = _out_of_reach(constants.ENDPOINT)
    if problem:
        raise role.trouble(name, "model.out_of_reach", found=found, hub=constants.ENDPOINT, host=host, why=problem)
    return _fetch(model, name, role)


def _cached(model: str) -> Path | None:
    """The model's newest snapshot in the hub's cache, whole or not."""
    from huggingface_hub import try_to_load_from_cache

    found = (try_to_load_from_cache(model, name) for name in ("modules.json", "config.json"))
    return next((Path(path).parent for path in found if isinstance(path, str)), None)


def _out_of_reach(endpoint: str) -> tuple[str, str | Reason]:
    """The host of a hub, or of the proxy in front of it, and why it takes no connection; that is empty where it does.

    Waits `PATIENCE`.
    """
    url, proxies = urlsplit(endpoint), getproxies()
    proxy = "" if proxy_bypass(url.netloc) else proxies.get(url.scheme) or proxies.get("all") or ""
    url = urlsplit(proxy if "://" in proxy else f"http://{proxy}") if proxy else url
    answers: Queue[str] = Queue()

    def knock() -> None:
        try:
            socket.create_connection((url.hostname, url.port or _PORTS.get(url.scheme, 443)), PATIENCE).close()
            answers.put("")
        except OSError as error:
            answers.put(cause_of(error))

    Thread(target=knock, daemon=True).start()  # looking up a name knows no limit of time
    try:
        return str(url.hostname), answers.get(timeout=PATIENCE)
    except Empty:
        return str(url.hostname), Reason("model.no_answer", {"seconds": PATIENCE})


def _wanted(files: Iterable[str]) -> list[str]:
    """The files of a model to fetch: those that are read, and no weights twice."""
    read = [file for file in files if PurePosixPath(file).suffix in _PARTS and not re.match("(onnx|openvino)/", file)]
    safe = {PurePosixPath(file).parent for file in read if file.endswith(".safetensors")}
    return [file for file in read if not (".bin" in file and PurePosixPath(file).parent in safe)]


def _fetch(model: str, name: str, role: Role) -> Path:
    """Bring a model into the hub's cache, its progress shown on standard error."""
    from huggingface_hub import HfApi, constants, snapshot_download
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    page = f"{constants.ENDPOINT}/{model}"
    try:
        files = HfApi().model_info(model, timeout=5, files_metadata=True).siblings or []
        wanted = set(_wanted(file.rfilename for file in files))
        size = sum(file.size or 0 for file in files if file.rfilename in wanted) / 1e6
        print(say(Reason("model.fetching", {"page": page, "size": size}), spoken_language()), file=sys.stderr)
        folder = Path(snapshot_download(model, allow_patterns=sorted(wanted)))
    except GatedRepoError:
        raise role.trouble(name, "model.gated", page=page) from None
    except RepositoryNotFoundError:
        raise role.trouble(name, "model.not_public", page=page) from None
    except Exception as error:  # what HTTP, TLS, locks and disks raise has no common base
        why = f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"
        raise role.trouble(name, "model.unfetched", page=page, why=why) from error
    if missing := _lacks(folder):
        raise role.trouble(name, "model.page_lacks", missing=missing, page=page)
    return folder
