"""Makes the lists of the caseload benchmark, in the headings of profile plumbline.

usage: generate.py FOLDER ROWS [ROWS ...]

For each number of rows there is ROWS.csv, whose rows are all accepted, some of them changed; and
there is faults.csv, where rows are refused too. The same numbers give the same bytes. Files that
exist are left alone.
"""

import os
import random
import sys

import duckdb

from rules import COLUMNS

FAULTY_ROWS = 4_000

# In parts of ten thousand; the rest falls to the last.
SENTENCES = {
    "community-order": 4000,
    "licence": 2250,
    "suspended-sentence-order": 2150,
    "post-sentence-supervision": 800,
    "custody": 550,
    "other": 150,
    "youth-rehabilitation-order": 50,
    "supervision-default-order": 0,
}
RISKS = {"medium": 5200, "low": 2400, "high": 2100, "very-high": 200, "": 0}

# Of a hundred rows three are further orders of a person.
PEOPLE = 97

SURNAMES = """Abara Adler Akhtar Allen Amos Archer Ashby Bailey Barlow Begum Bennett Birch Bose
Brook Burke Carver Chan Clarke Cole Conway Cross Dale Daly Dean Dixon Doyle Drake Eaton Ellis Evans
Farrow Field Finch Ford Frost Gale Gibbs Grant Greene Hale Hall Hart Hassan Hayes Holt Hughes Irwin
James Jones Kaur Keane Khan Lamb Lane Lewis Lowe Marsh Mason Mensah Moss Nash Noble Okafor Osei Page
Patel Pike Price Quinn Rahman Reid Rhodes Rowe Shah Sharp Shaw Silva Singh Stone Tate Todd Turner
Vale Wade Walsh Ward Webb West Wood Wright Yates Young""".split()
FIRST_NAMES = """Aaron Abdul Adam Alan Aisha Amy Andre Anna Ben Beth Billy Callum Carl Chloe Connor
Craig Dale Dan Daniel Darren David Dean Dylan Ellie Emma Ethan Farah Gareth George Grace Hassan
Imran Jack Jade James Jamie Jason Jay Joe John Jordan Josh Karen Kelly Kevin Kieran Kyle Lee Leon
Lewis Liam Lisa Luke Mark Martin Megan Mia Mohammed Nathan Neil Nicole Omar Owen Paul Peter Rhys
Ricky Robert Ross Ryan Sam Sara Scott Sean Shane Simon Stacey Stephen Steven Stuart Tara Thomas Tom
Tyler Wayne Yusuf Zoe""".split()
TOWNS = """Ashford Barnsley Bolton Bradford Burnley Carlisle Cardiff Chester Crewe Darlington Derby
Dover Dudley Durham Exeter Gateshead Gloucester Grimsby Halifax Harlow Hastings Hull Ipswich
Kendal Leeds Lincoln Luton Margate Newport Norwich Oldham Oxford Preston Reading Redcar Rhyl
Salford Slough Stafford Stoke Sunderland Swansea Swindon Telford Torquay Wakefield Walsall Wigan
Worcester York""".split()
SIDES = ["Central", "North", "East", "South", "West", "Coast", "Vale"]
ETHNICITIES = """White British|White Irish|White other|Gypsy or Traveller|Caribbean|African
Black other|Indian|Pakistani|Bangladeshi|Chinese|Asian other|White and Black Caribbean
White and Black African|White and Asian|Mixed other|Arab|Other|NS""".replace("\n", "|").split("|")


def words(values: list[str]) -> str:
    return "[" + ", ".join(f"'{value}'" for value in values) + "]"


def some(salt: int, choices: dict[str, int], of: str = "i") -> str:
    """A choice by parts of ten thousand; the rest falls to the last."""
    *firsts, last = choices
    drawn, bound = f"hash({of} * 64 + {salt}) % 10000", 0
    cases = []
    for choice in firsts:
        bound += choices[choice]
        cases.append(f"when {drawn} < {bound} then '{choice}'")
    return f"case {' '.join(cases)} else '{last}' end"


def one_of(salt: int, values: list[str], of: str = "i") -> str:
    return f"{words(values)}[(hash({of} * 64 + {salt}) % {len(values)})::int + 1]"


def code(of: str) -> str:
    """A CRN for each number under 26 million, no two the same."""
    return (
        f"chr((65 + ({of} * 7368787 + 4711) % 26000000 // 1000000)::int) "
        f"|| lpad((({of} * 7368787 + 4711) % 1000000)::varchar, 6, '0')"
    )


# `i` numbers the rows and decides all about an order; `p` numbers the people.
# In a hundred rows there are two officers, with 20 to 80 cases each.
ROWS = f"""
with numbered as (
  select i, i >= $people as again,
    case when again then hash(i * 64) % $people else i end::bigint as p
  from (select (r * 7368787 + 99) % $rows as i from range($rows) as range(r))
), drawn as (
  select *,
    hash(p * 64 + 1) % 100 = 0 as hidden,
    case when again then {some(2, {"crn": 4000, "pnc": 4000, "name": 0})} end as same,
    hash(p * 64 + 3) % 100 < 8 as unnumbered,
    date '2016-01-01' + (hash(i * 64 + 4) % 1580)::int as started,
    date '2016-01-01' - (6600 + hash(p * 64 + 5) % 19000)::int as born,
    case when same = 'crn' then {code("p")} else {code("i")} end as new_crn,
    hash(i * 64 + 6) % 10000 as oddity,
    oddity between 25 and 34 as unplaced,
    i // 100 as block,
    {words(TOWNS)}[block % 350 // 7 + 1] as town,
    block * 2 + (i % 100 >= 20 + hash(block * 64 + 7) % 61)::int as officer
  from numbered
)
select
  case when oddity < 10 then lower(new_crn) else new_crn end as crn,
  case when unnumbered or same = 'name' then ''
    else (1975 + p % 45)::varchar || '/' || lpad((p * 733 % 9999991)::varchar, 7, '0')
      || 'ABCDEFGHJKLMNPQRTUVWXYZ'[(p % 23 + 1)::int] end as pnc,
  case when hidden then '*****' else {one_of(8, SURNAMES, "p")}
    || case when hash(p * 64 + 9) % 5 < 2 then '-' || {one_of(10, SURNAMES, "p")} else '' end
    end as family_name,
  case when hidden then '*****' else {one_of(11, FIRST_NAMES, "p")}
    || case when same = 'pnc' and i % 2 = 0 then '' else ' ' || {one_of(12, FIRST_NAMES, "p")} end
    end as first_names,
  case when hidden and p % 3 = 0 then '1970-01-01'
    when oddity between 10 and 14 then (started + 40)::varchar
    when oddity between 15 and 19 then (started - 5000)::varchar
    else born::varchar end as date_of_birth,
  {some(13, {"male": 8400, "female": 1440, "other": 30, "": 0}, "p")} as sex,
  case when hash(p * 64 + 14) % 100 < 6 then ''
    else {one_of(15, ETHNICITIES, "p")} end as ethnicity,
  {some(16, SENTENCES)} as sentence_type,
  started::varchar as started_on,
  case when hash(i * 64 + 17) % 100 < 12
    then (started + 180 + (hash(i * 64 + 18) % 900)::int)::varchar else '' end as ended_on,
  case when oddity between 20 and 24 then 'TBC' else {some(19, RISKS)} end as rosh,
  case when unplaced then '' else town end as cluster,
  case when unplaced then '' else town || ' ' || {words(SIDES)}[block % 7 + 1] end as ldu,
  'Team ' || (block // 350 % 9 + 1)::varchar as team,
  case when hash(i * 64 + 20) % 100 = 0 then ''
    else {one_of(21, SURNAMES, "officer")} || ' ' || 'ABCDEFGHIJKLMNOPRSTW'[officer % 20 + 1]
      || ' ' || lpad(officer::varchar, 6, '0') end as officer,
  {some(22, {"PO": 5600, "PSO": 4200, "SPO": 0}, "officer")} as officer_grade,
  town || ' office' as office,
  case when hidden then 'yes' else 'no' end as restricted
from drawn
"""

# Puts one thing in the place of another, by column.
CHANGES = [
    ("crn", "A12345"), ("crn", "A12345X"), ("crn", "1234567"), ("crn", ""), ("crn", " B765432 "),
    ("crn", "Aé2345"), ("crn", "A+12345"), ("crn", "A1234567"), ("crn", "c222222"),
    ("pnc", "99/123q"), ("pnc", "1999/0000123Q"), ("pnc", " 1999/123q"), ("pnc", "99/0000123Q"),
    ("pnc", "AB 77 X"), ("pnc", "ab77x"), ("pnc", "1999/12345678Q"), ("pnc", "1999-123Q"),
    ("family_name", "O'Neil, Mary"), ("family_name", 'Said "Sid"'), ("family_name", "  "),
    ("first_names", "mary   ANN"), ("first_names", "Mary Ann"), ("first_names", "M*"),
    ("date_of_birth", "1880-01-01"), ("date_of_birth", "31/12/1960"), ("date_of_birth", "22000"),
    ("date_of_birth", "1/2/1961"), ("date_of_birth", "1961-02-29"), ("date_of_birth", "unknown"),
    ("date_of_birth", ""), ("date_of_birth", "2001-06-01"), ("date_of_birth", "1905-05-05"),
    ("sex", "U"), ("sex", "M"), ("sex", "Non_Binary"), ("sex", "mail"), ("sex", " F "),
    ("ethnicity", "NS"), ("ethnicity", " "), ("ethnicity", "ns"),
    ("sentence_type", ""), ("sentence_type", "Community   Order"), ("sentence_type", "YRO"),
    ("sentence_type", "fine"), ("sentence_type", "adult licence"), ("sentence_type", "PSS"),
    ("started_on", ""), ("started_on", "2019-02-29"), ("started_on", "2020-02-29"),
    ("started_on", "29/02/2020"), ("started_on", "29/02/2019"), ("started_on", "1/3/2020"),
    ("started_on", "43900"), ("started_on", "2019-6-01"), ("started_on", "01-06-2019"),
    ("started_on", "2019/06/01"), ("started_on", " 2019-06-01"), ("started_on", "1899-06-01"),
    ("started_on", "0"), ("started_on", "12345678"), ("started_on", "June 2019"),
    ("ended_on", "N"), ("ended_on", "2001-01-01"), ("ended_on", "soon"), ("ended_on", " "),
    ("rosh", "RVRH"), ("rosh", "not assessed"), ("rosh", "Very High"), ("rosh", "?"),
    ("cluster", ""), ("ldu", ""), ("ldu", "  "), ("team", "\t"), ("officer", ""), ("office", ""),
    ("officer_grade", ""), ("restricted", "Y"), ("restricted", "perhaps"), ("restricted", "1"),
    ("restricted", ""),
]  # fmt: skip

# Two spellings of one value or of two, by column. Each pair is written into two rows, with a number
# of its own for #.
PAIRS = [
    ("pnc", "1999/0#Q", "1999/#q"), ("pnc", "99/0#Q", "99/# Q"), ("pnc", "1999/#Q", "99/#Q"),
    ("pnc", "1999/0#Q", " 1999/0#q"), ("pnc", "x #/7", "X#/7"), ("pnc", "1999/#A", "1999/#B"),
    ("family_name", "Oak #", "OAK  #"), ("family_name", "Oak, #", '"Oak, #"'),
    ("family_name", "Oak #", "Oak#"), ("family_name", "Oak\t#", " oak # "),
    ("family_name", "Élan #", "éLAN #"), ("family_name", "Oak #*", "Oak #*"),
]  # fmt: skip


def quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if set(value) & set(',"\n') else value


def write_faults(source: str, target: str) -> None:
    """Two rows in three are changed in one value or in two; then come rows of pairs."""
    rng = random.Random(2026)
    with open(source, encoding="ascii") as file:
        next(file)
        rows = [next(file).rstrip("\n").split(",") for _ in range(FAULTY_ROWS)]
    for place, row in enumerate(rows):
        for _ in range(place % 3):
            column, value = CHANGES[rng.randrange(len(CHANGES))]
            row[COLUMNS.index(column)] = value
    for place in range(2 * 20 * len(PAIRS)):
        pair, number = place % 2, place // 2
        column, *values = PAIRS[number % len(PAIRS)]
        row = rows[place // 2 * 3].copy()
        row[COLUMNS.index("crn")] = f"P{place:06}"
        for name in ("pnc", "family_name"):
            row[COLUMNS.index(name)] = ""
        row[COLUMNS.index(column)] = values[pair].replace("#", f"{number + 100_000}")
        rows.append(row)
    rows.insert(1_000, [""] * len(COLUMNS))
    with open(target, "w", encoding="utf-8", newline="") as file:
        for row in [COLUMNS, *rows]:
            file.write(",".join(map(quoted, row)) + "\n")


def write(path: str, rows: int) -> None:
    database = duckdb.connect()
    query = ROWS.replace("$people", str(rows * PEOPLE // 100)).replace("$rows", str(rows))
    database.execute(f"copy ({query}) to '{path}.part' (header, delimiter ',', quote '')")
    os.replace(path + ".part", path)


def main(folder: str, sizes: list[int]) -> None:
    os.makedirs(folder, exist_ok=True)
    for size in sizes:
        path = os.path.join(folder, f"{size}.csv")
        if not os.path.exists(path):
            print(f"Making {size:,} rows", file=sys.stderr)
            write(path, size)
    path = os.path.join(folder, "faults.csv")
    if not os.path.exists(path):
        write_faults(os.path.join(folder, f"{min(sizes)}.csv"), path)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], [int(size) for size in sys.argv[2:]])
