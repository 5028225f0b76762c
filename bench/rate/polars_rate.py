"""Rates the national exercise with Polars.

usage: polars_rate.py ANSWERS.csv RATINGS.json
"""

import sys

import polars as pl

import exercise

SCHEMA = {
    "case": pl.String,
    "question": pl.Enum(exercise.QUESTIONS),
    "answer": pl.Enum(exercise.ANSWERS),
    "office": pl.Categorical,
}
question = pl.col("question").to_physical()
answer = pl.col("answer")
office = pl.col("office")


def main(source: str, target: str) -> None:
    # A question or an answer that is not in its list stops the reading.
    try:
        answers = pl.scan_csv(source, schema=SCHEMA).collect(engine="streaming").lazy()
    except pl.exceptions.PolarsError as error:
        exercise.refuse(f"{source}: {error}")

    # One bit a question: a case that answered one twice has fewer bits than answers.
    doubtful = (
        answers.select(
            "case",
            asked=pl.lit(2, pl.UInt64) ** question,
            place=office.to_physical(),
            blank=pl.col("case").is_null() | question.is_null() | answer.is_null(),
        )
        .group_by("case")
        .agg(
            answers=pl.len(),
            asked=pl.col("asked").bitwise_or(),
            first=pl.col("place").min(),
            last=pl.col("place").max(),
            blank=pl.col("blank").any(),
        )
        .filter(
            (pl.col("asked").bitwise_count_ones() != pl.col("answers"))
            | (pl.col("first") != pl.col("last"))
            | pl.col("blank")
        )
        .select("case")
        .collect(engine="streaming")
    )
    if doubtful.height:
        exercise.refuse(
            f"{source}: {doubtful.height} cases with doubled or blank answers, or two offices"
        )

    counts = (
        answers.group_by("office", question)
        .agg(
            sufficient=(answer == "sufficient").sum(),
            applicable=(answer != "not-applicable").sum(),
        )
        .collect(engine="streaming")
    )
    exercise.write(counts.iter_rows(), target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
