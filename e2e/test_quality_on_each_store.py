"""A disagreement is reconciled on either store, and the record is right afterwards."""

import re

from program import run
from staff import cells, press, type_in

PATH = "/fieldwork/training/quality"
REASON = "Both read the plan again."


def test_a_disagreement_is_reconciled_and_the_record_is_right(inspectorate_on_each_store):
    inspectorate = inspectorate_on_each_store
    quality = inspectorate.page("quality", java_script_enabled=False)
    quality.goto(f"{PATH}/disagreements")
    caption = quality.locator("caption").text_content()
    waiting = int(re.fullmatch(r"To reconcile: (\d+)", caption).group(1))
    question = cells(quality.locator("tbody tr").first)[0]
    quality.locator("tbody a").first.click()
    quality.get_by_label("Sufficient", exact=True).check()
    type_in(quality, reason=REASON)
    press(quality, "Note what was agreed")
    assert quality.locator("caption").all_text_contents() == [
        f"To reconcile: {waiting - 1}", "Reconciled: 1"]
    reconciled = cells(quality.locator("table").last.locator("tbody tr"))
    assert reconciled[0] == question and reconciled[4] == f"Sufficient{REASON}"

    inspectorate.stop()
    done = run("record", "verify", *inspectorate.store)
    assert done.returncode == 0, done.stderr
    assert "training: " in done.stdout
