"""Reports, after the tests, what is looked at but not enforced."""

from statistics import median, quantiles

import pytest

from tests.house.source import ROOMS, files, functions, nouns


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = [length for _, length in functions(*ROOMS)]
    terminalreporter.section("the house")
    terminalreporter.write_line(
        f"{sum(1 for _ in files(*ROOMS))} files, {len(lines)} functions: "
        f"median {median(lines):.0f} lines (aim 8), "
        f"p90 {quantiles(lines, n=10)[-1]:.0f} (aim 25), longest {max(lines)} (limit 40)"
    )
    for noun, layers in nouns().items():
        terminalreporter.write_line(f"{noun}.py: {', '.join(layers)}")
