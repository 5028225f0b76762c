"""Checks rule books, concordances, profiles and plans against their published JSON schemas.

usage: check-schemas.py [ROOT] [--self-test]

Values are read as the product reads them: true and false, integers without a fraction, and all
else as the words that were written, so that a date or a percentage is never rounded on the way.

Exit 0 every file agrees; 1 every fault as `file:line: what`; 2 wrong usage.
"""

import json
import os
import re
import sys
from pathlib import Path

import gate
import yaml
from jsonschema.exceptions import SchemaError
from jsonschema.validators import validator_for

# Folder, schema, whether at least one file is wanted.
KINDS = [
    ("Sources/Standards/RuleBooks", "rule-book.schema.json", True),
    ("Sources/Standards/Concordances", "concordance.schema.json", False),
    ("Sources/Caseloads/Profiles", "profile.schema.json", False),
    ("Sources/Samples/SamplingPlans", "sampling-plan.schema.json", False),
    ("Sources/Plans/ProjectPlans", "project-plan.schema.json", False),
]
NOT_OURS = {"node_modules", "plumbline-data", "bench-data"}


class Words(yaml.SafeLoader):
    """Reads scalars as words, except true, false and integers; refuses a key given twice."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            if name in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {name} is given twice", problem_mark=key.start_mark
                )
            seen.add(name)
        return super().construct_mapping(node, deep)


Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
Words.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789")
)


def line_of(node, path) -> int:
    """The line of the value at the path, or of the nearest value around it."""
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            inner = [value for key, value in node.value if key.value == str(step)]
            if not inner:
                break
            node = inner[0]
    return node.start_mark.line + 1


def find_schema(root: Path, name: str) -> Path | str:
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [
            inner for inner in folders if not inner.startswith(".") and inner not in NOT_OURS
        ]
        found += [Path(folder) / name] if name in files else []
    if len(found) == 1:
        return found[0]
    return "is missing" if not found else "is there twice: " + ", ".join(map(str, sorted(found)))


def faults_of(file: Path, shown: str, validator) -> list[str]:
    text = file.read_text(encoding="utf-8")
    try:
        node = yaml.compose(text, Loader=Words)
        content = yaml.load(text, Loader=Words)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        return [f"{shown}:{line}: {problem.problem}."]
    if node is None:
        return [f"{shown}:1: is empty."]
    found = []
    for fault in validator.iter_errors(content):
        deepest = fault
        while deepest.context:
            deepest = max(deepest.context, key=lambda inner: len(inner.absolute_path))
        path = list(deepest.absolute_path)
        place = ".".join(map(str, path)) or "the file"
        words = deepest.message if len(deepest.message) < 300 else deepest.message[:300] + "..."
        found.append((line_of(node, path), f"{place}: {words}"))
    return [f"{shown}:{line}: {words}" for line, words in sorted(found)]


def check(root: Path) -> tuple[int, list[list[str]]]:
    """How many files agree, and the faults of each one that does not."""
    agreed = 0
    disagreed: list[list[str]] = []
    for folder, name, is_wanted in KINDS:
        files = sorted([*(root / folder).rglob("*.yaml"), *(root / folder).rglob("*.yml")])
        if not files:
            if is_wanted:
                disagreed.append([f"{folder}: holds no file to check. Is the folder right?"])
            continue
        schema = find_schema(root, name)
        if isinstance(schema, str):
            disagreed.append([f"{folder}: the schema {name} {schema}."])
            continue
        shown_schema = schema.relative_to(root).as_posix()
        try:
            content = json.loads(schema.read_text(encoding="utf-8"))
            validator_for(content).check_schema(content)
        except (json.JSONDecodeError, SchemaError) as problem:
            reason = problem.message if isinstance(problem, SchemaError) else str(problem)
            disagreed.append([f"{shown_schema}:1: is not a JSON schema: {reason}"])
            continue
        validator = validator_for(content)(content)
        for file in files:
            found = faults_of(file, file.relative_to(root).as_posix(), validator)
            if found:
                disagreed.append(found)
            else:
                agreed += 1
    return agreed, disagreed


BOOK = (
    "format: trial/1\nvalid: { from: 2018-04-01 }\nshare: 66.50\nempty:\nnone: null\n"
    "yes-word: yes\nbands:\n  - { rating: good, from: 65, open: true }\n"
)
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["format", "bands"],
    "additionalProperties": False,
    "properties": {
        "format": {"const": "trial/1"},
        "valid": {"properties": {"from": {"type": "string", "pattern": "^[0-9-]+$"}}},
        "share": {"const": "66.50"},
        "empty": {"const": ""},
        "none": {"const": "null"},
        "yes-word": {"const": "yes"},
        "bands": {
            "type": "array",
            "items": {
                "properties": {"from": {"type": "integer"}, "open": {"type": "boolean"}},
                "required": ["rating"],
            },
        },
    },
}
PLACE = "Sources/Standards/RuleBooks/a.yaml"
TRIALS = [
    ("a wrong type", {PLACE: BOOK.replace("65", "sixty")}, f"{PLACE}:8: bands.0.from: "),
    ("a fraction", {PLACE: BOOK.replace("65", "65.0")}, f"{PLACE}:8: bands.0.from: "),
    ("yes for true", {PLACE: BOOK.replace("true", "yes")}, f"{PLACE}:8: bands.0.open: "),
    ("a missing key", {PLACE: BOOK.replace("rating:", "rated:")}, f"{PLACE}:8: bands.0: "),
    ("an unknown key", {PLACE: BOOK + "more: 1\n"}, f"{PLACE}:1: the file: "),
    ("a key given twice", {PLACE: BOOK + "share: 1\n"}, f"{PLACE}:9: the key share is given twice"),
    ("broken YAML", {PLACE: "a: [1\nb: 2\n"}, f"{PLACE}:2: "),
    ("an empty file", {PLACE: ""}, f"{PLACE}:1: is empty"),
    ("no rule book", {PLACE: None}, "Sources/Standards/RuleBooks: holds no file"),
    ("no schema", {"docs/rule-book.schema.json": None}, "Sources/Standards/RuleBooks: the schema"),
    ("a schema twice", {"rule-book.schema.json": "{}"}, "Sources/Standards/RuleBooks: the schema"),
    ("a broken schema", {"docs/rule-book.schema.json": '{"type": 1}'},
     "docs/rule-book.schema.json:1: is not a JSON schema"),
    ("a wrong concordance",
     {"Sources/Standards/Concordances/a.yaml": "a: 1\n", "docs/concordance.schema.json":
      '{"$schema": "https://json-schema.org/draft/2020-12/schema", "required": ["b"]}'},
     "Sources/Standards/Concordances/a.yaml:1: the file: "),
]  # fmt: skip


def self_test() -> int:
    clean = {PLACE: BOOK, "docs/rule-book.schema.json": json.dumps(SCHEMA)}
    trials = [
        (kind, {**clean, **changes}, expected)
        for kind, changes, expected in [("nothing", {}, None), *TRIALS]
    ]
    return gate.self_test(
        "schemas", trials, lambda root: [line for faults in check(root)[1] for line in faults]
    )


def run(root: Path) -> int:
    agreed, disagreed = check(root)
    for faults in disagreed:
        print("\n".join(faults))
    print(f"schemas: {agreed} passed, {len(disagreed)} failed")
    return 1 if disagreed else 0


sys.exit(gate.main(__doc__, self_test, run))
