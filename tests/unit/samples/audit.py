"""The page of the audit, with each thing that is written down, and about whom or what."""

from tests.unit.samples.facts import Samples, Variants

_LONG = "一个名字特别长的志愿者同志"
_AT = "2026-10-28T09:05:00+00:00"
WHATS = (
    *("denied", "phone_seen", "on_behalf", "home_word", "home_bound", "home_ended"),
    *("role_given", "role_ended", "block_asked", "blocked", "block_refused", "block_lifted"),
    *("contact_seen", "exported", "erase_asked", "erase_taken_back", "erased"),
    *("block_over", "wish_sent", "wish_withdrawn", "wish_refused", "volunteer_serves"),
)


def _row(what: str, noun: str = "person", about: str = _LONG, who: str = _LONG) -> dict[str, str]:
    return {"at": _AT, "who": who, "what": what, "noun": noun, "about": about}


def _page(*rows: dict[str, str]) -> dict[str, object]:
    return {"rows": rows, "zone": "Asia/Shanghai", "total": 1280, "page": 1, "pages": 427}


SAMPLES: Samples = {
    "audit.list": _page(
        _row("phone_seen", "case", "20261117"),
        _row("home_ended", "home", "estate_of_16_chr-13-2-1502"),
        _row("volunteer_serves"),
    ),
}
VARIANTS: Variants = [
    ("audit.list", {**_page(), "total": 0, "page": 0, "pages": 1}),
    ("audit.list", _page(_row("denied", "message", ""), _row("new to us", "draft", "7"))),
    ("audit.list", _page(_row("block_over", who=""))),
    *(("audit.list", _page(_row(what))) for what in WHATS),
]
