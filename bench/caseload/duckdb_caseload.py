"""Checks a list of cases and draws a sample from it with DuckDB.

usage: duckdb_caseload.py LIST.csv SEED LEAVE-OUT-REFUSED RESULT.json

LEAVE-OUT-REFUSED is yes or no.
"""

import sys

import duckdb

import draw
import odd
import people
import result
import rules
from rules import COLUMNS, COUNTED, SORTED


def coded(column: str, words: list[str], nothing: str) -> str:
    """The place of a code that is written in the usual way, nothing for any other word."""
    cases = " ".join(f"when '{word}' then {place}" for place, word in enumerate(words) if place)
    return f"(case {column} {cases} when '' then {nothing} end)::utinyint"


def iso(column: str) -> str:
    """A day that is written in the usual way."""
    day = f"try_cast({column} as date)"
    is_usual = f"{day}::varchar = {column} and year({day}) between 1900 and 9999"
    return f"case when {is_usual} then {day} end"


ROWS = f"""
select *, concat_ws(',', {", ".join(SORTED)}) as joined
from read_csv($list, header = true, auto_detect = false, delim = ',', quote = $quote,
  escape = $quote, force_not_null = {COLUMNS},
  columns = {{{", ".join(f"'{column}': 'varchar'" for column in COLUMNS)}}})
"""

CHECKED = f"""
select *,
  {coded("sex", rules.SEXES, "0")} as sex_code,
  {coded("sentence_type", rules.SENTENCES, "null")} as sentence_code,
  {coded("rosh", rules.RISKS, "0")} as rosh_code,
  {iso("started_on")} as started,
  {iso("date_of_birth")} as born,
  {iso("ended_on")} as ended,
  contains(family_name, '*') or contains(first_names, '*') as hidden
from ({ROWS})
"""

# Only a file with quotes in it has values with commas, quotes or line feeds in them.
UNQUOTED = f"""
not contains(joined, '"') and not contains(joined, chr(10))
and length(joined) - length(replace(joined, ',', '')) = {len(COLUMNS) - 1}
"""


def usual(has_quotes: bool) -> str:
    """Whether a row is written in the usual way, and what it comes to if it is."""
    return f"""
select *,
  case when usual then crn end as known_crn,
  case when hidden or family_name = '' or first_names = '' or date_of_birth = '' then ''
    else lower(family_name) || chr(0) || lower(first_names) end as name
from (
  select *, ifnull(
    regexp_full_match(crn, '[A-Z][0-9]{{6}}')
    and sex_code is not null and sentence_code is not null and rosh_code is not null
    and restricted in ('no', 'yes', '') and started is not null
    and (date_of_birth = '' or (started - born >= 19 * 365 and started - born < 110 * 365))
    and (ended_on = '' or ended >= started)
    and (pnc = '' or regexp_full_match(pnc, '[0-9]{{4}}/[0-9]{{7}}[A-Z]'))
    and not contains(joined, ', ') and not contains(joined, ' ,') and not contains(joined, '  ')
    and not contains(joined, '\t') and not starts_with(joined, ' ') and not ends_with(joined, ' ')
    {f"and {UNQUOTED}" if has_quotes else ""},
    false) as usual
  from ({CHECKED})
)
"""


# What is kept of a case.
KEPT = f"""
  ((ascii(crn) - 65) * 1000000 + crn[2:]::uinteger)::uinteger as crn,
  sex, sentence, rosh, stratum, started, cluster, ldu, officer, ethnicity, restricted,
  case when pnc <> '' then hash(pnc) end as pnc,
  case when name <> '' then hash(name, born) end as name,
  case when stratum <> {draw.OUT} then sha256($before || crn) end as ticket
"""

# The last four decimal digits of the number that a ticket is made of, from the last to the first.
REVERSED = "number % 10 * 1000 + number // 10 % 10 * 100 + number // 100 % 10 * 10 + number // 1000"
WORDS_OF_TICKET = " + ".join(
    f"('0x' || ticket[{place * 16 + 1}:{place * 16 + 16}])::ubigint % 10000"
    f" * {2 ** (192 - place * 64) % 10_000}"
    for place in range(4)
)
CASES = f"""
select * exclude (ticket, number), ({REVERSED})::usmallint as ticket
from (select *, (({WORDS_OF_TICKET}) % 10000)::uinteger as number from ($kept))
"""

STRATUM = f"""
{draw.STRATUM_OF}[(sex_code::integer * {len(rules.SENTENCES)} + sentence_code) * {len(rules.RISKS)}
  + rosh_code + 1]::utinyint
"""


def quoted(words: list[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"


def usual_cases(has_quotes: bool) -> str:
    """Every usual row as it is kept, and every other row as it came."""
    blanks = " | ".join(
        f"(({column} in {quoted(rules.nothing(column))})::uinteger << {place})"
        for place, column in enumerate(COUNTED)
    )
    kept = f"""
select {KEPT}, blanks, digest, raw
from (
  select known_crn as crn, pnc, name, born - date '1899-12-30' as born, sex_code as sex, ethnicity,
    sentence_code as sentence, (started - date '1899-12-30')::integer as started,
    rosh_code as rosh, cluster, ldu, officer, hidden or restricted = 'yes' as restricted,
    case when usual then {STRATUM} end as stratum, {blanks} as blanks,
    case when usual then sha256(joined) end as digest,
    case when not usual then [{", ".join(COLUMNS)}] end as raw
  from ({usual(has_quotes)})
)
"""
    return f"create temp table cases as {CASES.replace('$kept', kept)}"


def odd_cases() -> str:
    columns = ", ".join(f"unnest(${name}) as {name}" for name in (*odd.Accepted._fields, "stratum"))
    kept = f"select {KEPT} from (select {columns})"
    return f"insert into cases by name {CASES.replace('$kept', kept)}"


QUALITY = f"""
select cluster, ldu, count(*),
  [{", ".join(f"sum(blanks >> {place} & 1)" for place in range(len(COUNTED)))}]
from cases group by cluster, ldu
"""

# Sorted in parts, each of which begins with the same three digits.
DIGESTS = """
select unhex(array_to_string(list_sort(list(digest)), '')) from cases
where digest is not null group by digest[:3] order by digest[:3]
"""


def repeated(key: str) -> str:
    return f"""
{key} in (
  select {key} from in_scope where {key} is not null group by {key} having count(*) > 1
)
"""


MATCHED = f"""
select rowid as row, crn + 1 as crn, ifnull(pnc, 0) as pnc, ifnull(name, 0) as name, started,
  sentence, rosh, sex
from in_scope where {repeated("crn")} or {repeated("pnc")} or {repeated("name")}
"""

WORDS = "select cluster, ldu, officer, ethnicity, restricted from cases where rowid = ?"


def crn(number: int) -> str:
    return f"{chr(65 + number // 1_000_000)}{number % 1_000_000:06}"


def leave_out(database: duckdb.DuckDBPyConnection) -> dict:
    """Takes out all but the earliest order of each person."""
    matched = database.execute(MATCHED).fetchnumpy()
    rows = matched["row"]

    def words(place: int) -> list[str]:
        *texts, ethnicity, restricted = database.execute(WORDS, [int(rows[place])]).fetchone()
        return [*texts, rules.ethnicity(ethnicity), str(int(restricted))]

    keys = [matched[key] for key in ("crn", "pnc", "name")]
    parts = [matched[part] for part in ("started", "crn", "sentence", "rosh", "sex")]
    count, surplus = people.left_out(keys, parts, words)
    database.execute(
        "delete from cases where rowid in (select unnest($rows))", {"rows": rows[surplus].tolist()}
    )
    return {
        "people": count,
        "leftOut": [crn(number - 1) for number in sorted(matched["crn"][surplus].tolist())],
    }


def main(source: str, seed: str, leaves_out_refused: bool, target: str) -> None:
    has_quotes = rules.has_quotes(source)
    database = duckdb.connect(config={"preserve_insertion_order": False})
    before = draw.start(seed)
    try:
        # A row with fewer or more values than the heading stops the reading.
        database.execute(
            usual_cases(has_quotes),
            {"list": source, "quote": '"' if has_quotes else "", "before": before},
        )
    except duckdb.Error as error:
        draw.refuse(f"{source}: {error}")

    odds = odd.OddRows()
    for (values,) in database.execute("select raw from cases where raw is not null").fetchall():
        odds.add(values)
    database.execute("delete from cases where raw is not null")
    *places, blanks = zip(*database.execute(QUALITY).fetchall())
    document = result.checked(sum(places[2]), odds, list(zip(*places)), blanks)
    if odds.outcomes["refused"] and not leaves_out_refused:
        draw.refuse(f"{source}: {odds.outcomes['refused']} rows were refused")

    database.execute(
        "insert into cases (digest) select unnest($digests)",
        {"digests": [digest.hex() for digest in odds.digests]},
    )
    document["frame"] = result.frame(piece for (piece,) in database.execute(DIGESTS).fetchall())

    if odds.accepted:
        columns = dict(zip(odd.Accepted._fields, map(list, zip(*odds.accepted))))
        columns["stratum"] = [
            draw.stratum(one.sex, one.sentence, one.rosh) for one in odds.accepted
        ]
        database.execute(odd_cases(), {**columns, "before": before})
    database.execute(
        f"create temp view in_scope as select *, rowid from cases where stratum <> {draw.OUT}"
    )
    document |= leave_out(database)
    not_sampled = database.execute(
        f"select sentence, count(*) from cases where stratum = {draw.OUT} group by sentence"
    ).fetchall()
    document["notSampled"] = {rules.SENTENCES[sentence]: count for sentence, count in not_sampled}

    counts = database.execute(
        "select stratum, cluster, ldu, count(*) from in_scope group by stratum, cluster, ldu"
    ).fetchall()

    def between(low: int, high: int) -> list[draw.Case]:
        found = database.execute(
            "select crn, stratum, cluster, ldu, officer, restricted from in_scope"
            " where ticket >= ? and ticket < ?",
            [low, high],
        ).fetchall()
        return [draw.Case(crn(number), *rest) for number, *rest in found]

    document |= draw.draw(before, {tuple(key): count for *key, count in counts}, between)
    result.write(document, target)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3] == "yes", sys.argv[4])
