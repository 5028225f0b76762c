"""Checks a list of cases and draws a sample from it with Polars.

usage: polars_caseload.py LIST.csv SEED LEAVE-OUT-REFUSED RESULT.json

LEAVE-OUT-REFUSED is yes or no.
"""

import csv
import datetime
import os
import sys

import numpy as np
import polars as pl
import polars_hash  # noqa: F401  adds `chash` to expressions

import draw
import odd
import people
import result
import rules
from rules import COLUMNS, COUNTED, SORTED

KEPT = """crn sex sentence rosh stratum started restricted cluster ldu officer ethnicity pnc name
ticket""".split()
DIGEST = [f"digest {place}" for place in range(4)]
FIRST = datetime.date(1899, 12, 30)

ACCEPTED = {
    **dict.fromkeys(odd.Accepted._fields, pl.String),
    **dict.fromkeys(("sex", "sentence", "rosh"), pl.UInt8),
    **dict.fromkeys(("born", "started"), pl.Int32),
    "restricted": pl.Boolean,
}


def coded(column: str, words: dict[str, int]) -> pl.Expr:
    """The place of a code that is written in the usual way, nothing for any other word."""
    return pl.col(column).replace_strict(words, default=None, return_dtype=pl.UInt8)


def places(words: list[str], **more: int) -> dict[str, int]:
    return {word: place for place, word in enumerate(words) if place} | more


def iso(column: str) -> pl.Expr:
    """The number of a day that is written in the usual way."""
    day = pl.col(column).str.to_date("%Y-%m-%d", strict=False)
    is_usual = day.dt.to_string("%Y-%m-%d") == pl.col(column)
    is_usual &= day.dt.year().is_between(1900, 9999)
    return pl.when(is_usual).then((day - FIRST).dt.total_days().cast(pl.Int32))


def usual(has_quotes: bool) -> pl.Expr:
    """Whether a row is written in the usual way."""
    joined = pl.col("joined")
    age = pl.col("started") - pl.col("born")
    checks = [
        pl.col("crn").str.contains("^[A-Z][0-9]{6}$"),
        pl.col("sex_code").is_not_null(),
        pl.col("sentence").is_not_null(),
        pl.col("rosh_code").is_not_null(),
        pl.col("restricted").is_in(["no", "yes", ""]),
        pl.col("started").is_not_null(),
        (pl.col("date_of_birth") == "") | ((age >= 19 * 365) & (age < 110 * 365)),
        (pl.col("ended_on") == "") | (pl.col("ended") >= pl.col("started")),
        (pl.col("pnc") == "") | pl.col("pnc").str.contains("^[0-9]{4}/[0-9]{7}[A-Z]$"),
        ~joined.str.contains_any([", ", " ,", "  ", "\t"]),
        ~joined.str.starts_with(" "),
        ~joined.str.ends_with(" "),
    ]
    if has_quotes:
        # Only then values have commas, quotes or line feeds in them.
        checks += [
            ~joined.str.contains_any(['"', "\n"]),
            joined.str.count_matches(",", literal=True) == len(COLUMNS) - 1,
        ]
    return pl.all_horizontal(checks).fill_null(False)


def is_hidden() -> pl.Expr:
    return pl.col("family_name").str.contains("*", literal=True) | pl.col(
        "first_names"
    ).str.contains("*", literal=True)


def words(column: str) -> list[pl.Expr]:
    """The four words of a digest, the first with the highest bits."""
    return [
        pl.col(column).bin.slice(8 * place, 8).bin.reinterpret(dtype=pl.UInt64, endianness="big")
        for place in range(4)
    ]


def hashed(text: pl.Expr) -> pl.Expr:
    return text.chash.sha2_256().str.decode("hex")


def ticket() -> pl.Expr:
    """The last four decimal digits of the number that a ticket is made of, last to first."""
    parts = [
        word % 10_000 * (2 ** (192 - place * 64) % 10_000)
        for place, word in enumerate(words("ticket"))
    ]
    number = pl.sum_horizontal(parts) % 10_000
    return number.cast(pl.UInt16).replace_strict(
        range(10_000), draw.REVERSED, return_dtype=pl.UInt16
    )


def kept(rows: pl.LazyFrame, before: str) -> pl.LazyFrame:
    """What is kept of accepted rows. Keys are zero where a row has none."""
    in_scope = pl.col("stratum") != draw.OUT

    def key(column: str, hashed: pl.Expr) -> pl.Expr:
        return pl.when(in_scope & (pl.col(column) != "")).then(hashed).otherwise(0).alias(column)

    rows = rows.with_columns(stratum()).with_columns(
        key("pnc", pl.col("pnc").hash()),
        key("name", pl.struct("name", "born").hash()),
        pl.when(in_scope).then(hashed(pl.concat_str(pl.lit(before), "crn"))).alias("ticket"),
        *(pl.col(c).cast(pl.Categorical) for c in ("cluster", "ldu", "officer", "ethnicity")),
    )
    return rows.with_columns(ticket().alias("ticket"))


def stratum() -> pl.Expr:
    """The place of a case's stratum by its codes."""
    place = pl.col("sex").cast(pl.UInt16) * len(rules.SENTENCES) + pl.col("sentence")
    place = place * len(rules.RISKS) + pl.col("rosh")
    return place.replace_strict(dict(enumerate(draw.STRATUM_OF)), return_dtype=pl.UInt8).alias(
        "stratum"
    )


def checked(source: str, has_quotes: bool) -> pl.LazyFrame:
    """Every row with its codes and days, and whether it is written in the usual way."""
    rows = pl.scan_csv(
        source,
        schema={column: pl.String for column in COLUMNS},
        quote_char='"' if has_quotes else None,
        empty_string_is_null=False,
    )
    rows = rows.with_columns(
        pl.concat_str(SORTED, separator=",").alias("joined"),
        coded("sex", places(rules.SEXES) | {"": 0}).alias("sex_code"),
        coded("sentence_type", places(rules.SENTENCES)).alias("sentence"),
        coded("rosh", places(rules.RISKS) | {"": 0}).alias("rosh_code"),
        iso("started_on").alias("started"),
        iso("date_of_birth").alias("born"),
        iso("ended_on").alias("ended"),
    )
    return rows.with_columns(
        usual(has_quotes).alias("usual"), hashed(pl.col("joined")).alias("digest")
    )


def normal(rows: pl.LazyFrame, separator: str) -> pl.LazyFrame:
    """What the usual rows come to, as those that are read one by one, which stand in `raw`."""
    is_known = ~is_hidden()
    for column in ("family_name", "first_names", "date_of_birth"):
        is_known &= pl.col(column) != ""
    name = pl.concat_str(
        pl.col("family_name").str.to_lowercase(),
        pl.col("first_names").str.to_lowercase(),
        separator="\0",
    )
    return rows.select(
        "crn",
        "pnc",
        pl.when(is_known).then(name).otherwise(pl.lit("")).alias("name"),
        pl.when(is_known).then("born").otherwise(0).alias("born"),
        pl.col("sex_code").alias("sex"),
        "ethnicity",
        "sentence",
        "started",
        pl.col("rosh_code").alias("rosh"),
        "cluster",
        "ldu",
        "officer",
        (is_hidden() | (pl.col("restricted") == "yes")).alias("restricted"),
        *(word.alias(name) for word, name in zip(words("digest"), DIGEST)),
        *(pl.col(column).is_in(rules.nothing(column)).alias(f"no {column}") for column in COUNTED),
        "usual",
        pl.col("joined").str.len_bytes().alias("bytes"),
        pl.when(~pl.col("usual")).then(pl.concat_str(SORTED, separator=separator)).alias("raw"),
    )


def has_short_rows(source: str, has_quotes: bool, rows: pl.DataFrame) -> bool:
    """Whether a row has fewer values than the heading, which Polars fills up with blanks."""
    if has_quotes:
        with open(source, encoding="utf-8", newline="") as file:
            return any(len(row) != len(COLUMNS) for row in csv.reader(file))
    # A row that was filled up has more bytes than it had in the file.
    length = len(",".join(COLUMNS)) + 1 + rows["bytes"].sum() + rows.height
    with open(source, "rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.tell() + 1 != length - (file.read() != b"\n")


def frame(digests: list[pl.DataFrame]) -> str:
    """The digest of the list. Digests are in order by their first words where that is enough."""
    rows = pl.concat(digests).to_numpy()
    rows = rows[np.argsort(rows[:, 0])]
    equal = np.flatnonzero(rows[1:, 0] == rows[:-1, 0])
    if equal.size:
        same = np.isin(rows[:, 0], rows[equal, 0])
        few = rows[same]
        rows[same] = few[np.lexsort(few.T[::-1])]
    return result.frame([rows.astype(">u8").tobytes()])


def repeated(keys: np.ndarray) -> np.ndarray:
    """Which rows have a key that another row has too; zero is none."""
    ordered = np.sort(keys)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.isin(keys, np.unique(twice[twice > 0]))


def leave_out(cases: pl.DataFrame) -> tuple[pl.DataFrame, dict]:
    """The cases with all but the earliest order of each person taken out."""
    crns = cases["crn"].hash().to_numpy()
    pncs, names = (cases[key].to_numpy() for key in ("pnc", "name"))
    rows = np.flatnonzero(repeated(crns) | repeated(pncs) | repeated(names))
    matched = cases[rows]

    def spoken(place: int) -> list[str]:
        row = matched.row(place, named=True)
        texts = [row["cluster"], row["ldu"], row["officer"], rules.ethnicity(row["ethnicity"])]
        return [*texts, str(int(row["restricted"]))]

    numbers = matched.select(
        pl.col("crn").str.head(1).str.to_integer(base=36, dtype=pl.Int64) * 1_000_000
        + pl.col("crn").str.tail(6).str.to_integer(dtype=pl.Int64)
    )["crn"].to_numpy()
    parts = [matched["started"].to_numpy(), numbers]
    parts += [matched[part].to_numpy() for part in ("sentence", "rosh", "sex")]
    count, surplus = people.left_out([crns[rows], pncs[rows], names[rows]], parts, spoken)
    is_left = np.ones(cases.height, dtype=bool)
    is_left[rows[surplus]] = False
    left_out = sorted(matched["crn"].gather(surplus).to_list())
    return cases.filter(is_left), {"people": count, "leftOut": left_out}


def main(source: str, seed: str, leaves_out_refused: bool, target: str) -> None:
    has_quotes = rules.has_quotes(source)
    before = draw.start(seed)
    # Only in a file with quotes a value can have a comma in it.
    separator = "\x1f" if has_quotes else ","
    try:
        rows = kept(normal(checked(source, has_quotes), separator), before).collect(
            engine="streaming"
        )
    except pl.exceptions.PolarsError as error:
        draw.refuse(f"{source}: {error}")

    if has_short_rows(source, has_quotes, rows):
        draw.refuse(f"{source}: a row has fewer values than the heading")

    odds = odd.OddRows()
    for raw in rows.filter(~pl.col("usual"))["raw"]:
        row = dict(zip(SORTED, raw.split(separator)))
        odds.add(tuple(row[column] for column in COLUMNS))
    rows = rows.drop("raw", "bytes").filter("usual")
    missing = [f"no {column}" for column in COUNTED]
    quality = rows.group_by("cluster", "ldu").agg(pl.len(), *(pl.col(one).sum() for one in missing))
    document = result.checked(
        rows.height,
        odds,
        quality.select("cluster", "ldu", "len").rows(),
        quality.select(missing).rows(),
    )
    if odds.outcomes["refused"] and not leaves_out_refused:
        draw.refuse(f"{source}: {odds.outcomes['refused']} rows were refused")

    digests = rows.select(DIGEST)
    cases = rows.select(KEPT)
    del rows
    more = np.frombuffer(b"".join(odds.digests), dtype=">u8").astype(np.uint64).reshape(-1, 4)
    document["frame"] = frame([digests, pl.DataFrame(more, schema=digests.schema)])
    del digests

    if odds.accepted:
        accepted = pl.DataFrame(odds.accepted, schema=ACCEPTED, orient="row")
        cases = pl.concat([cases, kept(accepted.lazy(), before).select(KEPT).collect()])
    not_sampled = cases.filter(pl.col("stratum") == draw.OUT).group_by("sentence").len()
    document["notSampled"] = {rules.SENTENCES[one]: count for one, count in not_sampled.iter_rows()}
    cases, left_out = leave_out(cases.filter(pl.col("stratum") != draw.OUT))
    document |= left_out
    groups = cases.group_by("stratum", "cluster", "ldu").len()
    counts = {tuple(key): count for *key, count in groups.iter_rows()}

    def between(low: int, high: int) -> list[draw.Case]:
        found = cases.filter(pl.col("ticket").is_between(low, high, closed="left"))
        return [draw.Case(*row) for row in found.select(draw.Case._fields).iter_rows()]

    document |= draw.draw(before, counts, between)
    result.write(document, target)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3] == "yes", sys.argv[4])
