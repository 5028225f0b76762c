"""The databases that records are kept in, as whoever measures sees them: from outside."""

import csv
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from checks import Row, Wrong

# An entry may hold a whole sample.
csv.field_size_limit(1 << 30)


class SQLite:
    name = "SQLite"

    def __init__(self, file: Path) -> None:
        self.file = file

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)

    def make(self, script: str) -> None:
        """Runs statements that make tables and fill them. Nobody serves meanwhile."""
        with sqlite3.connect(self.file) as database:
            database.executescript("PRAGMA journal_mode = WAL;" + script)
        database.close()

    def select(self, statement: str) -> Iterator[tuple]:
        database = self._open()
        try:
            yield from database.execute(statement)
        finally:
            database.close()

    def head(self, inspection: str) -> tuple[int, str]:
        (row,) = self.select(head_of(inspection))
        return row

    def rows(self, inspection: str) -> Iterator[Row]:
        for row in self.select(entries_of(inspection)):
            yield Row(*row)

    def settle(self) -> None:
        """Nothing to do: what one server left behind does not slow another."""


class PostgreSQL:
    name = "PostgreSQL"

    def __init__(self, server: str, name: str) -> None:
        self.address = f"{server}/{name}"
        self._psql(f"{server}/postgres", f"CREATE DATABASE {name}")

    @staticmethod
    def _command(address: str) -> list[str]:
        return ["psql", address, "-X", "-q", "-v", "ON_ERROR_STOP=1"]

    def _psql(self, address: str, script: str) -> None:
        subprocess.run(
            self._command(address), input=script, check=True, stdout=subprocess.DEVNULL, text=True)

    def make(self, script: str) -> None:
        self._psql(self.address, script)

    def select(self, statement: str) -> Iterator[tuple]:
        command = [
            *self._command(self.address), "-c", f"COPY ({statement}) TO STDOUT WITH (FORMAT csv)"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as child:
            yield from map(tuple, csv.reader(child.stdout))
        if child.returncode:
            raise Wrong("the database cannot be read")

    def head(self, inspection: str) -> tuple[int, str]:
        (row,) = self.select(head_of(inspection))
        return int(row[0]), row[1]

    def rows(self, inspection: str) -> Iterator[Row]:
        for row in self.select(entries_of(inspection)):
            yield Row(int(row[0]), *row[1:])

    def settle(self) -> None:
        """What one server left to be written must not slow the next."""
        self._psql(self.address, "CHECKPOINT")


def head_of(inspection: str) -> str:
    return f"SELECT sequence, digest FROM records WHERE inspection = '{inspection}'"


def entries_of(inspection: str) -> str:
    return (
        f"SELECT sequence, id, subject, line FROM entries WHERE inspection = '{inspection}' "
        "ORDER BY sequence")
