"""Tickets, order and a whole draw, worked out again with the PyPI package consistent-sampler."""

import csv
import doctest
import json
import subprocess
import sys
from collections import Counter

import pytest
from consistent_sampler import sampler

import samples
from program import plumbline

SEEDS = ["20200528", 'dice: 6 "5" \\ <script>&amp;', "Würfel\u2028\u202eé 🎲"]


def tickets(crns, seed):
    return [(crn, ticket) for ticket, crn, _ in sampler(crns, seed=seed, digits=18)]


def printed(cases):
    return [(case["case"], case["ticket"]) for case in cases]


def order(cases, of):
    """The names of strata, or of what else cases have, in the order they first appear in."""
    return list(dict.fromkeys(case[of] for case in cases))


@pytest.fixture(scope="module", params=SEEDS)
def draw(request, tmp_path_factory):
    """A draw under whose cap places go to other LDUs and clusters, with its audit page."""
    folder = tmp_path_factory.mktemp("draw")
    rows = samples.write_list(folder / "list.csv", 400, seed=2, officers=3)
    plumbline(
        "sample", "draw", rows, "--seed", request.param, "--size", 130, "--accept-shortfall",
        "few officers", "--out", folder / "sample.json", "--audit", folder / "audit.html")
    return folder, json.loads((folder / "sample.json").read_text(encoding="utf-8"))


def test_the_package_gives_the_tickets_that_are_known():
    ids = [f"case-{number}" for number in range(1, 11)]
    assert [(ticket[:11], name) for ticket, name, _ in sampler(ids, seed="20200528", take=3)] == [
        ("0.116386664", "case-9"), ("0.190074463", "case-7"), ("0.304293549", "case-1")]
    known = list(sampler(["AB-130"], seed="01382438112797316654", digits=18))
    assert known[0][0].startswith("0.262997141228")


def test_drawn_cases_have_the_tickets_and_the_order_of_the_package(draw):
    _, sample = draw
    drawn = printed(sample["selected"])
    assert len(drawn) > 100
    assert drawn == tickets([crn for crn, _ in drawn], sample["seed"])


def test_the_reserve_has_the_tickets_and_the_order_of_the_package(draw):
    _, sample = draw
    assert len(sample["reserve"]) > 10
    for stratum in order(sample["reserve"], "stratum"):
        own = printed(case for case in sample["reserve"] if case["stratum"] == stratum)
        assert own == tickets([crn for crn, _ in own], sample["seed"])


def listing(page, folder, name):
    page.goto((folder / "audit.html").as_uri())
    return page.locator(f"#{name}").text_content()


def run(code, folder):
    (folder / "check.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "check.py"], cwd=folder, capture_output=True, text=True,
        encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_python_on_the_page_checks_every_ticket_of_the_page(draw, page):
    folder, sample = draw
    said = run(listing(page, folder, "check-listing"), folder)
    names = [stratum["name"] for stratum in sample["strata"]]
    reserves = Counter(names.index(case["stratum"]) + 1 for case in sample["reserve"])
    assert said == [f"drawn {len(sample['selected'])} hold"] + [
        f"reserve-{number} {count} hold" for number, count in sorted(reserves.items())]


def test_the_python_on_the_page_finds_a_changed_ticket_and_a_changed_order(draw, page, tmp_path):
    folder, sample = draw
    code = listing(page, folder, "check-listing")
    text = (folder / "audit.html").read_text(encoding="utf-8")
    first, second = sample["selected"][:2]
    one = first["ticket"]
    for before, after in [
        (f">{one}<", f">{one[:-1]}{(int(one[-1]) + 1) % 10}<"),
        (f'"drawn {first["case"]}"', f'"drawn {second["case"]}0"'),
    ]:
        assert text.count(before) == 1
        (tmp_path / "audit.html").write_text(text.replace(before, after), encoding="utf-8")
        assert run(code, tmp_path)[0].endswith("DO NOT HOLD")


def test_the_page_can_be_checked_as_a_browser_saves_it(draw, page, tmp_path):
    folder, sample = draw
    code = listing(page, folder, "check-listing")
    (tmp_path / "audit.html").write_text(page.content(), encoding="utf-8")
    assert run(code, tmp_path)[0] == f"drawn {len(sample['selected'])} hold"


def test_the_one_ticket_on_the_page_comes_out_as_it_says(draw, page):
    folder, _ = draw
    text = listing(page, folder, "one-listing")
    example = doctest.DocTestParser().get_doctest(text + "\n", {}, "page", None, 0)
    assert len(example.examples) == 2
    assert doctest.DocTestRunner().run(example).failed == 0


# --- The whole draw, by the steps that stand on the page


def webster(places, counts):
    """Shares places out by Sainte-Laguë; `counts` are in the order that settles ties."""
    shares = dict.fromkeys(counts, 0)
    for _ in range(min(places, sum(counts.values()))):
        # Of equals max() takes the first.
        best = max(
            (name for name in counts if shares[name] < counts[name]),
            key=lambda name: (counts[name] / (2 * shares[name] + 1), counts[name]))
        shares[best] += 1
    return shares


def stratum(row):
    if row["sex"] in ("O", ""):
        return "other-or-not-recorded"
    if row["sex"] == "F":
        return "female"
    kind = "community" if row["sentence_type"] in samples.SENTENCES[:2] else "post-custody"
    return f"male-{kind}-{'low' if row['rosh'] == 'low' else 'not-low'}"


def quotas(rows, sizes):
    """How many places each LDU has, by stratum, cluster and LDU."""
    places = {}
    for name, size in sizes.items():
        own = [row for row in rows if row["stratum"] == name]
        clusters = Counter(row["cluster"] for row in own)
        shares = webster(size, {key: clusters[key] for key in sorted(clusters)})
        for cluster, share in shares.items():
            ldus = Counter(row["ldu"] for row in own if row["cluster"] == cluster)
            for ldu, part in webster(share, {key: ldus[key] for key in sorted(ldus)}).items():
                places[name, cluster, ldu] = part
    return places


def test_the_steps_on_the_page_lead_to_the_same_sample(draw, page):
    folder, sample = draw
    out = {case["case"] for case in sample["excluded"]}
    with open(folder / "list.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["crn"] not in out]
    by_crn = {row["crn"]: row for row in rows}
    for row in rows:
        row["stratum"] = stratum(row)
    assert len(rows) == sample["frame"]["inScope"]
    counts = Counter(row["stratum"] for row in rows)
    names = [one["name"] for one in sample["strata"]]
    sizes = webster(sample["wanted"]["size"], {name: counts[name] for name in names})
    assert sizes == {one["name"]: one["size"] for one in sample["strata"]}

    code = listing(page, folder, "order-listing")
    by_ticket = []
    for name in names:
        own = [row["crn"] for row in rows if row["stratum"] == name]
        (folder / "stratum.txt").write_text("\n".join(own), encoding="utf-8")
        lines = [tuple(line.split()) for line in run(code, folder)]
        assert lines == sorted(lines) and len(lines) == len(own)
        by_ticket += lines
    by_ticket.sort()

    ldus = quotas(rows, sizes)
    clusters, strata, officers, taken = Counter(), Counter(sizes), Counter(), {}
    for (name, cluster, _), places in ldus.items():
        clusters[name, cluster] += places
    for reach in ("ldu", "cluster", "stratum"):
        for _, crn in by_ticket:
            row = by_crn[crn]
            cluster = (row["stratum"], row["cluster"])
            ldu = (*cluster, row["ldu"])
            left = {"ldu": ldus[ldu], "cluster": clusters[cluster], "stratum": strata[cluster[0]]}
            if crn in taken or left[reach] == 0 or officers[row["officer"]] == 6:
                continue
            taken[crn] = reach
            officers[row["officer"]] += 1
            strata[cluster[0]] -= 1
            clusters[cluster] -= reach != "stratum"
            ldus[ldu] -= reach == "ldu"

    drawn = {case["case"]: case["filledFrom"] for case in sample["selected"]}
    assert taken == drawn
    assert {"ldu", "cluster", "stratum"} == set(drawn.values())
    for one in sample["strata"]:
        own = [crn for _, crn in by_ticket if by_crn[crn]["stratum"] == one["name"]]
        reserve = [crn for crn in own if crn not in taken][:one["reserve"]]
        assert reserve == [
            case["case"] for case in sample["reserve"] if case["stratum"] == one["name"]]
