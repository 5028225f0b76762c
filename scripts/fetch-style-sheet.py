"""Fetches the GOV.UK style sheet into a folder, once.

usage: fetch-style-sheet.py FOLDER

The sheet comes ready built in a Python wheel. The wheel is unpacked here, never installed or
imported, and only the sheet and the wheel's licence are kept: fonts, crown and images are for
gov.uk domains. Both wheel and sheet must have the SHA-256 below, or nothing is kept.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "fast-gov-uk==0.9.1"
WHEEL_SHA256 = "3130509fbe32eb619d700d79c8c8c2c60f6d3e45e6f249cd59304b800cce6dab"
SHEET = "govuk-frontend-5.11.1.min.css"
SHEET_SHA256 = "85bc0987f4c2b952b040209b0f6108d762c62eed9feba92cb425faba814efbd4"
SHEET_IN_WHEEL = f"fast_gov_uk/assets/{SHEET}"
LICENCE = "fast-gov-uk-0.9.1.LICENSE.txt"
LICENCE_IN_WHEEL = "fast_gov_uk-0.9.1.dist-info/licenses/LICENSE"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_in_place(folder: Path) -> bool:
    sheet = folder / SHEET
    return (
        (folder / LICENCE).is_file()
        and sheet.is_file()
        and sha256(sheet.read_bytes()) == SHEET_SHA256
    )


def download(into: Path) -> Path:
    pinned = into / "requirement.txt"
    pinned.write_text(f"{PACKAGE} --hash=sha256:{WHEEL_SHA256}\n", encoding="utf-8")
    # The version of Python is the wheel's, not ours: it is unpacked and never run.
    subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-input",
            "--disable-pip-version-check", "--no-deps", "--python-version", "3.12",
            "--only-binary=:all:", "--require-hashes", "--requirement", str(pinned),
            "--dest", str(into),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    (wheel,) = into.glob("*.whl")
    return wheel


def put(content: bytes, place: Path) -> None:
    """Moves the content into place in one step, so that a reader never sees half a file."""
    partial = place.with_name(f"{place.name}.{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(place)


def fetch(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        wheel = download(Path(temporary))
        if sha256(wheel.read_bytes()) != WHEEL_SHA256:
            sys.exit(f"The wheel of {PACKAGE} is not the one that is expected; nothing was kept.")
        with zipfile.ZipFile(wheel) as archive:
            sheet = archive.read(SHEET_IN_WHEEL)
            licence = archive.read(LICENCE_IN_WHEEL)
    if sha256(sheet) != SHEET_SHA256:
        sys.exit(f"{SHEET} is not the file that is expected; nothing was kept.")
    folder.mkdir(parents=True, exist_ok=True)
    put(licence, folder / LICENCE)
    put(sheet, folder / SHEET)


def main() -> None:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    folder = Path(sys.argv[1])
    if is_in_place(folder):
        return
    print(f"Fetching the GOV.UK style sheet into {folder}")
    try:
        fetch(folder)
    except subprocess.CalledProcessError:
        sys.exit(
            f"Could not fetch the GOV.UK style sheet (the wheel {PACKAGE} from PyPI); nothing was "
            "kept. The lines above say why. Mend that, then run ./task setup again."
        )
    except OSError as problem:
        sys.exit(f"Could not keep the GOV.UK style sheet in {folder}: {problem.strerror}.")


main()
