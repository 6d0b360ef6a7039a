"""Settings: defaults, what the environment changes, and values that cannot be used."""

from pathlib import Path

import pytest

from yinju.errors import SettingsError
from yinju.settings import Settings, cache_folder, load_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert load_settings({}) == Settings()


def test_the_environment_is_read_with_the_type_of_the_default() -> None:
    settings = load_settings({"YINJU_TOP_K": "7", "YINJU_REFUSE_BELOW": "0.25", "YINJU_ENCODER": "some/model"})
    assert settings == Settings(top_k=7, refuse_below=0.25, encoder="some/model")


def test_other_variables_are_left_alone() -> None:
    assert load_settings({"TOP_K": "9", "YINJU_UNKNOWN": "x", "yinju_port": "1"}) == Settings()


def test_the_process_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINJU_PORT", "8123")
    assert load_settings().port == 8123


@pytest.mark.parametrize(("value", "on"), [("1", True), ("0", False), ("Yes", True), (" off ", False), ("TRUE", True)])
def test_a_switch_is_on_or_off(value: str, on: bool) -> None:
    assert load_settings({"YINJU_READ_ONLY": value}).read_only is on


@pytest.mark.parametrize("value", ["", "2", "read-only", "ja"])
def test_what_is_neither_on_nor_off_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="neither on nor off; set it to 1 or 0, or unset it: unset YINJU_READ_ONLY"):
        load_settings({"YINJU_READ_ONLY": value})


@pytest.mark.parametrize(
    ("name", "value"), [("TOP_K", "five"), ("PORT", ""), ("CANDIDATES", "1.5"), ("REFUSE_BELOW", "?")]
)
def test_a_value_of_another_type_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({f"YINJU_{name}": value})
    assert f"YINJU_{name}={value!r}" in str(caught.value)
    assert f"unset YINJU_{name}" in str(caught.value)


def test_the_cache_folder_is_made_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINJU_CACHE", str(tmp_path / "a" / "b"))
    assert cache_folder() == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_without_a_setting_the_cache_lies_in_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YINJU_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "yinju"


def test_no_cache_folder_where_none_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("YINJU_CACHE", str(tmp_path / "file" / "below"))
    assert cache_folder() is None
