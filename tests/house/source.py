"""The sources of the house as the conventions see them: files, their trees, their functions."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "storage")
LAYERS = ("bot/domain", "bot/services", "storage", "handlers", "handlers/cards")


def files(*folders: str) -> Iterator[Path]:
    """Yield the modules below the folders; revisions of the tables are history, not code."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "versions" not in file.parts:
                yield file


@cache
def text(file: Path) -> str:
    return file.read_text("utf-8")


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text(file))))


def place(file: Path, node: ast.AST | None = None) -> str:
    line = f":{getattr(node, 'lineno', 0)}" if node is not None else ""
    return f"{file.relative_to(ROOT)}{line}"


def functions(*folders: str) -> Iterator[tuple[str, int]]:
    """Yield where each function stands, and how many lines it has."""
    for file in files(*folders):
        for node in nodes(file):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{place(file, node)} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def nouns() -> dict[str, list[str]]:
    """Return the nouns that have a file in more than one layer, with those layers."""
    found: dict[str, list[str]] = {}
    for layer in LAYERS:
        for file in sorted((ROOT / layer).glob("*.py")):
            found.setdefault(file.stem, []).append(layer)
    found.pop("__init__", None)
    return {noun: layers for noun, layers in sorted(found.items()) if len(layers) > 1}
