"""Appends entries over HTTP to records of Plumbline, Flask and Node, checks and times them.

usage: measure.py [--only plumbline|twins] [--rounds N] [--seconds N]
                  [--program PLUMBLINE] [--assets FOLDER]

Plumbline and Flask keep them in SQLite, Plumbline and Node in PostgreSQL. 300 writers append one
entry a request, each durable before it is acknowledged. Servers are loaded in turn, one at a time,
in several rounds, every other round backwards. Then each record is checked from its first entry to
its last, against every acknowledgement that was given. Only then are rates printed, as Markdown.

Everything stays on the loopback address, in a folder that is thrown away, and every server that is
started is stopped.
"""

import argparse
import json
import secrets
import sys
import urllib.request
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "writing"))
import measuring
from checks import Wrong
from servers import QUESTIONS, Plumbline, Request, Server, Twin, Work


class Appending(Work):
    """A program that holds a token appends to the training inspection."""

    inspection = "training"
    path = "/api/v1/inspections/training/entries"

    def plan(self, server: Plumbline) -> None:
        assessors = sorted(address for address in server.accounts if "assessor" in address)
        if not assessors:
            raise Wrong(f"plumbline demo names no assessor: {server.accounts}")
        said = server.tool("account", "token", assessors[0], "--inspection", self.inspection)
        server.token = said.split()[-1]

    def fill(self, server: Twin) -> str:
        server.token = secrets.token_urlsafe(32)
        digest = "sha256:" + sha256(server.token.encode()).hexdigest()
        return f"INSERT INTO tokens VALUES ('{digest}', 'assessor-1', '{self.inspection}');"

    def requests(self, server: Server) -> Iterator[Request]:
        headers = f"Authorization: Bearer {server.token}\r\n"
        for case in self.cases(server):
            for code in QUESTIONS:
                yield Request(headers, '{"entries":[', f"answer/{case}/{code}", prompts=0)

    def cases(self, server: Server) -> list[int]:
        """The numbers of the cases that the holder of the token may answer on."""
        if isinstance(server, Twin):
            return list(range(1, 37))
        asked = urllib.request.Request(
            server.url.removesuffix("/entries"),
            headers={"Authorization": f"Bearer {server.token}"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.load(answer)["yours"]


def measure(folder: Path, options: argparse.Namespace, postgresql: str) -> None:
    delay = measuring.require_disk(folder)
    servers = measuring.servers(Appending(), folder, postgresql, options.only)
    measuring.take_turns(servers, options.rounds, options.seconds)
    checked = [measuring.attempt(server, server.check) for server in servers]
    print(measuring.heading(options, delay))
    print("\n".join(checked), end="\n\n")
    measuring.rates(servers, "durable appends")


if __name__ == "__main__":
    measuring.main(
        measure, measuring.arguments(__doc__.split("usage: ")[1].split("\n\n")[0]))
