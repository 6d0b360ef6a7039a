"""Environment, page, .env and yinju.toml → what each says of the settings, and why what of it cannot be used."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    TomlConfigSettingsSource,
)

from yinju.errors import SettingsError
from yinju.messages import LANGUAGES, Language
from yinju.reasons import Reason, cause_of, remedy_for

PREFIX = "YINJU_"
ENV_FILE = ".env"
TOML_FILE = "yinju.toml"
PAGE_FILE = "settings.json"
"""What was chosen at the page, in the folder of the index."""
PAGE_SETTINGS = ("llm_base_url", "llm_model", "llm_api_key", "encoder", "ocr", "refuse_below")
"""What can be chosen there."""
_ENCODING = "utf-8-sig"
"""UTF-8, also as Windows saves it."""


class _Variables(EnvSettingsSource):
    """What variables say; where no text is wanted, an empty one says nothing."""

    kind = "variable"

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """A variable's value without the spaces around it, None where it says nothing."""
        value, key, is_complex = super().get_field_value(field, field_name)
        return value if value is None or _is_text(field) else value.strip() or None, key, is_complex


class _EnvFile(_Variables, DotEnvSettingsSource):
    """What the variables of .env say; others than ours may stand there too."""

    kind = "env_file"


class _TomlFile(TomlConfigSettingsSource):
    """What the keys of yinju.toml say."""

    kind = "toml"

    def _read_file(self, file_path: Any) -> dict[str, Any]:  # noqa: ANN401
        return tomllib.loads(file_path.read_text(_ENCODING))


class _PageFile(InitSettingsSource):
    """What was chosen at the page."""

    kind = "page"

    def __init__(self, settings: type[BaseSettings], file: Path) -> None:
        """Read a file, which need not be there."""
        self.file = file
        super().__init__(settings, read_page_file(file))


Places = tuple[_Variables, _PageFile, _EnvFile, _TomlFile]


def page_file(index: str | Path) -> Path:
    """Where the choices made at the page over an index are kept."""
    return Path(index) / PAGE_FILE


def read_page_file(file: Path) -> dict[str, Any]:
    """What a file keeps of the choices made at the page; nothing where there is none.

    Raises:
        ValueError: it is no JSON object.
        OSError: it cannot be read.
    """
    try:
        kept = json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    if not isinstance(kept, dict):
        raise json.JSONDecodeError("no object", "", 0)
    return {name: kept[name] for name in PAGE_SETTINGS if name in kept}


def places_of(settings: type[BaseSettings], given: Mapping[str, Any]) -> Places:
    """The places where settings are set, the first before the next; what is `given` in Python may name the index.

    Raises:
        SettingsError: a file cannot be read, or there is none where YINJU_CONFIG names one.
    """
    variables = _Variables(settings)
    with _told(Path(ENV_FILE)):
        env_file = _EnvFile(settings, ENV_FILE, _ENCODING, "only_existing")
    named = (env_file() | variables()).get("config")
    file = Path(named or TOML_FILE).expanduser()
    if named and not file.is_file():
        raise SettingsError("setting.no_file", file=named)
    with _told(file):
        toml = _TomlFile(settings, file)
    said = {**toml(), **env_file(), **variables(), **given}
    index = said.get("index") or settings.model_fields["index"].default
    chosen = page_file(str(index))
    with _told(chosen):
        return variables, _PageFile(settings, chosen), env_file, toml


def origin_of(settings: type[BaseSettings], name: str, given: Mapping[str, Any]) -> str:
    """The kind of place that a setting is from: variable, page, env_file or toml; default where none says it."""
    return next((place.kind for place in places_of(settings, given) if name in place()), "default")


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """While a file is read: what is wrong with it is a SettingsError."""
    try:
        yield
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        number = line[1] if line else len(file.read_text(_ENCODING).splitlines())
        raise SettingsError("setting.no_toml", file=file, line=number) from None
    except UnicodeDecodeError as error:
        raise SettingsError("setting.no_utf8", file=file, byte=error.start) from None
    except json.JSONDecodeError:
        raise SettingsError("setting.no_json", file=file) from None
    except OSError as error:
        remedy = remedy_for(file, error, Reason("remedy.again"))
        raise SettingsError("setting.unreadable", file=file, why=cause_of(error), remedy=remedy) from None


def language_in(settings: type[BaseSettings]) -> Language | None:
    """The language that the first place names which can be read and names one; None where none does."""
    places: list[PydanticBaseSettingsSource] = [_Variables(settings)]
    with suppress(SettingsError):
        places = [*places_of(settings, {})]
    named = [place().get("language") for place in places]
    return next((language for name in named for language in LANGUAGES if name == language), None)


def complaint(settings: type[BaseSettings], error: ValidationError, given: Mapping[str, Any]) -> SettingsError:
    """What was set, where, what was found, what is expected and what to do next, of the first fault alone."""
    fault, places = error.errors()[0], places_of(settings, given)
    name, found = str(fault["loc"][0]), fault["input"]
    kind, file = next(
        ((place.kind, _file_of(place)) for place in places if place().get(name) == found),
        ("argument", ""),
    )
    field = settings.model_fields.get(name)
    if field is None:
        written = ".".join([name, *list(found)[:1]]) if isinstance(found, dict) else name
        meant = written.replace(".", "_").lower().removeprefix(PREFIX.lower())
        (nearest,) = get_close_matches(meant, settings.model_fields, n=1, cutoff=0)
        return SettingsError(f"setting.unknown.{kind}", file=file, name=written, nearest=nearest)
    write = {"toml": json.dumps, "argument": repr}.get(kind, as_written)
    return SettingsError(
        f"setting.wrong.{kind}", file=file, name=name if kind in ("toml", "argument") else variable_of(name),
        found=repr(found) if field.repr else "***", expected=_expected(field), example=write(_example(field)),
    )  # fmt: skip


def _file_of(place: PydanticBaseSettingsSource) -> str | Path:
    return place.file if isinstance(place, _PageFile) else str(getattr(place, "toml_file_path", ENV_FILE))


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{name.upper()}"


def as_written(value: object) -> str:
    """A value as a variable holds it: on and off as 1 and 0."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def limits_of(field: FieldInfo) -> tuple[float, float]:
    """The least and the most that a number may be.

    Raises:
        StopIteration: the setting is no number.
    """
    least, most = (next(getattr(m, end) for m in field.metadata if hasattr(m, end)) for end in ("ge", "le"))
    return least, most


def _is_text(field: FieldInfo) -> bool:
    return isinstance(field.default, str | SecretStr)


def _example(field: FieldInfo) -> object:
    if isinstance(field.default, SecretStr):
        return field.default.get_secret_value()
    return next(filter(None, get_args(field.annotation)), field.default)


def _expected(field: FieldInfo) -> Reason:
    if isinstance(field.default, bool):
        return Reason("setting.switch")
    if not _is_text(field):
        least, most = limits_of(field)
        return Reason(f"setting.{type(field.default).__name__}", {"least": least, "most": most})
    words = ", ".join(filter(None, get_args(field.annotation)))
    return Reason("setting.one_of", {"words": words}) if words else Reason("setting.text")
