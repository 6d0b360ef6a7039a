"""A language model before it is set: found on this machine, its models listed, tried with one question."""

import socket
from pathlib import Path

import pytest
from tests.answering.scripted_server import PIECES, TEXT, scripted_server, spoken

from yinju.answering.llm import trial as module
from yinju.answering.llm.trial import FoundServer, find_servers, models_at, try_model
from yinju.errors import GenerationError, SettingsError
from yinju.settings import Settings
from yinju.types import ModelFault

KEY = "sk-canary-5a0c22e1b7"


def port_of(address: str) -> int:
    return int(address.removesuffix("/v1").rsplit(":", 1)[1])


def test_servers_are_found_at_their_usual_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = closed.getsockname()[1]
    monkeypatch.setattr(module, "FIND_SECONDS", 0.5)
    with (
        scripted_server(script=spoken(lambda _: PIECES)) as server,
        socket.create_server(("127.0.0.1", 0)) as silent,  # takes the connection and says nothing
    ):
        server.models[:] = ["甲:7b", "乙"]
        usual = (("Ollama", nobody), ("vLLM", silent.getsockname()[1]), ("LM Studio", port_of(server.base_url)))
        monkeypatch.setattr(module, "USUAL", usual)
        found = find_servers(Settings().with_model("http://192.0.2.1/v1", "", KEY))
        assert found == [FoundServer("LM Studio", server.base_url, ("甲:7b", "乙"))]
        assert (server.listings, server.requests) == (1, [])


def test_only_this_machine_is_asked() -> None:
    assert {port for _, port in module.USUAL} == {11434, 8080, 8000, 1234}
    assert 'f"http://127.0.0.1:{port}/v1"' in Path(module.__file__).read_text("utf-8")


def test_a_trial_is_a_whole_answer_and_its_time() -> None:
    with scripted_server(script=spoken(lambda messages: [messages[0]["content"], *PIECES])) as server:
        trial = try_model(Settings().with_model(server.base_url), "問")
        assert (trial.model, trial.said) == (server.models[0], f"問{TEXT}")
        assert 0 < trial.seconds < 10
        assert [request.path for request in server.requests] == ["/v1/chat/completions"]


def test_a_trial_reads_no_more_than_it_shows() -> None:
    with scripted_server(script=spoken(lambda _: ["長" * 50] * 40)) as server:
        assert len(try_model(Settings().with_model(server.base_url, "m"), "問").said) == module.TRIAL_CHARACTERS


def test_a_model_that_does_not_answer_is_told_with_its_fault() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
    for asked in (
        lambda: models_at(Settings().with_model(address)),
        lambda: try_model(Settings().with_model(address, "m"), "問"),
    ):
        with pytest.raises(GenerationError) as caught:
            asked()
        assert caught.value.fault is ModelFault.UNREACHABLE
    with pytest.raises(SettingsError):
        try_model(Settings().with_model("ftp://x"), "問")


def test_a_listing_that_never_ends_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIST_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(GenerationError) as caught:
        models_at(Settings().with_model(f"http://127.0.0.1:{silent.getsockname()[1]}/v1", key=KEY))
    assert caught.value.fault is ModelFault.SLOW and KEY not in str(caught.value)


def test_the_key_goes_with_the_trial() -> None:
    with scripted_server(script=spoken(lambda _: PIECES)) as server:
        settings = Settings().with_model(server.base_url, "m", KEY)
        try_model(settings, "問")
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
        assert KEY not in repr(settings)
