"""Assessors at work at their own pace: on a connection each that saves, and a new one for a page,
since browsers do not keep one for minutes.

The load is open: when somebody saves or opens a case is planned before, and does not wait for what
the server does. Every time is measured from the planned instant on, so that a server that keeps
one request waiting pays for all that should have been sent meanwhile, and so does this program for
its own delays. One thread does it all: 151 requests a second leave it idle for most of the time,
which its own figures show.
"""

import gc
import heapq
import json
import random
import re
import selectors
import socket
import time
from collections import deque
from dataclasses import dataclass, field

from assessors import Assessor, entry_id
from checks import Wrong
from servers import QUESTIONS

SECONDS_BETWEEN_SAVES = 2
SECONDS_BETWEEN_OPENINGS = 300
SEQUENCE = re.compile(rb'"sequence":(\d+)')
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
WORDS = ["yes", "no", "not-applicable"]
ANSWERS = ["sufficient", "insufficient", "not-applicable"]
NOTES = [
    "Seen on the file, and said by the officer too.",
    "The plan says so, but the contact log does not show it; the officer will send the letter.",
    "Discussed with the officer; the home visit is recorded, and the review came four weeks late "
    "because the person had moved to another office in the meantime.",
]


@dataclass
class Asked:
    """A request, with the instants at which it was planned, sent and answered, in seconds."""

    kind: str
    request: bytes
    planned: float
    sent: float = 0
    answered: float = 0
    status: int = 0
    body: bytes = b""


@dataclass
class Connection:
    """A connection that is kept. What is asked while it waits for an answer is asked then."""

    port: int
    waiting: deque[Asked] = field(default_factory=deque)
    read: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)

    def ask(self, asked: Asked) -> None:
        self.waiting.append(asked)
        if len(self.waiting) == 1:
            self.send()

    def send(self) -> None:
        asked = self.waiting[0]
        asked.sent = time.monotonic()
        if self.socket.send(asked.request) != len(asked.request):
            raise Wrong("a request did not fit into a connection that nothing else uses")

    def receive(self) -> Asked | None:
        """What is answered completely now."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise Wrong("a connection was closed")
        self.read += piece
        end = self.read.find(b"\r\n\r\n")
        if end < 0:
            return None
        length = LENGTH.search(self.read, 0, end + 2)
        if length is None:
            raise Wrong(f"an answer has no length: {bytes(self.read[:end])}")
        whole = end + 4 + int(length[1])
        if len(self.read) < whole:
            return None
        asked = self.waiting.popleft()
        asked.answered = time.monotonic()
        asked.status = int(self.read[9:12])
        asked.body = bytes(self.read[end + 4:whole])
        del self.read[:whole]
        if self.waiting:
            self.send()
        return asked


class Desk:
    """An assessor at work: goes through their cases, question by question, over and over."""

    def __init__(self, person: Assessor, cases: list[int], port: int, path: str) -> None:
        self.person = person
        self.port = port
        self.path = path
        self.cases = cases
        self.saves = Connection(port)
        self.places = [(case, code) for case in cases for code in QUESTIONS]
        self.chance = random.Random(person.account)
        self.chance.shuffle(self.places)
        self.count = 0

    def save(self, over: int) -> tuple[str, bytes]:
        """The next save, and the id of its entry."""
        case, code = self.places[self.count % len(self.places)]
        self.count += 1
        values = {"answer": self.chance.choice(ANSWERS)}
        for prompt in range(1, QUESTIONS[code] + 1):
            values[f"p{prompt}"] = self.chance.choice(WORDS)
        values["note"] = True
        id = entry_id()
        entry = {
            "id": id, "event": "answer-given", "subject": f"answer/{case}/{code}", "over": over,
            "values": values, "sealed": {"note": self.chance.choice(NOTES)},
        }
        body = (self.person.start + json.dumps(entry, separators=(",", ":")) + "]}").encode()
        head = (
            f"POST {self.path}/device/entries HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"{self.person.headers}Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")
        return id, head.encode() + body

    def opening(self) -> bytes:
        return (
            f"GET {self.path}/cases/{self.chance.choice(self.cases)}/assess HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self.port}\r\n{self.person.cookie}\r\n").encode()


class Pace:
    """So many seconds of work, and what came of it."""

    def __init__(self, desks: list[Desk], seconds: int, head: int) -> None:
        self.desks = desks
        self.over = head
        self.sent: dict[str, bytes] = {}
        self.done: list[Asked] = []
        self.processor = 0.0
        self.length = seconds
        self.selector = selectors.DefaultSelector()
        for desk in desks:
            self.watch(desk.saves)

    def watch(self, connection: Connection) -> None:
        self.selector.register(connection.socket, selectors.EVENT_READ, connection)

    def planned(self) -> list[tuple[float, int, str]]:
        """Everybody starts at some moment of their own and keeps their pace."""
        chance = random.Random(2_026)
        plan = []
        for place in range(len(self.desks)):
            at = chance.uniform(0, SECONDS_BETWEEN_SAVES)
            while at < self.length:
                plan.append((at, place, "save"))
                at += SECONDS_BETWEEN_SAVES
            at = chance.uniform(0, SECONDS_BETWEEN_OPENINGS)
            while at < self.length:
                plan.append((at, place, "opening"))
                at += SECONDS_BETWEEN_OPENINGS
        heapq.heapify(plan)
        return plan

    def run(self) -> None:
        plan = self.planned()
        left = len(plan)
        gc.collect()
        gc.disable()
        processor = time.process_time()
        start = time.monotonic() + 0.1
        try:
            while left:
                if time.monotonic() > start + self.length + 60:
                    raise Wrong(f"{left} requests got no answer within a minute")
                while plan and start + plan[0][0] <= time.monotonic():
                    at, place, kind = heapq.heappop(plan)
                    self.ask(self.desks[place], kind, start + at)
                patience = start + plan[0][0] - time.monotonic() if plan else 1
                for key, _ in self.selector.select(max(0, patience)):
                    answered = key.data.receive()
                    if answered:
                        self.note(answered)
                        left -= 1
                        if answered.kind == "opening":
                            self.selector.unregister(key.fileobj)
                            key.fileobj.close()
        finally:
            gc.enable()
            self.processor = time.process_time() - processor
            for key in list(self.selector.get_map().values()):
                key.fileobj.close()
            self.selector.close()

    def ask(self, desk: Desk, kind: str, planned: float) -> None:
        if kind == "opening":
            page = Connection(desk.port)
            self.watch(page)
            page.ask(Asked(kind, desk.opening(), planned))
            return
        id, request = desk.save(self.over)
        self.sent[id] = request
        desk.saves.ask(Asked(kind, request, planned))

    def note(self, asked: Asked) -> None:
        self.done.append(asked)
        found = SEQUENCE.search(asked.body) if asked.kind == "save" else None
        if found:
            self.over = max(self.over, int(found[1]))


class Times:
    """What is quoted of some times, in milliseconds."""

    def __init__(self, seconds: list[float]) -> None:
        self.sorted = sorted(one * 1000 for one in seconds)

    def share(self, percent: float) -> float:
        """The time within which so many percent are."""
        if not self.sorted:
            return float("nan")
        return self.sorted[min(len(self.sorted) - 1, int(len(self.sorted) * percent / 100))]

    @property
    def worst(self) -> float:
        return self.share(100)
