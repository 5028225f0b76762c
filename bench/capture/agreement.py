"""The same saves on every server, one after the other, before anything is timed.

Every answer that is given to them must be the same, and so must be what is said in the end.
"""

import http.client
import json
import random

from answers import without_sequences, worked_out
from assessors import Assessor, entry_id
from checks import Wrong
from pace import ANSWERS, NOTES, WORDS
from servers import QUESTIONS, Server

COUNT = 1_000


class Script:
    """Saves as they come: most see everything, some are stale, sent again, or not to be let in."""

    def __init__(self, team: list[Assessor], held: dict[int, list[int]]) -> None:
        chance = random.Random(5)
        self.steps = []
        for _ in range(COUNT):
            place = chance.randrange(min(len(team), 20))
            case = chance.choice(held[place])
            code, prompts = chance.choice(list(QUESTIONS.items()))
            values = {"answer": chance.choice([*ANSWERS, None])}
            for number in sorted(
                chance.sample(range(1, prompts + 1), chance.randint(0, prompts))
            ):
                values[f"p{number}"] = chance.choice(WORDS)
            values["note"] = True
            entry = {
                "id": entry_id(), "event": "answer-given", "values": values,
                "sealed": {"note": chance.choice(NOTES)}}
            self.steps.append(self.bent(chance, place, case, code, entry, held))

    def bent(self, chance, place, case, code, entry, held):
        """A step: whose session and whose form token, the entry, and how stale it is."""
        session, token, stale = place, place, 0
        oddity = chance.random()
        if oddity < 0.10:
            stale = chance.randint(1, 50)
        elif oddity < 0.14 and self.steps:
            return chance.choice(self.steps)
        elif oddity < 0.16:
            case = chance.choice(held[place + 1 if place + 1 in held else 0])
        elif oddity < 0.17:
            code = "9.9.9"
        elif oddity < 0.18:
            entry["values"]["answer"] = "perhaps"
        elif oddity < 0.19:
            session = None
        elif oddity < 0.20:
            token = None
        entry["subject"] = f"answer/{case}/{code}"
        return session, token, stale, entry, place

    def run(self, server: Server, team: list[Assessor]) -> list:
        """What the server answered, with sequences as they would be in an empty record."""
        inspection = server.work.inspection
        base, _ = server.database.head(inspection)
        newest = base
        seen: dict[str, int] = {}
        said = []
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for session, token, stale, entry, place in self.steps:
            over = seen.setdefault(entry["id"], max(base, newest - stale))
            body = {"device": team[place].device, "waiting": 1, "entries": [entry | {"over": over}]}
            headers = {"Content-Type": "application/json"}
            if session is not None:
                headers["Cookie"] = team[session].cookie.strip().removeprefix("Cookie: ")
            if token is not None:
                headers["X-Form-Token"] = team[token].form_token
            connection.request("POST", server.work.path, json.dumps(body), headers)
            answer = connection.getresponse()
            bytes = answer.read()
            outcome = None
            if answer.status == 200:
                (one,) = json.loads(bytes)["outcomes"]
                outcome = (one["id"], one["outcome"])
                if "sequence" in one:
                    newest = max(newest, one["sequence"])
                    outcome += (one["sequence"] - base,)
                if one["outcome"] == "recorded":
                    server.answers.recorded[one["id"]] = one["sequence"]
            said.append((answer.status, outcome))
        connection.close()
        return said


def require_equal(servers: list[Server], team: list[Assessor], held: dict[int, list[int]]) -> str:
    script = Script(team, held)
    first = None
    for server in servers:
        server.start()
        try:
            said = script.run(server, team)
        finally:
            server.stop()
        rows = server.database.rows(server.work.inspection)
        result = (said, without_sequences(worked_out(rows)))
        if first is None:
            first = result
        for one, other in zip(first[0], said):
            if one != other:
                raise Wrong(f"{server.name} answered {other} where {servers[0].name} did {one}")
        if result[1] != first[1]:
            raise Wrong(f"{server.name} and {servers[0].name} differ in what is said in the end")
    counts: dict[str, int] = {}
    for status, outcome in first[0]:
        word = outcome[1] if outcome else f"status {status}"
        counts[word] = counts.get(word, 0) + 1
    words = ", ".join(f"{count} {word}" for word, count in sorted(counts.items()))
    return (
        f"Equal on all servers after {COUNT:,} saves one after the other ({words}): every answer, "
        f"and what is said of {len(first[1])} questions in the end.")
