"""Nothing leaves the machine: all that a reader does is done without a network, and nobody even tries to reach one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.faults.offline import PDF
from tests.faults.states import need, need_namespaces

ROOT = Path(__file__).parents[2]
CALLS = "trace=connect,sendto,sendmsg,sendmmsg"
ADDRESS = re.compile(r"sa_family=(AF_\w+)(?:[^}]*?(?:inet_addr\(\"([^\"]+)\"\)|inet_pton\(AF_INET6, \"([^\"]+)\"))?")
OWN = re.compile(r"127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+")
LOCAL = ("AF_UNIX", "AF_NETLINK", "AF_UNSPEC")
"""What speaks with this machine alone."""
ELSEWHERE = "<h1>外連</h1><p>圖片在別處。<img src='http://192.0.2.1/a.png'><a href='http://192.0.2.1/'>連結</a></p>"
TRIES = "import socket; socket.socket().connect_ex(('192.0.2.1', 80))"


def traced(trace: Path, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without a network, all of its processes followed."""
    need("strace")
    need_namespaces("-rn")
    strace = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", str(trace), "-e", CALLS]
    own = ("YINJU_ENCODER", "ORT_DISABLE_TELEMETRY")
    environment = {name: text for name, text in os.environ.items() if name not in own}
    (cwd / "home").mkdir(exist_ok=True)
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(cwd / "home"), "XDG_CACHE_HOME": ""}
    whole = ["unshare", "-rn", *strace, sys.executable, *command]
    return subprocess.run(whole, capture_output=True, text=True, check=False, cwd=cwd, env=environment, timeout=400)


def foreign(trace: Path) -> list[str]:
    """Every call that names an address of another machine."""
    found = []
    for line in trace.read_text("utf-8", errors="replace").splitlines():
        for family, *addresses in ADDRESS.findall(line):
            address = "".join(addresses)
            if family not in LOCAL and not OWN.fullmatch(address):
                found.append(line)
    return found


@pytest.mark.xdist_group("offline")
def test_all_that_a_reader_does_is_done_without_a_network(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    shutil.copy(ROOT / "corpus" / PDF, tmp_path / "corpus")
    (tmp_path / "corpus" / "外連.html").write_text(ELSEWHERE, "utf-8")
    trace = tmp_path / "trace"
    ended = traced(trace, str(Path(__file__).with_name("offline.py")), str(tmp_path), cwd=tmp_path)
    assert ended.returncode == 0 and "all was done" in ended.stdout, ended.stderr[-3_000:]
    assert "connect(" in trace.read_text(errors="replace"), "nothing was followed"
    assert foreign(trace) == []
    files = (path for path in (tmp_path / "home").rglob("*") if path.is_file())
    kept = [str(path) for path in files if "matplotlib" not in path.parts]  # which lists fonts
    assert kept == [], "a library keeps something at home, perhaps to send it later"


def test_a_connection_that_is_only_tried_would_be_seen(tmp_path: Path) -> None:
    below = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {TRIES!r}])"
    for number, command in enumerate((TRIES, below)):
        trace = tmp_path / f"trace {number}"
        assert traced(trace, "-c", command, cwd=tmp_path).returncode == 0
        assert len(foreign(trace)) == 1 and "192.0.2.1" in foreign(trace)[0]
