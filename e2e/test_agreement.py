"""How far assessors agree, worked out again with the PyPI package irrCAC."""

import csv
import json
import random

import numpy
import pandas
import pytest
from irrCAC.raw import CAC
from scipy import stats

from program import plumbline

# irrCAC changes a table that pandas takes for a part of another.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.SettingWithCopyWarning")

METHODS = {"cohen": "conger", "fleiss": "fleiss", "gwet": "gwet", "krippendorff": "krippendorff"}
ANSWERS = ["a", "b", "c", "d"]
NEAR = 1e-10
# What scipy's t is right to.
NEAR_T = 1e-8


def made_up(seed):
    """Ratings of two to six raters in two to four categories, some skewed, some with gaps."""
    chance = random.Random(seed)
    raters, answers = chance.randint(2, 6), ANSWERS[:chance.randint(2, 4)]
    weights = [chance.choice([1, 1, 2, 30]) for _ in answers]
    gaps = chance.choice([0, 0, 0.1, 0.4])
    care = chance.choice([0.3, 0.7, 0.95])
    rows = []
    for _ in range(chance.randint(8, 60)):
        true = chance.choices(answers, weights)[0]
        rows.append([
            None if chance.random() < gaps
            else true if chance.random() < care
            else chance.choices(answers, weights)[0]
            for _ in range(raters)])
    return rows, answers


def ours(folder, rows, answers, *options):
    with open(folder / "answers.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case", "assessor", "answer"])
        writer.writerows(
            (case, assessor, answer or "")
            for case, row in enumerate(rows) for assessor, answer in enumerate(row))
    said = plumbline(
        "agreement", folder / "answers.csv", "--answers", ",".join(answers), "--json", *options)
    whole = json.loads(said)["all"]
    return {one["name"]: one for one in whole["coefficients"]}, whole


def theirs(rows, answers, method):
    # Raters who never rated would divide by nothing there; subjects whom nobody rated it drops.
    frame = pandas.DataFrame(rows, dtype=object).dropna(axis=1, how="all")
    return getattr(CAC(frame, categories=answers, digits=14), method)()["est"]


def counts(rows, answers):
    return numpy.array([[row.count(answer) for answer in answers] for row in rows], float)


def alpha_before_correction(table, weights):
    """Krippendorff's alpha of weighted subjects, without its correction for few ratings."""
    sizes = table.sum(axis=1)
    total = weights @ sizes
    seen = weights @ ((table * (table - 1)).sum(axis=1) / (sizes - 1)) / total
    chance = ((weights @ table / total) ** 2).sum()
    return (seen - chance) / (1 - chance)


def alpha_error(rows, answers):
    """Its standard error from how the value moves with the weight of each subject."""
    table = counts([row for row in rows if len(row) - row.count(None) > 1], answers)
    size, step = len(table), 1e-5
    moved = []
    for subject in range(size):
        up, down = numpy.ones(size), numpy.ones(size)
        up[subject] += step
        down[subject] -= step
        moved.append(
            size * (alpha_before_correction(table, up) - alpha_before_correction(table, down))
            / (2 * step))
    return (sum(one * one for one in moved) / (size * (size - 1))) ** 0.5


def has_gaps(rows):
    return any(None in row for row in rows)


def check(own, rows, answers):
    """Compares everything that is printed with what the package gives."""
    twice = [row for row in rows if len(row) - row.count(None) > 1]
    for name, method in METHODS.items():
        one, seen = own[name], twice if name == "krippendorff" else rows
        if name != "gwet" and len({answer for row in seen for answer in row if answer}) == 1:
            # The package divides nothing by nothing, or by what is left over from rounding.
            assert one["value"] is None and "same answer" in one["because"]
            continue
        other = theirs(rows, answers, method)
        assert one["value"] == pytest.approx(other["coefficient_value"], abs=NEAR)
        assert one["observed"] == pytest.approx(other["pa"], abs=NEAR)
        assert one["expected"] == pytest.approx(other["pe"], abs=NEAR)
        if one["standardError"] is None:
            assert other["se"] < 1e-12
            assert "no interval" in one["because"]
        elif name == "krippendorff" and has_gaps(rows):
            # irrCAC 0.4.4 takes the corrected agreement where Gwet's linearisation, and irrCAC for
            # R, have the uncorrected one; its t counts the subjects that were rated twice, that of
            # irrCAC for R all that were rated.
            error = alpha_error(twice, answers)
            assert one["standardError"] == pytest.approx(error, rel=1e-6)
            assert one["standardError"] == pytest.approx(other["se"], rel=0.1)
            rated = sum(any(row) for row in rows)
            half = stats.t.ppf(0.975, rated - 1) * one["standardError"]
            ends = [one["value"] - half, min(1, one["value"] + half)]
            assert one["interval"] == pytest.approx(ends, abs=NEAR_T)
        else:
            assert one["standardError"] == pytest.approx(other["se"], abs=NEAR)
            assert one["interval"] == pytest.approx(other["confidence_interval"], abs=NEAR_T)
    percent = own["percent-agreement"]
    assert percent["value"] == own["gwet"]["observed"]
    if percent["standardError"] is not None and not has_gaps(rows):
        # The package has none of its own; Brennan and Prediger's only moves and stretches it.
        stretched = theirs(rows, answers, "bp")["se"] * (1 - 1 / len(answers))
        assert percent["standardError"] == pytest.approx(stretched, abs=NEAR)


@pytest.mark.parametrize("seed", range(40))
def test_coefficients_errors_and_intervals_are_those_of_the_package(seed, tmp_path):
    rows, answers = made_up(seed)
    own, whole = ours(tmp_path, rows, answers)
    assert whole["cases"] == sum(any(row) for row in rows)
    check(own, rows, answers)


@pytest.mark.parametrize("seed", range(40, 60))
def test_what_one_rater_rated_can_be_left_out(seed, tmp_path):
    rows, answers = made_up(seed)
    own, whole = ours(tmp_path, rows, answers, "--answered-twice")
    twice = [row for row in rows if len(row) - row.count(None) > 1]
    assert whole["cases"] == whole["answeredTwice"] == len(twice)
    check(own, twice, answers)


@pytest.mark.parametrize("seed", range(60, 70))
def test_a_rater_of_whose_ratings_none_are_left_is_no_rater(seed, tmp_path):
    rows, answers = made_up(seed)
    rows = [[None, *row] for row in rows]
    rows.insert(len(rows) // 2, [answers[0]] + [None] * (len(rows[0]) - 1))
    own, whole = ours(tmp_path, rows, answers, "--answered-twice")
    twice = [row for row in rows if len(row) - row.count(None) > 1]
    assert whole["assessors"] == sum(any(ratings) for ratings in zip(*twice))
    check(own, twice, answers)


def test_skew_and_gaps_are_among_what_is_tried():
    tried = [made_up(seed)[0] for seed in range(60)]
    assert 10 < sum(has_gaps(rows) for rows in tried) < 50
    shares = [
        max(sum(row.count(answer) for row in rows) for answer in ANSWERS)
        / sum(len(row) - row.count(None) for row in rows) for rows in tried]
    assert sum(share > 0.85 for share in shares) > 5
    assert any(share == 1 for share in shares)
