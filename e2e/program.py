"""The program under test: its commands, and its server."""

import os
import re
import select
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("PLUMBLINE", str(ROOT / ".build/debug/plumbline"))
ASSETS = os.environ.get("PLUMBLINE_ASSETS", str(ROOT / ".assets"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
STORES = ("SQLite", "PostgreSQL")
READY = re.compile(r"Plumbline is ready at (https?://\S+)")


def run(*arguments):
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")


def plumbline(*arguments):
    """Runs the tool and returns what it printed."""
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def serve(*arguments):
    """Starts the server and waits for the line that names its address."""
    server = subprocess.Popen(
        [PROGRAM, "serve", "--port", "0", "--assets", ASSETS, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0)
    seen = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([server.stdout], [], [], 0.5)[0]:
            continue
        piece = os.read(server.stdout.fileno(), 4096)
        if not piece:
            break
        seen += piece
        found = READY.search(seen.decode(errors="replace"))
        if found:
            return server, found.group(1)
    server.kill()
    raise RuntimeError(f"The server did not start: {seen.decode(errors='replace')}")


def stop(server):
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def database(store):
    """The address of a database with nothing in it; of SQLite none, as it is in the data folder."""
    if store == "SQLite":
        yield None
        return
    # Its user cannot read the folders that pytest makes.
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    script = ROOT / "scripts/postgresql.sh"
    started = subprocess.run(
        [script, "start", folder / "server"], check=True, capture_output=True, text=True)
    try:
        yield started.stdout.strip()
    finally:
        subprocess.run([script, "stop", folder / "server"], check=True)
        shutil.rmtree(folder)
