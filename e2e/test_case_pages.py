"""The pages of cases say what the provider's list says, of the order that was kept."""

import csv
import re

from samples import COLUMNS, rows
from staff import create_inspection, press, type_in, upload_list

NAME = "twice-2028"


def facts(page, number, name):
    """What the page of a case says."""
    page.goto(f"/fieldwork/{name}/cases/{number}")
    return {
        row.locator("dt").text_content(): row.locator("dd").text_content().strip()
        for row in page.locator(".govuk-summary-list__row").all()}


def test_days_of_a_workbook_are_days(inspectorate):
    said = facts(inspectorate.page("lead"), 1, "training")
    for what in ("Date of birth", "Started on"):
        assert re.search(r"(19|20)\d\d", said[what]), said


def write_orders(path):
    """Everybody twice, the later order first and at another office."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for row in rows(150):
            writer.writerow({**row, "started_on": "2024-05-06", "office": "Later street"})
            writer.writerow(row)


def test_of_several_orders_the_one_that_was_kept_is_shown(inspectorate, tmp_path):
    lead = inspectorate.page("lead", java_script_enabled=False)
    create_inspection(lead, NAME, "Everybody twice")
    write_orders(tmp_path / "list.csv")
    upload_list(lead, NAME, tmp_path / "list.csv", "plumbline")
    press(lead, "Freeze the frame")
    lead.goto(f"/fieldwork/{NAME}/sample")
    type_in(lead, seed="1 2 3", size=20)
    press(lead, "Draw the sample")
    said = facts(lead, 1, NAME)
    assert said["Office"] == "Main street" and "2024" not in said["Started on"]
