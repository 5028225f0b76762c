"""What stands in a list, for the peers: columns, codes, days, names and numbers of the police.

The same rules as in the profile plumbline and in Sources/Caseloads/Reading.
"""

import datetime
import mmap
import re
import sys

COLUMNS = """crn pnc family_name first_names date_of_birth sex ethnicity sentence_type started_on
ended_on rosh cluster ldu team officer officer_grade office restricted""".split()

# In the order of a row's canonical form.
SORTED = sorted(COLUMNS)

# Whose blanks are counted as missing.
COUNTED = [column for column in COLUMNS if column not in ("ended_on", "restricted")]

SENTENCES = """not-recorded community-order suspended-sentence-order youth-rehabilitation-order
licence post-sentence-supervision supervision-default-order custody other""".split()
RISKS = ["not-recorded", "low", "medium", "high", "very-high"]
SEXES = ["not-recorded", "male", "female", "other"]
UNKNOWN = 255

# By field, the spellings of each code in order; the first are those of nothing.
CODES = {
    "sex": [
        "|U|unknown|not-recorded|not-known|not-stated|not-specified|N/A",
        "male|M",
        "female|F",
        "other|O|I|X|indeterminate|non-binary",
    ],
    "sentence_type": [
        "",
        "community-order|ORA Community Order|SA2020 Community Order|CO|community",
        "suspended-sentence-order|ORA Suspended Sentence Order|SA2020 Suspended Sentence Order|SSO"
        "|suspended-sentence",
        "youth-rehabilitation-order|CJA - Youth Rehabilitation Order|YRO",
        "licence|license|Adult Licence|post-custody|post-release",
        "post-sentence-supervision|PSS",
        "supervision-default-order|ORA Supervision Default Order|SDO",
        "custody|CJA - Std Determinate Custody|Adult Custody < 12m",
        "other",
    ],
    "rosh": [
        "|not-recorded|not-assessed|unknown|N/A",
        "low|RLRH|L",
        "medium|RMRH|M",
        "high|RHRH|H",
        "very-high|RVHR|RVRH|VH|V",
    ],
    "restricted": ["", "yes|Y|true|1|restricted", "no|N|false|0|unrestricted"],
}


def has_quotes(source: str) -> bool:
    """Whether a list has quotes anywhere. Ends the program when its heading is another one."""
    with open(source, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as list:
        if list.readline().decode().rstrip("\r\n").split(",") != COLUMNS:
            sys.exit(f"{source}: the heading is not {','.join(COLUMNS)}")
        return list.find(b'"') >= 0


def plain(text: str) -> str:
    """A code without what does not matter in it."""
    return " ".join(re.split(r"[\s_-]+", text.lower())).strip()


SPELLINGS = {
    field: {plain(text): code for code, texts in enumerate(codes) for text in texts.split("|")}
    for field, codes in CODES.items()
}


def code(field: str, text: str) -> int:
    return SPELLINGS[field].get(plain(text), UNKNOWN)


NO_ETHNICITY = ["NS", "not-recorded", "not-stated", "unknown"]


def ethnicity(text: str) -> str:
    """What the list says of it, or nothing where it says so in a word."""
    return "" if text in NO_ETHNICITY else text


def nothing(field: str) -> list[str]:
    """What counts as missing besides the codes of nothing."""
    return ["", *NO_ETHNICITY] if field == "ethnicity" else [""]


# --- Days

FIRST = datetime.date(1899, 12, 30).toordinal()


def day(text: str) -> int | None:
    """The number of a day that is written in one of the three forms."""
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text):
        day, month, year = map(int, match.groups())
    elif re.fullmatch(r"[0-9]{1,7}", text):
        return int(text) if 2 <= int(text) <= 2_958_465 else None
    else:
        return None
    try:
        return datetime.date(year, month, day).toordinal() - FIRST if year >= 1900 else None
    except ValueError:
        return None


# --- Numbers of the police

USUAL = re.compile(r"([0-9]{2}|[0-9]{4})/([0-9]{1,7})([A-Z])")


def pnc(text: str) -> str:
    """What two spellings of one number have in common."""
    text = "".join(text.split()).upper()
    if match := USUAL.fullmatch(text):
        year, serial, letter = match.groups()
        return f"{year}/{serial:0>7}{letter}"
    return text


def name(text: str) -> str:
    return " ".join(text.lower().split())


# --- Ages


def age_fault(born: int, started: int) -> str | None:
    """What is wrong with a date of birth, both as numbers of days."""
    if born > started:
        return "born-after-the-start"
    birth, start = (datetime.date.fromordinal(number + FIRST) for number in (born, started))
    age = start.year - birth.year - ((start.month, start.day) < (birth.month, birth.day))
    return "under-18" if age < 18 else "over-110" if age > 110 else None
