"""Rates the national exercise with DuckDB.

usage: duckdb_rate.py ANSWERS.csv RATINGS.json
"""

import sys

import duckdb

import exercise

# One row a case: a bit for each question that was asked, was sufficient, was applicable.
CASES = """
create temp table cases as
select
  min(office) as office,
  bit_or(bit) as asked,
  bit_or(case when answer = 'sufficient' then bit else 0 end) as sufficient,
  bit_or(case when answer <> 'not-applicable' then bit else 0 end) as applicable,
  count(*) as answers,
  min(office) is distinct from max(office) as moved,
  bool_or("case" is null or question is null or answer is null) as blank
from (
  select *, 1::ubigint << enum_code(question) as bit
  from read_csv(
    $source, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
    columns = {'case': 'varchar', 'question': 'question', 'answer': 'answer', 'office': 'varchar'})
)
group by "case"
"""

DOUBTFUL = """
select count(*) from cases
where bit_count(asked) <> answers or moved or blank
"""


def counts(column: str) -> str:
    return ", ".join(
        f"sum(({column} >> {place}) & 1)::bigint" for place in range(len(exercise.QUESTIONS))
    )


def main(source: str, target: str) -> None:
    database = duckdb.connect(config={"preserve_insertion_order": False})
    for name, values in [("question", exercise.QUESTIONS), ("answer", exercise.ANSWERS)]:
        words = ", ".join(f"'{value}'" for value in values)
        database.execute(f"create type {name} as enum ({words})")
    try:
        # A question or an answer that is not in its list stops the reading.
        database.execute(CASES, {"source": source})
    except duckdb.Error as error:
        exercise.refuse(f"{source}: {error}")
    (doubtful,) = database.execute(DOUBTFUL).fetchone()
    if doubtful:
        exercise.refuse(f"{source}: {doubtful} cases with doubled or blank answers, or two offices")

    rows = database.execute(
        f"select office, {counts('sufficient')}, {counts('applicable')} from cases group by office"
    ).fetchall()
    size = len(exercise.QUESTIONS)
    exercise.write(
        ((row[0], q, row[1 + q], row[1 + size + q]) for row in rows for q in range(size)), target
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
