"""Takes a picture of every type of page at both widths, for people to look at."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from conftest import launch
from pages import MISTAKES, PAGES, SCRIPTED, STAFF_PAGES, WIDTHS, scripted
from samples import write_audit_pages
from staff import Inspectorate, plan_some

FOLDER = Path(__file__).resolve().parent / "screenshots"


def public(folder):
    """The address of every page that nobody signs in for."""
    found = {**PAGES, **MISTAKES}
    for name, path in write_audit_pages(folder).items():
        found[f"audit-{name}"] = path.as_uri()
    return {name: (None, place) for name, place in found.items()}


def main(names):
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = Path(folder)
        with Inspectorate(folder / "data", launch(playwright)) as inspectorate:
            plan_some(inspectorate, folder)
            pages = {}
            found = {**public(folder), **STAFF_PAGES, **scripted(inspectorate)}
            for name, (role, place) in found.items():
                if names and name not in names:
                    continue
                if role not in pages:
                    pages[role] = inspectorate.page(role)
                page = pages[role]
                page.goto(place, wait_until="networkidle" if name in SCRIPTED else "load")
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)
    print(f"Pictures are in {FOLDER}.")


if __name__ == "__main__":
    main(sys.argv[1:])
