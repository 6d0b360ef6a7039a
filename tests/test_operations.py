"""docs/operations.md and docs/deploy: every command runs, and every value is in line with Yinju's own limits."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.backup.places import Place

from yinju.cli import main
from yinju.configuration import PREFIX
from yinju.ingest.editor import CLOSE_SECONDS
from yinju.library import build_index
from yinju.settings import Settings
from yinju.web.connections import BODY_SECONDS, DESCRIPTORS, HEADER_SECONDS, MOST, MOST_OF_ONE, READ_SECONDS

DOCS = Path(__file__).parents[1] / "docs"
DEPLOY = DOCS / "deploy"
TEXT = (DOCS / "operations.md").read_text("utf-8")
UNITS = sorted(path.name for path in DEPLOY.glob("yinju*.*"))


def test_every_command_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "backups").mkdir()
    (tmp_path / "corpus" / "茶.txt").write_text("茶水九十五度。\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    build_index("corpus", "index", settings=place.settings)
    commands = re.findall(r"^yinju .+$", "".join(re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)), re.MULTILINE)
    assert len(commands) == 8
    for command in commands:
        monkeypatch.setattr(sys, "argv", shlex.split(command))
        main()
        assert capsys.readouterr().out, command


def test_every_file_and_setting_that_is_named_is_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        assert (DOCS / target).is_file(), target
    named = {*re.findall(rf"{PREFIX}([A-Z_]+)", TEXT)}
    named |= {one for path in DEPLOY.iterdir() for one in re.findall(rf"{PREFIX}([A-Z_]+)", path.read_text("utf-8"))}
    assert len(named) > 8 and {name.lower() for name in named} <= Settings.model_fields.keys()
    assert "At 10 MB" in TEXT and "20 are kept" in TEXT
    assert (Settings.model_fields["audit_megabytes"].default, Settings.model_fields["audit_files"].default) == (10, 20)


def unit(name: str) -> configparser.ConfigParser:
    """A unit's sections; of what is said several times the last."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read(DEPLOY / name, "utf-8")
    return parser


def test_the_service_can_write_one_folder_and_is_stopped_in_time() -> None:
    service = unit("yinju.service")["Service"]
    assert service["ProtectSystem"] == "strict" and service["NoNewPrivileges"] == "yes"
    (writable,) = service["ReadWritePaths"].split()
    variables = re.findall(
        r"^Environment=YINJU_(?:CORPUS|INDEX|CACHE)=(.+)$", (DEPLOY / "yinju.service").read_text(), re.M
    )
    assert len(variables) == 3 and all(Path(one).is_relative_to(writable) for one in variables)
    assert int(service["TimeoutStopSec"]) > 2 * CLOSE_SECONDS
    assert int(service["LimitNOFILE"]) >= MOST + DESCRIPTORS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not there")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_the_units(tmp_path: Path, name: str) -> None:
    for other in UNITS:  # the programs that they start are not installed here
        text = (DEPLOY / other).read_text("utf-8").replace("/opt/yinju/.venv/bin/python", sys.executable)
        (tmp_path / other).write_text(text, "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", tmp_path / name], capture_output=True, text=True)
    about = [line for line in done.stderr.splitlines() if str(name) in line]
    assert about == [], about


def directives(name: str) -> dict[str, str]:
    """What a proxy's file says, without its blocks; every line is closed, and so is every block."""
    text = re.sub(r"^\s*#.*$", "", (DEPLOY / name).read_text("utf-8"), flags=re.MULTILINE)
    assert text.count("{") == text.count("}")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if name == "nginx.conf":
        assert all(line.endswith((";", "{", "}")) for line in lines)
    return dict(line.rstrip(";{ ").split(maxsplit=1) for line in lines if " " in line.rstrip(" {"))


def seconds(value: str) -> float:
    assert value.endswith("s")
    return float(value[:-1])


def test_the_limits_of_the_proxies_are_those_of_the_page() -> None:
    fields = Settings.model_fields
    answer, megabytes = fields["llm_answer_seconds"].default, fields["file_megabytes"].default
    nginx, caddy = directives("nginx.conf"), directives("Caddyfile")
    assert nginx["client_max_body_size"] == f"{megabytes}m" and caddy["max_size"] == f"{megabytes}MB"
    assert nginx["proxy_buffering"] == nginx["proxy_request_buffering"] == "off" and caddy["flush_interval"] == "-1"
    assert seconds(nginx["proxy_read_timeout"]) > answer and seconds(caddy["read_timeout"]) > answer
    assert seconds(nginx["client_header_timeout"]) <= HEADER_SECONDS >= seconds(caddy["read_header"])
    assert seconds(nginx["client_body_timeout"]) <= BODY_SECONDS and seconds(nginx["send_timeout"]) <= READ_SECONDS
    assert int(nginx["limit_conn"].split()[1]) <= MOST_OF_ONE
    assert (
        f":{fields['port'].default}" in nginx["proxy_pass"] and f":{fields['port'].default}" in caddy["reverse_proxy"]
    )


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not there")
def test_nginx_takes_its_file(tmp_path: Path) -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    key = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
    subprocess.run([*key, "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"], check=True)
    text = text.replace("/etc/letsencrypt/live/yinju.example.org", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(f"events {{}}\nhttp {{\n{text}\n}}\n", "utf-8")
    subprocess.run(["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], check=True)
