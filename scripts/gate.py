"""What the checks share: the arguments, and a trial of each kind of offence."""

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

# What is shown, the files of a small project (None leaves one out), and how the only line that is
# found must start; None where nothing must be found.
Trial = tuple[str, dict[str, str | None], str | None]


def self_test(name: str, trials: Iterable[Trial], find: Callable[[Path], list[str]]) -> int:
    passed = missed = 0
    for kind, files, expected in trials:
        with tempfile.TemporaryDirectory() as temporary:
            root = Path(temporary)
            for path, text in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                if text is not None:
                    (root / path).write_text(text, encoding="utf-8")
            found = find(root)
        if found == [] if expected is None else is_alone(expected, found):
            passed += 1
        else:
            missed += 1
            print(f"self-test: {kind}: expected {expected}, found {found}")
    print(f"{name}-self-test: {passed} passed, {missed} failed")
    return 1 if missed else 0


def is_alone(expected: str, found: list[str]) -> bool:
    return len(found) == 1 and found[0].startswith(expected)


def main(usage: str | None, test: Callable[[], int], run: Callable[[Path], int]) -> int:
    """Runs the check on a project, or its self-test, as the arguments say."""
    arguments = sys.argv[1:]
    if arguments == ["--self-test"]:
        return test()
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        print(usage, file=sys.stderr)
        return 2
    return run(Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent)
