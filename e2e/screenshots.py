"""Takes a picture of every type of page at both widths, for people to look at."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from conftest import launch, start
from pages import MISTAKES, PAGES, WIDTHS
from samples import write_audit_pages

FOLDER = Path(__file__).resolve().parent / "screenshots"


def main(names):
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, address = start(folder)
        browser = launch(playwright)
        found = {name: address + path for name, path in {**PAGES, **MISTAKES}.items()}
        for name, path in write_audit_pages(Path(folder)).items():
            found[f"audit-{name}"] = path.as_uri()
        try:
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 900})
                for name, place in found.items():
                    if names and name not in names:
                        continue
                    page.goto(place)
                    page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)
                page.close()
        finally:
            browser.close()
            server.terminate()
            server.wait()
    print(f"Pictures are in {FOLDER}.")


if __name__ == "__main__":
    main(sys.argv[1:])
