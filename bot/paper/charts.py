"""Pictures of the figures by matplotlib (the extra `reports`), each a PNG for a telephone.

Called in a thread of its own. Where matplotlib or a Chinese font is missing there are none, and
whoever asks gets words instead. Knows no table and no chat.
"""

import io
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from bot.texts import plain

Facts = Mapping[str, Any]
FONTS = ("WenQuanYi Micro Hei", "Noto Sans CJK SC")
_SIZE, _DOTS = (8.0, 4.8), 150
_INK, _PALE = "#333333", "#d9d9d9"
_COLOURS = ("#c0392b", "#2471a3", "#1e8449")  # the three rates
_MIDDLE = 62.5  # percent: between two lines
_MOST = 8  # bars that can be read
_DEEP = 5  # cases that are drawn in the deepest colour, where there are no more
_TOGETHER = 24  # characters that stand beside each other
_THREE = ("response", "solution", "satisfaction")
_NAMES = ("chart.response", "chart.solution", "chart.satisfaction")
_AGES = ("chart.age_0", "chart.age_1", "chart.age_2", "chart.age_3", "chart.age_4")


def can_draw() -> bool:
    """Say whether matplotlib is installed (the extra `reports`)."""
    return find_spec("matplotlib") is not None


def draw(facts: Facts, language: str) -> list[bytes]:
    """Return the pictures of a period: trend, categories, on time, heat, ages; none: no fonts."""
    if not can_draw() or not (known := fonts()):
        return []
    from matplotlib import rc_context  # noqa: PLC0415 - it is an extra

    with rc_context(style(known)):
        pages = (_trend, _kinds, _on_time, _heat, _ages)
        return [found for page in pages if (found := page(facts, language))]


def style(known: Sequence[str]) -> Any:
    """Return for matplotlib how all is drawn; a dollar that people write is a dollar."""
    return {
        "font.family": list(known),
        "axes.unicode_minus": False,
        "font.size": 13,
        "text.parse_math": False,
    }


def draw_trend(facts: Facts, language: str) -> list[bytes]:
    """Return the picture of the trend alone."""
    return draw({**facts, "kinds": [], "heat": {"rows": []}, "ages": []}, language)


def fonts() -> list[str]:
    """Return the fonts that are here and have Chinese."""
    from matplotlib.font_manager import fontManager  # noqa: PLC0415

    known = {one.name for one in fontManager.ttflist}
    return [one for one in FONTS if one in known]


def _page(title: str, facts: Facts, *, now: bool = False) -> tuple[Any, Any]:
    """Return a figure and its axes, with the title, whose figures they are, and of which time."""
    span = () if now else (f"{facts['first']} – {facts['last']}",)
    return page(title, "  ".join((facts["scope_name"], *span)))


def page(title: str, below: str) -> tuple[Any, Any]:
    """Return a figure and its axes, with a title and a smaller line below it."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=_SIZE, dpi=_DOTS, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(f"{title}\n", loc="left", fontsize=17, color=_INK)
    small: dict[str, Any] = {"fontsize": 11, "color": "#777777"}
    axes.text(0, 1.03, below, transform=axes.transAxes, **small)
    axes.tick_params(length=0, colors=_INK)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure, axes


def png(figure: Any) -> bytes:
    """Return the figure as a PNG."""
    held = io.BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


def _trend(facts: Facts, language: str) -> bytes | None:
    points = facts["points"]
    figure, axes = _page(plain("chart.trend", language), facts)
    if all(rate["percent"] is None for one in points for rate in one["rates"].values()):
        middle = {"ha": "center", "va": "center", "color": "#777777"}
        axes.text((len(points) - 1) / 2, _MIDDLE, plain("chart.too_few", language), **middle)
    ends = [f"{_short(one['first'])}–\n{_short(one['last'])}" for one in points]
    for name, key, colour in zip(_THREE, _NAMES, _COLOURS, strict=True):
        values = [one["rates"][name]["percent"] for one in points]
        drawn = [float("nan") if one is None else one for one in values]
        last = "–" if values[-1] is None else f"{values[-1]}%"
        label = f"{plain(key, language)} {last}"
        axes.plot(range(len(points)), drawn, "o-", color=colour, linewidth=2.5, label=label)
    axes.set_ylim(-4, 104)
    axes.set_xlim(-0.4, len(points) - 0.6)
    axes.set_yticks(range(0, 101, 25), [f"{one}%" for one in range(0, 101, 25)])
    axes.set_xticks(range(len(points)), ends, fontsize=10)
    axes.grid(axis="y", color=_PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    figure.legend(loc="outside lower center", ncols=3, frameon=False)
    return png(figure)


def _short(day: str) -> str:
    _, month, of_month = day.split("-")
    return f"{int(month)}.{int(of_month)}"


def _kinds(facts: Facts, language: str) -> bytes | None:
    found = facts["kinds"][:_MOST]
    if not found:
        return None
    figure, axes = _page(plain("chart.kinds", language), facts)
    names = [one["name"][language] for one in found]
    bars(axes, names, [one["n"] for one in found], [str(one["n"]) for one in found])
    return png(figure)


def _on_time(facts: Facts, language: str) -> bytes | None:
    """Draw the part that was on time; where there are too few, the numbers alone are written."""
    found = facts["kinds"][:_MOST]
    if not found:
        return None
    figure, axes = _page(plain("chart.on_time", language), facts)
    held = [one["on_time"] for one in found]
    said = [
        f"{one['part']}/{one['n']}"
        if one["percent"] is None
        else f"{one['percent']}%  ({one['part']}/{one['n']})"
        for one in held
    ]
    names = [one["name"][language] for one in found]
    bars(axes, names, [one["percent"] or 0 for one in held], said, most=100)
    return png(figure)


def bars(
    axes: Any, names: Sequence[str], values: Sequence[int], said: Sequence[str], most: int = 0
) -> None:
    """Draw lying bars, the first on top, each with what is said of it behind it."""
    rows = range(len(names))
    whole = most or max(values) or 1
    axes.barh(rows, [whole] * len(names), color="#f2f2f2", height=0.62)
    axes.barh(rows, values, color=_COLOURS[1], height=0.62)
    for row, value, words in zip(rows, values, said, strict=True):
        axes.text(value + whole * 0.012, row, words, va="center", fontsize=12, color=_INK)
    axes.set_yticks(rows, names)
    axes.set_xticks([])
    axes.set_xlim(0, whole * 1.2)
    axes.set_ylim(max(len(names), 4) - 0.4, -0.6)


def _heat(facts: Facts, language: str) -> bytes | None:
    heat = facts["heat"]
    if not heat["rows"]:
        return None
    figure, axes = _page(plain("chart.heat", language), facts)
    most = max(_DEEP, *(max(row) for row in heat["rows"]))
    axes.imshow(heat["rows"], cmap="OrRd", vmin=0, vmax=most * 1.3, aspect="auto")
    for y, row in enumerate(heat["rows"]):
        for x, n in enumerate(row):
            colour = "white" if n > 0.7 * most else _INK
            axes.text(x, y, str(n or "·"), ha="center", va="center", color=colour)
    names = [one["name"][language] for one in heat["kinds"]]
    slant = {"rotation": 20, "ha": "right"} if sum(map(len, names)) > _TOGETHER else {}
    axes.set_xticks(range(len(names)), names, fontsize=11, **slant)
    axes.set_yticks(range(len(heat["rows"])), heat["buildings"], fontsize=11)
    return png(figure)


def _ages(facts: Facts, language: str) -> bytes | None:
    ages = facts["ages"]
    if not sum(ages):
        return None
    figure, axes = _page(plain("chart.ages", language), facts, now=True)
    colours = ("#a9cce3", "#7fb3d5", "#5499c7", "#e59866", "#c0392b")
    axes.bar(range(len(ages)), ages, color=colours, width=0.62)
    for at, n in enumerate(ages):
        axes.text(at, n, str(n), ha="center", va="bottom", color=_INK)
    axes.set_xticks(range(len(ages)), [plain(key, language) for key in _AGES])
    axes.set_yticks([])
    axes.set_ylim(0, max(ages) * 1.15)
    return png(figure)
