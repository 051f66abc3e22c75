"""How a figure is held against what is wanted: one line, `ok` or `short`."""


def line(name: str, figure: float, wanted: float, *, at_most: bool = False) -> str:
    """Return the line of a goal; the figure has to be `wanted` or more, or `at_most` that."""
    reached = figure <= wanted if at_most else figure >= wanted
    return f"{'ok   ' if reached else 'short'}  {name}  {figure:.2f}  {wanted}"
