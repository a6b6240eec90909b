"""What docs/python.md promises of failures, each line of it, is a test of that name."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = TESTS.parents[2] / "docs/python.md"


def rows() -> list[list[str]]:
    """The cells of the table of failures."""
    text = PAGE.read_text().split("## What may be broken")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_failure_of_the_table_is_a_test() -> None:
    table = rows()
    assert len(table) >= 20
    for broken, *_, test in table:
        file, _, name = test.strip("`").partition("::")
        assert re.search(rf"^def {re.escape(name)}\(", (TESTS / file).read_text(), re.M), broken


def test_every_test_of_failures_is_in_the_table() -> None:
    named = {test.strip("`").partition("::")[2] for *_, test in rows()}
    written = re.findall(r"^def (test_\w+)", (TESTS / "test_failures.py").read_text(), re.M)
    assert set(written) - named <= {"test_no_thread_is_left_after_the_end"}
