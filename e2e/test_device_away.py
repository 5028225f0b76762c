"""The main job: cases taken along, answered without a network, and in the record afterwards."""

from playwright.sync_api import expect

from device import (
    ASSESSOR, DEVICE, answers, choose, device, expect_chosen, expect_saved, expect_status, note,
    open_cases, sign_in, take_along, waiting)
from staff import Inspectorate


def test_cases_are_answered_away_and_are_in_the_record_afterwards(tmp_path, browser):
    folder = tmp_path / "data"
    folder.mkdir()
    with Inspectorate(folder, browser) as inspectorate:
        first, second = (case["address"] for case in open_cases(inspectorate)[:2])
        with device(inspectorate, tmp_path / "device") as context:
            page = context.new_page()
            sign_in(page, inspectorate)
            assert first in take_along(page)
            context.set_offline(True)
            for address, answer in ((first, "sufficient"), (second, "insufficient")):
                page.goto(address)
                choose(page, "2.1.1", "p1", "yes")
                choose(page, "2.1.1", "answer", answer)
                note(page, "2.1.1").fill(f"Said to be {answer} in the office.")
                expect_status(page, "1 waiting" if address == first else "2 waiting")
            page.reload()
            expect_chosen(page, "2.1.1", "answer", "insufficient")
            expect(note(page, "2.1.1")).to_have_value("Said to be insufficient in the office.")
            expect_status(page, "No network: saved on this device, 2 waiting")
            context.set_offline(False)
            expect_saved(page, 30_000)
            page.goto(DEVICE)
            expect_saved(page)
            assert waiting(page) == []
        for address, answer in ((first, "sufficient"), (second, "insufficient")):
            number = address.split("/")[4]
            said = answers(inspectorate, f"answer/{number}/2.1.1")
            assert said == [{"answer": answer, "p1": "yes", "note": True}]
            # As the server has it, without any script.
            plain = inspectorate.page(ASSESSOR, java_script_enabled=False)
            plain.goto(address)
            assert plain.locator(f"[name='2.1.1:answer'][value='{answer}']").is_checked()
            assert answer in plain.input_value("[name='2.1.1:note']")
            plain.context.close()
