"""Every file on the data page can be read by a program."""

import csv
import io
import json

import yaml


def links(site, page):
    page.goto(site + "/data")
    return page.evaluate(
        "() => [...document.querySelectorAll('main a[href^=\"/data/\"]')].map(e => e.href)")


def test_every_file_parses(site, page):
    found = links(site, page)
    assert len(found) >= 10
    for address in found:
        answer = page.request.get(address)
        assert answer.status == 200, address
        kind = answer.headers["content-type"]
        if address.endswith(".csv"):
            assert kind == "text/csv; charset=utf-8"
            rows = list(csv.reader(io.StringIO(answer.text())))
            assert len(rows) > 1
            assert {len(row) for row in rows} == {len(rows[0])}, address
        elif address.endswith(".json"):
            assert kind == "application/json; charset=utf-8"
            assert json.loads(answer.text())
        else:
            assert kind == "application/yaml; charset=utf-8"
            assert yaml.safe_load(answer.text())["format"].startswith("plumbline-rule-book")


def test_csv_and_json_hold_the_same_rows(site, page):
    for name in ("inspections", "providers", "ratings"):
        rows = list(csv.DictReader(io.StringIO(page.request.get(f"{site}/data/{name}.csv").text())))
        assert len(rows) == len(page.request.get(f"{site}/data/{name}.json").json())
