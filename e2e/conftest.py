"""Starts the program on a folder of its own and a browser, once for all journeys."""

import os
import re
import select
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("PLUMBLINE", str(ROOT / ".build/debug/plumbline"))
ASSETS = os.environ.get("PLUMBLINE_ASSETS", str(ROOT / ".assets"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
READY = re.compile(r"Plumbline is ready at (http://\S+)")


def start(folder):
    """Starts the server and waits for the line that names its address."""
    subprocess.run([PROGRAM, "demo", "--data", str(folder)], check=True, capture_output=True)
    server = subprocess.Popen(
        [PROGRAM, "serve", "--data", str(folder), "--port", "0", "--assets", ASSETS],
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


def launch(playwright):
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    server, address = start(tmp_path_factory.mktemp("data"))
    yield address
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def plain_page(browser):
    """A page in a browser without script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()
