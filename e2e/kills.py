"""Kills programs while they are written to, and looks whether everything acknowledged is there.

A place keeps its record over all its rounds, so that it grows. A round can be had again by its
seed, as far as the processors let it: `./task soak --rounds 1 --seed N`.
"""

import base64
import collections
import http.client
import json
import os
import random
import re
import secrets
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("PLUMBLINE", str(ROOT / ".build/debug/plumbline"))
ASSETS = os.environ.get("PLUMBLINE_ASSETS", str(ROOT / ".assets"))
READY = re.compile(r"Plumbline is ready at (http://\S+)")
PATH = "/api/v1/inspections/training"
ASSESSOR = "assessor-1@example.org"

WRITERS = 16

# In seconds. A server tries for thirty to reach its database before it gives an answer up.
PATIENCE = 45
START_PATIENCE = 60
EARLIEST, LATEST = 0.05, 1.0


class Fault(AssertionError):
    """What must not happen."""


def run(*command):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, timeout=600)
    if done.returncode != 0:
        raise Fault(f"{command[1:3]} ended with {done.returncode}: {done.stderr}{done.stdout}")
    return done.stdout


def wait_for(what, condition, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise Fault(f"{what} did not happen within {seconds} seconds")
        time.sleep(0.005)


# --- What was sent, and what was answered


def entry_id():
    """A UUID of version 7."""
    number = int(time.time() * 1000) << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0b11 << 62) | 0b10 << 62
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class Ledger:
    """What the writers know of the record, by the ids of entries."""

    def __init__(self, before=()):
        self.before = set(before)
        self.sent = {}
        self.acknowledged = {}
        # The last place of all that was acknowledged: what a device saw when it says the next thing.
        self.newest = 0
        # How often an answer said that the entry had been recorded earlier.
        self.repeated = 0
        self.lock = threading.Lock()

    def make(self, case, answer):
        """An entry that is about to be sent."""
        entry = {
            "id": entry_id(), "event": "answer-given", "subject": f"answer/{case}/2.1.1",
            "values": {"answer": answer}, "sealed": {"note": f"Case {case}: {answer}."},
        }
        with self.lock:
            entry["over"] = self.newest
            self.sent[entry["id"]] = entry
        return entry

    def note(self, entries, answer):
        """Takes in what a server answered."""
        outcomes = answer["outcomes"]
        if [one["id"] for one in outcomes] != [entry["id"] for entry in entries]:
            raise Fault(f"The outcomes are not those of what was sent: {outcomes}")
        with self.lock:
            for one in outcomes:
                if one["outcome"] not in ("recorded", "repeated"):
                    raise Fault(f"An entry was not taken: {one}")
                self.repeated += one["outcome"] == "repeated"
                if self.acknowledged.setdefault(one["id"], one["sequence"]) != one["sequence"]:
                    raise Fault(f"An entry has another place than before: {one}")
                self.newest = max(self.newest, one["sequence"])

    def unanswered(self):
        return [entry for id, entry in self.sent.items() if id not in self.acknowledged]


def entries(export):
    return [json.loads(line) for line in export.splitlines()[1:]]


def faults(export, ledger):
    """What is wrong in an exported record, beside what `record verify` finds."""
    found = []
    there = entries(export)
    heading = json.loads(export.splitlines()[0])
    if heading["entries"] != len(there):
        found.append(f"the first line names {heading['entries']} entries, and {len(there)} follow")
    places = collections.defaultdict(list)
    for entry in there:
        places[entry["id"]].append(entry)
    for id, sequence in ledger.acknowledged.items():
        at = [entry["sequence"] for entry in places.get(id, ())]
        if at != [sequence]:
            found.append(f"{id} was acknowledged at {sequence} and is at {at}")
    for id, same in places.items():
        if len(same) > 1:
            found.append(f"{id} is there {len(same)} times")
        sent = ledger.sent.get(id)
        if sent is None and id not in ledger.before:
            found.append(f"{id} is there and was not sent")
        for entry in same if sent else ():
            if any(entry[name] != sent[name] for name in ("event", "subject", "over", "values")):
                found.append(f"{id} does not say what was sent")
            if not entry["sealed"]:
                found.append(f"{id} has lost what was sealed")
    for id in ledger.before - places.keys():
        found.append(f"{id} was there before and is gone")
    return found


# --- What is killed


class PostgreSQL:
    """A PostgreSQL server of its own, on loopback."""

    def __init__(self, folder):
        self.folder = folder

    def control(self, verb):
        return run("bash", ROOT / "scripts/postgresql.sh", verb, self.folder)

    def start(self):
        self.address = f"{self.control('start').strip()}/postgres"

    def kill(self):
        self.control("kill")

    def stop(self):
        if (self.folder / "data/postmaster.pid").exists():
            self.control("stop")


class Server:
    """`plumbline serve` on a port of its own."""

    def __init__(self, name, log):
        self.name = name
        self.log = log
        self.process = None

    def start(self, options):
        # A file, since nobody reads a pipe while the writers are at work.
        with open(self.log, "ab") as output:
            self.said_before = output.tell()
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--port", "0", "--assets", ASSETS, *options],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)

    def wait_until_ready(self):
        wait_for(f"{self.name} being ready", self.is_ready, START_PATIENCE)

    def is_ready(self):
        said = self.log.read_bytes()[self.said_before:].decode(errors="replace")
        if found := READY.search(said):
            self.place = urlsplit(found.group(1)).netloc
            return True
        if self.process.poll() is not None:
            raise Fault(f"The server did not start: {said}")
        return False

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def is_running(self):
        return self.process is not None and self.process.poll() is None


class Client:
    """A connection that is kept, of somebody who holds a token."""

    def __init__(self, server, token):
        self.connection = http.client.HTTPConnection(server.place, timeout=PATIENCE)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, method, path, body=None):
        """The status, and what was answered: as text unless it is what was asked for."""
        body = None if body is None else json.dumps(body).encode()
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            return answer.status, said.decode(errors="replace")
        return answer.status, json.loads(said)

    def send(self, entries):
        status, answer = self.ask("POST", f"{PATH}/entries", {"entries": entries})
        if status != 200:
            raise Fault(f"{len(entries)} entries were answered with {status}: {answer[:500]}")
        return answer

    def close(self):
        self.connection.close()


class Load:
    """Writers that send one request after the other, until they are told to end.

    A writer whose server is gone sends the same again to the other one, if there is one.
    """

    def __init__(self, place, seed):
        self.place = place
        self.ended = threading.Event()
        self.answers = collections.Counter()
        self.lost = set()
        self.faults = []
        servers = collections.deque(place.servers)
        self.threads = []
        for number in range(WRITERS):
            chance = random.Random(f"{seed} {number}")
            self.threads.append(
                threading.Thread(target=self.write, args=(list(servers), chance), daemon=True))
            servers.rotate()

    def write(self, servers, chance):
        waiting = None
        try:
            for server in servers:
                client = Client(server, self.place.token)
                try:
                    while waiting or not self.ended.is_set():
                        waiting = waiting or [
                            self.place.ledger.make(
                                chance.choice(self.place.cases),
                                chance.choice(["sufficient", "insufficient", "not-applicable"]))
                            for _ in range(chance.randint(1, 4))]
                        self.place.ledger.note(waiting, client.send(waiting))
                        waiting = None
                        with self.place.ledger.lock:
                            self.answers[server.name] += 1
                    return
                except (OSError, http.client.HTTPException):
                    self.lost.add(server.name)
                finally:
                    client.close()
        except Exception as fault:
            self.faults.append(str(fault))

    def start(self):
        for thread in self.threads:
            thread.start()
        wait_for("The first answer", lambda: self.faults or self.answers.total() > 0)

    def wait_for_new_answers(self, server):
        """Until the server has answered what was sent after this began."""
        # Each writer waits for one answer at most.
        wanted = self.answers[server.name] + WRITERS + 1
        wait_for(
            f"{server.name} answering again",
            lambda: self.faults or self.answers[server.name] >= wanted)

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join(timeout=2 * PATIENCE)
        if any(thread.is_alive() for thread in self.threads):
            self.faults.append("a writer waits for ever")
        for server in self.place.servers:
            if server.is_running() and server.name in self.lost:
                self.faults.append(f"{server.name} left a writer without an answer")
        if self.faults:
            raise Fault("; ".join(sorted(set(self.faults))[:5]))


# --- Rounds


class Place:
    """The training inspection in a data folder or on a PostgreSQL server, with what serves it.

    On PostgreSQL two processes serve one database.
    """

    def __init__(self, folder, database=None):
        self.folder = folder
        self.database = database
        self.options = ["--data", str(folder / "data")]
        if database:
            self.options += ["--database", database.address]
            (folder / "data").mkdir()
            key = folder / "data/master.key"
            key.touch(mode=0o600)
            key.write_bytes(base64.b64encode(secrets.token_bytes(32)))
        run(PROGRAM, "demo", *self.options)
        # While nobody serves: one process at a time writes to an SQLite file.
        said = run(
            PROGRAM, "account", "token", ASSESSOR, "--inspection", "training", *self.options)
        self.token = said.splitlines()[-1]
        self.ledger = Ledger(entry["id"] for entry in entries(self.export()))
        names = ("one", "other") if database else ("one",)
        self.servers = [Server(name, folder / f"{name}.log") for name in names]
        try:
            self.serve()
            self.cases = self.find_cases()
        except BaseException:
            self.close()
            raise

    def serve(self):
        """Starts those servers that do not run, and lets them read the record."""
        ended = [server for server in self.servers if not server.is_running()]
        for server in ended:
            server.start(self.options)
        for server in ended:
            server.wait_until_ready()
            self.state(server)

    def close(self):
        for server in self.servers:
            server.kill()

    def state(self, server):
        """How the inspection stands."""
        client = Client(server, self.token)
        status, answer = client.ask("GET", PATH)
        client.close()
        if status != 200:
            raise Fault(f"The inspection was answered with {status}: {answer[:500]}")
        return answer

    def find_cases(self):
        """The cases that were allotted to the holder of the token."""
        client = Client(self.servers[0], self.token)
        found = []
        for case in self.state(self.servers[0])["cases"]:
            entry = self.ledger.make(case, "sufficient")
            status, answer = client.ask("POST", f"{PATH}/entries", {"entries": [entry]})
            if status == 200:
                self.ledger.note([entry], answer)
                found.append(case)
            else:
                del self.ledger.sent[entry["id"]]
        client.close()
        if not found:
            raise Fault(f"{ASSESSOR} has no case")
        return found

    def export(self):
        return run(PROGRAM, "record", "export", "training", *self.options)

    def look(self):
        """Looks at the whole record, and gives the places of its entries by their ids."""
        export = self.export()
        if found := faults(export, self.ledger):
            raise Fault("; ".join(found[:5]) + f" ({len(found)} faults)")
        return {entry["id"]: entry["sequence"] for entry in entries(export)}

    def send_again(self, there):
        """Sends what was not answered once more; `there` holds what was found in the record."""
        client = Client(self.servers[0], self.token)
        unanswered = self.ledger.unanswered()
        for start in range(0, len(unanswered), 100):
            some = unanswered[start:start + 100]
            answer = client.send(some)
            self.ledger.note(some, answer)
            for one in answer["outcomes"]:
                known = there.get(one["id"])
                if known is None:
                    # A database server may have finished since what a killed process had asked for.
                    is_right = one["outcome"] == "recorded" or self.database
                else:
                    is_right = (one["outcome"], one["sequence"]) == ("repeated", known)
                if not is_right:
                    raise Fault(f"It was at {known} and is now {one}")
        client.close()

    def round(self, strike, seed):
        """One round; `strike` kills something.

        Gives what came of it in words, and how many entries were acknowledged.
        """
        try:
            # A round that failed may have left some ended.
            self.serve()
            chance = random.Random(seed)
            before = len(self.ledger.acknowledged)
            repeated = self.ledger.repeated
            load = Load(self, seed)
            after = chance.uniform(EARLIEST, LATEST)
            try:
                load.start()
                time.sleep(after)
                strike(self, load, chance)
            finally:
                load.end()
            acknowledged = len(self.ledger.acknowledged) - before
            repeated = self.ledger.repeated - repeated
            # What a killed server left can be read before the next one has put it in order.
            there = self.look() if chance.random() < 0.5 else None
            self.serve()
            unanswered = self.ledger.unanswered()
            if unanswered:
                there = there or self.look()
                self.send_again(there)
            kept = sum(entry["id"] in there for entry in unanswered)
            run(PROGRAM, "record", "verify", *self.options)
            there = self.look()
        except Fault as fault:
            raise Fault(f"seed {seed}: {fault}{self.last_words()}") from fault
        return (
            f"after {after:.2f} s; {acknowledged} acknowledged, {repeated} of them as repeated; "
            f"{len(unanswered)} without an answer, {kept} of them recorded; "
            f"{len(there)} entries in all"), acknowledged

    def last_words(self):
        """The end of what the servers wrote."""
        words = ""
        for server in self.servers:
            lines = server.log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
            words += "".join(f"\n{server.name}: {line}" for line in lines)
        return words


def kill_server(place, load, chance):
    """Kills what serves: where there are two mostly one of them, and the other must go on."""
    victims = list(place.servers)
    if len(victims) > 1 and chance.random() < 0.75:
        victims = [chance.choice(victims)]
    for server in victims:
        server.kill()
    for server in place.servers:
        if server not in victims:
            load.wait_for_new_answers(server)


def kill_database(place, load, chance):
    """Kills the database server; what serves must go on when it is back, and answer everything."""
    place.database.kill()
    time.sleep(chance.uniform(0, 1))
    place.database.start()
    for server in place.servers:
        load.wait_for_new_answers(server)


# By name: on what, and what is killed. A seed chooses one of them.
KINDS = {
    "SQLite": ("SQLite", kill_server),
    "PostgreSQL": ("PostgreSQL", kill_server),
    "database": ("PostgreSQL", kill_database),
}


def kind(seed):
    return list(KINDS)[seed % len(KINDS)]


class Places:
    """The places of all kinds, made when they are first needed. Close it in any case."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="plumbline-kills-")
        # The database server may run as a user of its own.
        os.chmod(self.folder.name, 0o755)
        self.places = {}
        self.database = None

    def round(self, seed):
        on, strike = KINDS[kind(seed)]
        if on not in self.places:
            if on == "PostgreSQL" and not self.database:
                self.database = PostgreSQL(Path(self.folder.name) / "server")
                self.database.start()
            folder = Path(tempfile.mkdtemp(dir=self.folder.name))
            self.places[on] = Place(folder, self.database if on == "PostgreSQL" else None)
        return self.places[on].round(strike, seed)

    def close(self):
        try:
            for place in self.places.values():
                place.close()
            if self.database:
                self.database.stop()
        finally:
            self.folder.cleanup()
