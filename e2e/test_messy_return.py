"""A list with every defect is uploaded: the page counts what the tool counts."""

import json
import re

from program import run
from staff import mistakes, upload_list

RETURN = "/fieldwork/messy-2028/return"


def shown(page, words):
    """The number of rows that the bar of these words has."""
    text = page.locator("svg.bars, .bars").first.text_content()
    return int(re.search(rf"{words}\D*([\d,]+) rows?", text).group(1).replace(",", ""))


def test_a_messy_list_is_reported_as_the_tool_reports_it(inspectorate, being_planned, tmp_path):
    file, rejects = being_planned / "messy-2028.xlsx", tmp_path / "rejects.csv"
    done = run(
        "caseload", "check", file, "--profile", "ndelius-2020", "--json", "--rejects", rejects)
    told = json.loads(done.stdout)
    assert done.returncode == 1 and told["refused"] > 0 and told["changed"] > 0

    page = inspectorate.page("lead", java_script_enabled=False)
    page.goto(RETURN)
    text = page.locator("main").text_content()
    assert told["frame"]["sha256"] in text
    assert f"{told['read']} rows" in text
    assert shown(page, "Accepted as they are") == told["accepted"]
    assert shown(page, "Accepted after a value was put right") == told["changed"]
    assert shown(page, "Refused") == told["refused"]
    refused = [one for one in told["findings"] if one["outcome"] == "refused"]
    lines = page.locator("table", has_text="Refused rows").locator("tbody th").all_text_contents()
    assert lines == [str(one["line"]) for one in refused]
    assert page.request.get(RETURN + "/rejects.csv").body() == rejects.read_bytes()


def test_what_is_no_list_is_refused_with_a_title_that_says_so(
        inspectorate, being_planned, tmp_path):
    page = inspectorate.page("lead")
    file = tmp_path / "notes.csv"
    file.write_text("Nothing,of,the,kind\n1,2,3,4\n")
    upload_list(page, "messy-2028", file)
    assert page.title().startswith("Error: ")
    told = "The list cannot be used. Nothing was kept"
    assert mistakes(page) == {told: "list"}
    assert told in page.locator("#list-error").text_content()
    assert page.locator("#list").get_attribute("aria-describedby").endswith("list-error")
    assert page.locator("#refusal + ul li").count() > 0
    page.goto(RETURN)
    assert "messy-2028.xlsx" in page.locator("main").text_content()
