"""Lists of cases for the tests of the sample, in the headings of the profile plumbline."""

import csv
import json
import random

from program import plumbline, run

COLUMNS = [
    "crn", "pnc", "family_name", "first_names", "date_of_birth", "sex", "ethnicity",
    "sentence_type", "started_on", "ended_on", "rosh", "cluster", "ldu", "team", "officer",
    "officer_grade", "office", "restricted",
]

# Words that are in every list and must be on no public page.
FAMILY_NAMES = ["Zwollepetter", "Quennelgrove", "Ybarrathorne"]
FIRST_NAMES = ["Xanthoria", "Wulfrando", "Ottilieva"]

SENTENCES = [
    "community-order", "suspended-sentence-order", "licence", "post-sentence-supervision",
    "custody",
]


def rows(count=1217, seed=1, officers=14):
    """Made-up cases: nine LDUs in three clusters, each with so many officers."""
    chance = random.Random(seed)
    for number in range(count):
        ldu = int(9 * chance.random() ** 1.4)
        officer = ldu * officers + int(officers * chance.random() ** 2)
        year, day = 2019 + number // 1200, chance.randrange(28) + 1
        yield {
            "crn": f"X{300_000 + 7 * number}",
            "pnc": f"2001/{1_000_000 + number}A",
            "family_name": chance.choice(FAMILY_NAMES),
            "first_names": f"{chance.choice(FIRST_NAMES)} {number}",
            "date_of_birth": f"{1950 + number % 50}-0{1 + number % 9}-{10 + number % 18}",
            "sex": chance.choices(["M", "F", "O", ""], [84, 14, 0.6, 0.6])[0],
            "ethnicity": chance.choices(
                ["W1", "W2", "A1", "A2", "B1", "B2", "M1", "O9"],
                [70, 3, 6, 5, 6, 5, 3, 0.3])[0],
            "sentence_type": chance.choices(SENTENCES, [40, 15, 30, 10, 5])[0],
            "started_on": f"{year}-{chance.randrange(12) + 1:02}-{day:02}",
            "ended_on": "",
            "rosh": chance.choices(["low", "medium", "high", "very-high", ""],
                                   [30, 50, 14, 3, 3])[0],
            "cluster": ["North", "South & Coast", "West"][ldu // 3],
            "ldu": ["Ashby", "Belton", "Corby", "Deal", "Epsom", "Frome", "Goole", "Hythe",
                    "Ilkley"][ldu],
            "team": f"Team {ldu}",
            "officer": f"OFF{officer:03}",
            "officer_grade": "PO",
            "office": "Main street",
            "restricted": "yes" if number % 97 == 0 else "no",
        }


def write_list(path, *arguments, **options):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows(*arguments, **options))
    return path


def write_audit_pages(folder):
    """The audit page of a plain sample, and of one that fell short and was changed since."""
    rows = write_list(folder / "list.csv")
    plumbline(
        "sample", "draw", rows, "--seed", "20200528", "--seed-source",
        "Dice thrown before witnesses on 28 May 2020", "--from", "2019-01-01", "--until",
        "2019-12-31", "--out", folder / "sample.json", "--audit", folder / "plain.html")

    rows = write_list(folder / "short-list.csv", 240, seed=3, officers=2)
    sample = folder / "short.json"
    plumbline(
        "sample", "draw", rows, "--seed", 'dice "6" <b>5</b>', "--size", 100,
        "--accept-shortfall", "Only eighteen officers work here", "--out", sample)
    drawn = json.loads(sample.read_text(encoding="utf-8"))
    known = {case["case"] for case in drawn["selected"] + drawn["reserve"]}
    # Officers are at their cap, so not every case has somebody who may come for it.
    for case in drawn["selected"]:
        done = run(
            "sample", "replace", sample, case["case"], "--reason",
            "Moved to another area before fieldwork")
        if done.returncode == 0:
            break
    with open(rows, encoding="utf-8") as file:
        other = next(row["crn"] for row in csv.DictReader(file) if row["crn"] not in known)
    plumbline(
        "sample", "add", sample, other, rows, "--reason", "Serious further offence under review",
        "--by", "the head of operations")
    plumbline("sample", "audit", sample, "--out", folder / "changed.html")
    return {"plain": folder / "plain.html", "changed": folder / "changed.html"}
