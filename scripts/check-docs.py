"""Checks that what the documentation points at is there.

usage: check-docs.py [ROOT] [--self-test]

Every relative link in a Markdown file leads to a file or folder of the repository, and every
`./task VERB` that is named is a verb of ./task. Decisions and the changelog may name verbs that
are gone. No table in ARCHITECTURE.md has two rows for one module or word.

Exit 0 nothing found; 1 every fault as `file:line: what, and what to do`; 2 wrong usage.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import gate

NOT_OURS = {"node_modules", "plumbline-data", "bench-data", "__pycache__"}
INLINE_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\]\([^)]*\))*\]\(\s*<?([^\s)>]+)>?[^)]*\)")
IMAGE_IN_LINK = re.compile(r"!\[[^\]]*\]\(\s*<?([^\s)>]+)>?[^)]*\)")
REFERENCE = re.compile(r"^\s{0,3}\[[^\]^]+\]:\s*<?([^\s>]+)>?")
FIRST_CELL = re.compile(r"\|\s*([^|]*[^|\s])\s*\|")
HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
VERB = re.compile(r"(?:^|[\s`(])\./task +([a-z][a-z-]*)")


def markdown_files(root: Path) -> list[Path]:
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in NOT_OURS
        )
        found += [Path(folder) / name for name in sorted(files) if name.endswith(".md")]
    return found


def verbs(root: Path) -> set[str]:
    answer = subprocess.run(
        ["bash", str(root / "task")],
        capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return set(re.findall(r"^\./task ([a-z-]+)", answer.stdout, re.MULTILINE))


def links(line: str) -> list[str]:
    words = re.sub(r"(`+)(?:(?!\1).)+\1", "", line)
    inside = IMAGE_IN_LINK.findall(words) + INLINE_LINK.findall(words) + REFERENCE.findall(words)
    return list(dict.fromkeys(inside))


def faults(root: Path) -> list[str]:
    root = root.resolve()
    known = verbs(root)
    found = []
    for file in markdown_files(root):
        shown = file.relative_to(root).as_posix()
        past = shown == "CHANGELOG.md" or shown.startswith("docs/decisions/")
        fence = None
        rows: set[str] = set()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for verb in VERB.findall(line):
                if verb not in known and not past:
                    found.append(
                        f"{shown}:{number}: names ./task {verb}, which does not exist. "
                        f"./task knows {', '.join(sorted(known))}."
                    )
            mark = re.match(r"\s*(```+|~~~+)", line)
            if mark and (fence is None or mark.group(1).startswith(fence)):
                fence = mark.group(1) if fence is None else None
                continue
            if fence:
                continue
            cell = FIRST_CELL.match(line) if shown == "ARCHITECTURE.md" else None
            if cell and cell[1] in rows:
                found.append(f"{shown}:{number}: {cell[1]} has two rows in one table. Keep one.")
            rows = rows | {cell[1]} if cell else set()
            for link in links(line):
                path = unquote(re.split(r"[?#]", link)[0])
                if not path or HAS_SCHEME.match(link) or link.startswith("//"):
                    continue
                start = root if path.startswith("/") else file.parent
                target = Path(os.path.normpath(start / path.lstrip("/")))
                if not target.is_relative_to(root):
                    found.append(f"{shown}:{number}: {link} leads out of the repository. Mend it.")
                elif not target.exists():
                    found.append(f"{shown}:{number}: {link} leads nowhere. Mend it.")
    return found


CLEAN = {
    "task": "echo './task build [x]   build'\necho './task test   test'\n",
    "README.md": (
        "# Trial\n\n[a](docs/a.md#part) [w](https://example.org/x) [m](mailto:a@example.org)\n"
        "[here](#trial) ![p](docs/p%20q.png \"title\")\n[![p](docs/p%20q.png)](docs/) `[x](no.md)`\n"
        "[ref]: docs/a.md\nRun `./task build`, then ./task, or:\n\n"
        "```\n./task test\n[x](in-a-fence.md)\n```\n"
    ),
    "docs/a.md": "[up](../README.md) [top](/task)\n",
    "docs/p q.png": "",
    "docs/decisions/0001-x.md": "Replaces `./task gone`.\n",
    ".hidden/a.md": "[x](no.md)\n",
}
KINDS = [
    ("a link that leads nowhere", "docs/b.md", "\n[x](c.md)\n", "docs/b.md:2: c.md leads nowhere"),
    ("an image that leads nowhere", "b.md", "![x](c.png)\n", "b.md:1: c.png leads nowhere"),
    ("a linked image that leads nowhere", "b.md", "[![x](c.png)](task)\n", "b.md:1: c.png leads"),
    ("a reference that leads nowhere", "b.md", "[x]: c.md\n", "b.md:1: c.md leads nowhere"),
    ("a link after a fence", "b.md", "~~~\n```\n~~~\n[x](c.md)\n", "b.md:4: c.md leads nowhere"),
    ("a link out", "b.md", "[x](../c.md)\n", "b.md:1: ../c.md leads out of the repository"),
    ("a module with two rows", "ARCHITECTURE.md",
     "| Module |\n|---|\n| Ratings | a |\n| Rating | b |\n| Ratings | c |\n\n| Ratings | d |\n",
     "ARCHITECTURE.md:5: Ratings has two rows"),
    ("an unknown verb", "b.md", "```\n./task deploy --now\n```\n", "b.md:2: names ./task deploy"),
]


def self_test() -> int:
    kinds = [("nothing", "b.md", "", None), *KINDS]
    trials = [(kind, {**CLEAN, path: text}, expected) for kind, path, text, expected in kinds]
    return gate.self_test("docs", trials, faults)


def run(root: Path) -> int:
    found = faults(root)
    if found:
        print("\n".join(found))
    else:
        print(f"{len(markdown_files(root))} Markdown files: every link leads somewhere.")
    return 1 if found else 0


sys.exit(gate.main(__doc__, self_test, run))
