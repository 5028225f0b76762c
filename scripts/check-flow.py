"""The import check: modules import in one direction, and stages stay pure.

usage: check-flow.py [ROOT] [--self-test]

The order of the modules is read from the block tagged `flow` in ARCHITECTURE.md: a line per layer,
which an indented line continues, and every module after all that it imports. The first two layers hold the stages of an inspection,
which import no framework and use neither the clock, nor the environment, nor chance.

Exit 0 nothing found; 1 every offence as `file:line: what, and what to do`; 2 wrong usage.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import gate

STAGE_LAYERS = 2
# May be left out of the flow: it stands after everything, for tests alone.
TEST_SUPPORT = "TestKit"

FRAMEWORK = re.compile(
    r"(Hummingbird\w*|_?NIO\w*|GRDB\w*|ArgumentParser|AsyncHTTPClient|JWTKit|FoundationNetworking)$"
)
PASS_A_DATE = "Take the day or the instant as a parameter."
PASS_A_SETTING = "Take the value as a parameter."
PASS_A_SEED = "Draw from a seed that is a parameter, with a method of our own."
IMPURE = [
    (re.compile(r"\bDate\s*(?:\.\s*init\s*)?\(\s*\)"), "reads the clock", PASS_A_DATE),
    (re.compile(r"\.\s*now\b"), "reads the clock", PASS_A_DATE),
    (re.compile(r"\btimeIntervalSinceNow\b"), "reads the clock", PASS_A_DATE),
    (
        re.compile(r"\b(?:Calendar|TimeZone|Locale)\s*\.\s*(?:current|autoupdatingCurrent)\b"),
        "depends on the machine's settings",
        PASS_A_SETTING,
    ),
    (re.compile(r"\bProcessInfo\b"), "reads the environment", PASS_A_SETTING),
    (re.compile(r"\bgetenv\b"), "reads the environment", PASS_A_SETTING),
    (re.compile(r"\bshuffled?\s*\("), "depends on chance", PASS_A_SEED),
    (re.compile(r"\brandomElement\s*\("), "depends on chance", PASS_A_SEED),
    (re.compile(r"\.\s*random\s*\("), "depends on chance", PASS_A_SEED),
    (re.compile(r"\bSystemRandomNumberGenerator\b"), "depends on chance", PASS_A_SEED),
    (re.compile(r"\bUUID\s*\(\s*\)"), "depends on chance", "Take the identifier as a parameter."),
]

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*"
    r"(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor|macro)\s+)?(\w+)"
)


def code_only(text: str) -> str:
    """Blanks out comments and the words of strings; lines and interpolated code stay in place."""
    out = list(text)
    size = len(text)

    def blank(start: int, end: int) -> None:
        for place in range(start, min(end, size)):
            if out[place] != "\n":
                out[place] = " "

    def block_comment(place: int) -> int:
        depth, here = 1, place + 2
        while here < size and depth:
            if text.startswith("/*", here):
                depth, here = depth + 1, here + 2
            elif text.startswith("*/", here):
                depth, here = depth - 1, here + 2
            else:
                here += 1
        blank(place, here)
        return here

    def string(place: int) -> int:
        hashes = 0
        while text.startswith("#", place + hashes):
            hashes += 1
        here = place + hashes
        long = text.startswith('"""', here)
        quote = ('"""' if long else '"') + "#" * hashes
        escape = "\\" + "#" * hashes
        start, here = place, here + (3 if long else 1)
        while here < size:
            if text.startswith(quote, here):
                blank(start, here + len(quote))
                return here + len(quote)
            if text[here] == "\n" and not long:
                break
            if text.startswith(escape + "(", here):
                inside = here + len(escape) + 1
                blank(start, inside)
                here = start = code(inside, nested=True)
            elif text.startswith(escape, here):
                here += len(escape) + 1
            else:
                here += 1
        blank(start, here)
        return here

    def code(place: int, nested: bool = False) -> int:
        depth = 1
        while place < size:
            if text.startswith("//", place):
                end = text.find("\n", place)
                end = size if end < 0 else end
                blank(place, end)
                place = end
            elif text.startswith("/*", place):
                place = block_comment(place)
            elif re.compile(r'#*"').match(text, place):
                place = string(place)
            else:
                if nested and text[place] == "(":
                    depth += 1
                elif nested and text[place] == ")":
                    depth -= 1
                    if depth == 0:
                        return place + 1
                place += 1
        return place

    code(0)
    return "".join(out)


def read_flow(architecture: Path) -> list[list[tuple[str, int]]]:
    """The layers, each a list of modules with the line that names them."""
    layers: list[list[tuple[str, int]]] = []
    inside = False
    for number, line in enumerate(architecture.read_text(encoding="utf-8").splitlines(), 1):
        if not inside:
            inside = re.match(r"\s*```+\s*flow\s*$", line) is not None
        elif line.strip().startswith("```"):
            break
        else:
            modules = [(name, number) for name in re.findall(r"\w+", line)]
            if modules and layers and line[0].isspace():
                layers[-1] += modules
            elif modules:
                layers.append(modules)
    return layers


def declared_targets(root: Path) -> list[tuple[str, list[str]]]:
    """The targets of Package.swift that are not tests, each with the modules that it depends on."""
    answer = subprocess.run(
        ["swift", "package", "dump-package"],
        cwd=root, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if answer.returncode != 0:
        sys.exit(f"Package.swift:1: cannot be read: {answer.stderr.strip()}")
    targets = []
    for target in json.loads(answer.stdout)["targets"]:
        if target["type"] not in ("regular", "executable", "macro"):
            continue
        named = [
            entry.get("byName") or entry.get("target") or entry.get("product")
            for entry in target["dependencies"]
        ]
        targets.append((target["name"], [entry[0] for entry in named if entry]))
    return targets


def line_of_target(manifest: list[str], name: str) -> int:
    for pattern in (rf'\bmodule\(\s*"{name}"', rf'name:\s*"{name}"', rf'^\s*"{name}"'):
        for number, line in enumerate(manifest, 1):
            if re.search(pattern, line):
                return number
    return 1


def offences(root: Path) -> list[str]:
    architecture = root / "ARCHITECTURE.md"
    layers = read_flow(architecture) if architecture.is_file() else []
    if not layers:
        return ["ARCHITECTURE.md:1: has no block tagged `flow`. Write the modules there, in order."]

    found: list[str] = []
    place: dict[str, int] = {}
    stages = {name for layer in layers[:STAGE_LAYERS] for name, _ in layer}
    sources = root / "Sources"
    modules = sorted(folder.name for folder in sources.iterdir() if folder.is_dir())
    for name, line in (module for layer in layers for module in layer):
        if name in place:
            found.append(f"ARCHITECTURE.md:{line}: {name} is in the flow twice. Keep one.")
        elif name not in modules:
            found.append(
                f"ARCHITECTURE.md:{line}: {name} is in the flow but not in Sources. Take it out."
            )
        place.setdefault(name, len(place))
    place.setdefault(TEST_SUPPORT, len(place))

    for name in modules:
        if name not in place:
            found.append(
                f"Sources/{name}:1: {name} is missing from the flow. "
                "Add it to the block in ARCHITECTURE.md, after all that it imports."
            )

    def wrong_import(module: str, imported: str) -> str | None:
        if imported == TEST_SUPPORT:
            return f"{module} imports {imported}, which is for tests. Take the import out."
        if module == "Website" and imported == "Storage":
            return (
                "Website imports Storage. Ask a store protocol of Workflows instead; "
                "Tool joins the parts."
            )
        if module in stages and FRAMEWORK.match(imported):
            return (
                f"{module} is a stage and imports the framework {imported}. "
                "Move that work to Workflows, Storage, Website or Tool."
            )
        if module in place and imported in place and place[imported] > place[module]:
            return (
                f"{module} imports {imported}, which stands after it in the flow. "
                f"Move the shared type up to {module} or above, or the code down to {imported}."
            )
        return None

    for file in sorted(sources.rglob("*.swift")):
        inside = file.relative_to(sources).parts
        if len(inside) < 2:
            found.append(f"Sources/{inside[0]}:1: belongs to no module. Move it into a folder.")
            continue
        module = inside[0]
        shown = file.relative_to(root).as_posix()
        for number, line in enumerate(code_only(file.read_text(encoding="utf-8")).split("\n"), 1):
            imports = IMPORT.match(line)
            if imports:
                wrong = wrong_import(module, imports.group(1))
                if wrong:
                    found.append(f"{shown}:{number}: {wrong}")
            elif module in stages:
                for pattern, what, instead in IMPURE:
                    use = pattern.search(line)
                    if use:
                        found.append(
                            f"{shown}:{number}: {module} is a stage and {what}: "
                            f"{use.group().strip()}. {instead}"
                        )

    manifest = (root / "Package.swift").read_text(encoding="utf-8").splitlines()
    for module, dependencies in declared_targets(root):
        for dependency in dependencies:
            wrong = wrong_import(module, dependency)
            if wrong:
                line = line_of_target(manifest, module)
                found.append(f"Package.swift:{line}: {wrong.replace(' imports', ' declares', 1)}")

    tests = root / "Tests"
    for file in sorted(tests.rglob("*.swift")) if tests.is_dir() else []:
        for number, line in enumerate(code_only(file.read_text(encoding="utf-8")).split("\n"), 1):
            imports = IMPORT.match(line)
            if imports and imports.group(1) == "XCTest":
                found.append(
                    f"{file.relative_to(root).as_posix()}:{number}: imports XCTest, "
                    "which ./task test does not run. Use Swift Testing."
                )
    return found


# --- The self-test: each kind of offence is made once, alone, and must be the only one found.

CLEAN = {
    "ARCHITECTURE.md": (
        "# Flow\n\n```flow\nProblems Standards\nRatings\nWorkflows Storage Website Tool\n```\n"
    ),
    "Package.swift": (
        "// swift-tools-version: 6.3\nimport PackageDescription\n"
        "let package = Package(name: \"trial\", targets: [\n"
        "  .target(name: \"Problems\"),\n"
        "  .target(name: \"Standards\", dependencies: [\"Problems\"]),\n"
        "  .target(name: \"Ratings\", dependencies: [\"Standards\"]),\n"
        "  .target(name: \"Workflows\", dependencies: [\"Ratings\"]),\n"
        "  .target(name: \"Storage\", dependencies: [\"Workflows\"]),\n"
        "  .target(name: \"Website\", dependencies: [\"Workflows\"]),\n"
        "  .target(name: \"Tool\", dependencies: [\"Storage\", \"Website\"]),\n"
        "])\n"
    ),
    "Sources/Problems/A.swift": "public struct A {}\n",
    "Sources/Standards/A.swift": (
        "import Foundation\npublic import struct Problems.A\n\n"
        "// import Tool; Date() and shuffled( are fine in a comment /* even here\n"
        "/* import Tool\n /* nested */ Date()\n*/\n"
        "let a = \"Date() in words, \\(b) and \\\"quoted\\\" getenv\"\n"
        "let c = \"\"\"\n  import Tool\n  \\(b) ProcessInfo\n  \"\"\"\n"
        "let d = #\"a \"shuffled(\" raw \\(getenv)\"#\nlet nowhere = x.nowhere\n"
    ),
    "Sources/Ratings/A.swift": "import Standards\n",
    "Sources/Workflows/A.swift": "import Ratings\n\nlet at = Date()\n",
    "Sources/Storage/A.swift": "import GRDB\nimport Workflows\n",
    "Sources/Website/A.swift": "import Hummingbird\nimport Workflows\n",
    "Sources/Tool/A.swift": "import ArgumentParser\nimport Storage\nimport Website\n",
    "Sources/TestKit/A.swift": "import Tool\n",
    "Tests/RatingsTests/A.swift": "import Ratings\nimport TestKit\nimport Testing\n",
}

KINDS = [
    ("an import against the flow", "Sources/Standards/B.swift", "import Ratings\n",
     "Sources/Standards/B.swift:1: Standards imports Ratings"),
    ("an import against the flow within a layer", "Sources/Problems/B.swift",
     "\n@preconcurrency internal import Standards\n",
     "Sources/Problems/B.swift:2: Problems imports Standards"),
    ("a dependency against the flow", "Package.swift",
     CLEAN["Package.swift"].replace('name: "Problems"', 'name: "Problems", dependencies: ["Tool"]')
     .replace(', dependencies: ["Storage", "Website"]', ""),
     "Package.swift:4: Problems declares Tool"),
    ("Website importing Storage", "Sources/Website/B.swift", "import Storage\n",
     "Sources/Website/B.swift:1: Website imports Storage"),
    ("a module importing TestKit", "Sources/Tool/B.swift", "import TestKit\n",
     "Sources/Tool/B.swift:1: Tool imports TestKit"),
    *[
        (f"a stage importing {name}", "Sources/Ratings/B.swift", f"import {name}\n",
         f"Sources/Ratings/B.swift:1: Ratings is a stage and imports the framework {name}")
        for name in ("Hummingbird", "HummingbirdTesting", "NIOCore", "GRDB", "ArgumentParser")
    ],
    *[
        (f"a stage using {use}", "Sources/Ratings/B.swift", f"/// Text.\nlet a = {use}\n",
         "Sources/Ratings/B.swift:2: Ratings is a stage and ")
        for use in (
            "Date()", "Date.init( )", "Date.now", "ContinuousClock().now", "DispatchTime.now()",
            "date.timeIntervalSinceNow", "TimeZone.current", "ProcessInfo.processInfo", "getenv(a)",
            "b.shuffled(using: &c)", "b.shuffle()", "b.randomElement()", "Int.random(in: 1...2)",
            "SystemRandomNumberGenerator()", "UUID()", '"at \\(f(Date()))"', '#"at \\#(Date())"#',
        )
    ],
    ("a module missing from the flow", "Sources/Extras/A.swift", "struct A {}\n",
     "Sources/Extras:1: Extras is missing from the flow"),
    ("a module in the flow that is not there", "ARCHITECTURE.md",
     CLEAN["ARCHITECTURE.md"].replace("Ratings", "Ratings Reports"),
     "ARCHITECTURE.md:5: Reports is in the flow but not in Sources"),
    ("a module in the flow twice", "ARCHITECTURE.md",
     CLEAN["ARCHITECTURE.md"].replace("Tool", "Tool Ratings"),
     "ARCHITECTURE.md:6: Ratings is in the flow twice"),
    ("no flow", "ARCHITECTURE.md", "# Flow\n", "ARCHITECTURE.md:1: has no block tagged `flow`"),
    ("a file in no module", "Sources/B.swift", "struct A {}\n",
     "Sources/B.swift:1: belongs to no module"),
    ("a test on XCTest", "Tests/RatingsTests/B.swift", "import XCTest\n",
     "Tests/RatingsTests/B.swift:1: imports XCTest"),
]  # fmt: skip


def self_test() -> int:
    kinds = [("nothing", "README.md", "", None), *KINDS]
    trials = [(kind, {**CLEAN, path: text}, expected) for kind, path, text, expected in kinds]
    return gate.self_test("flow", trials, offences)


def run(root: Path) -> int:
    found = offences(root)
    print("\n".join(found) if found else "The imports follow the flow.")
    return 1 if found else 0


sys.exit(gate.main(__doc__, self_test, run))
