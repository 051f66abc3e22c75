"""What an organizer sees of a notice: how it is made, how it goes out, and what came of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.broadcast import MOST_PHONES
from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards import broadcast_letter, broadcast_outage, broadcast_series, broadcast_whom
from handlers.cards.broadcast_whom import DRAFT, button, held, press, to_whom
from handlers.cards.common import Kinds, Sheet, lines, plainly, rows

NOUN = broadcast_letter.NOUN
_BAR = 10
_SHORT_WHILE = 3  # minutes that are better said in seconds
_BEST = 4  # options of a poll that are named with their votes
_TOLD = ("blocked", "deleted", "failed", "unknown", "stopped", "digest", "waiting")
_MOVES = ("approve", "refuse", "cancel", "pause", "resume", "stop", "correct", "close", "recall")


def compose(sheet: Sheet) -> Drawing:
    """Ask for what is to be said."""
    key = "broadcast.compose_fix" if sheet.facts["corrects"] else sheet.kind
    lists = [
        sheet.button(f"broadcast_{name}", Press(NOUN, verb, 0, 0), n=n)
        for name, verb in (("recent", "list"), ("series", "series"))
        if (n := sheet.facts.get(name, 0))
    ]
    return Drawing(sheet.say(key), rows([*lists, button(sheet, "cancel", "cancel")]))


def when(sheet: Sheet) -> Drawing:
    """Say whom it reaches, and ask when it goes."""
    facts = sheet.facts
    text = lines(
        sheet.say("broadcast.reaches", to=to_whom(sheet, facts["whom"]), n=facts["n"]),
        _out_of_reach(sheet),
        sheet.say("broadcast.second") if facts["second"] else "",
        _of_poll(sheet),
        broadcast_outage.line(sheet),
        _quiet(sheet) if facts["quiet"] else sheet.say(sheet.kind),
    )
    verbs = [*([] if facts["quiet"] else ["now"]), *facts["times"], "own", "urgent"]
    times = [button(sheet, f"broadcast_{verb}", verb) for verb in verbs]
    off = broadcast_outage.switch(sheet)
    switches = [
        sheet.button(
            f"broadcast_{name}", press(sheet, name), mark="✅" if facts["switched"][name] else "⬜"
        )
        for name in ("silent", *([] if facts.get("poll") else ["receipts"]))
        if not (off and name == "silent")  # that the water is off should be heard
    ]
    switches += off
    return Drawing(text, rows([*times, *switches, button(sheet, "back", "whom")]))


def _of_poll(sheet: Sheet) -> Markup | str:
    """Say what becomes of the votes, of which everybody sees the same."""
    poll = sheet.facts.get("poll")
    if not poll:
        return ""
    return sheet.say("broadcast.poll_hidden" if poll["anonymous"] else "broadcast.poll_named")


def _quiet(sheet: Sheet) -> Markup:
    now = sheet.when(sheet.facts["at"], sheet.facts["zone"])
    return sheet.say("broadcast.quiet", now=now)


def _out_of_reach(sheet: Sheet) -> Markup:
    facts = sheet.facts
    parts = [
        sheet.say(f"broadcast.reach_{name}", n=facts[name])
        for name in ("lost", "homes")
        if facts[name]
    ]
    return Markup(" · ".join(parts))


def time(sheet: Sheet) -> Drawing:
    """Ask for a time in words."""
    again = sheet.say("dates.again") if sheet.facts["again"] else ""
    text = lines(again, sheet.say(sheet.kind))
    again_and_again = button(sheet, "broadcast_rule", "rule")
    return Drawing(text, rows([again_and_again, button(sheet, "cancel", "cancel")]))


def fix(sheet: Sheet) -> Drawing:
    """Ask whether the new words are right."""
    facts = sheet.facts
    yes = Press(DRAFT, "fix", facts["broadcast"], facts["version"], str(facts["edition"]))
    ways = [button(sheet, "broadcast_anew", "anew"), button(sheet, "cancel", "cancel")]
    text = lines(held(sheet), broadcast_outage.line(sheet), sheet.say(sheet.kind))
    return Drawing(text, rows([sheet.button("broadcast_fix", yes), *ways]))


# --- what goes out -------------------------------------------------------------------------


def agree(sheet: Sheet) -> Drawing:
    """Ask the second person."""
    facts = sheet.facts
    at = sheet.when(facts["at"], facts["zone"])
    text = lines(
        sheet.say(sheet.kind, name=facts["name"], n=facts["n"], at=at),
        sheet.say("broadcast.agree_urgent") if facts["urgent"] else "",
    )
    return Drawing(text, rows(_standing(sheet, ("approve", "refuse"))))


def waits(sheet: Sheet) -> Drawing:
    """Show a notice that has not begun."""
    facts = sheet.facts
    at = sheet.when(facts["at"], facts["zone"])
    text = sheet.say(f"broadcast.is_{facts['status']}", title=_title(sheet), at=at)
    return Drawing(text, rows([*_standing(sheet, facts["moves"]), *_paper(sheet)]))


def progress(sheet: Sheet) -> Drawing:
    """Show how far it has come."""
    facts = sheet.facts
    fates, total, asleep = facts["fates"], max(1, facts["total"]), facts.get("asleep", 0)
    done = facts["total"] - fates["waiting"] - _unreached(facts)
    full = min(_BAR, done * _BAR // total)
    text = lines(
        sheet.say(f"broadcast.is_{facts['status']}", title=_title(sheet)),
        sheet.say(
            "broadcast.bar", bar="▓" * full + "░" * (_BAR - full), done=done, total=facts["total"]
        ),
        sheet.say("broadcast.left", n=facts["left"]) if facts["left"] else "",
        sheet.say("broadcast.fate_waiting", n=asleep) if asleep else "",
    )
    return Drawing(text, rows(_standing(sheet, facts["moves"])))


def _unreached(facts: Mapping[str, Any]) -> int:
    """Return how many were not even handed on yet."""
    total: int = facts["total"]
    handed_on: int = sum(facts["fates"].values())
    return max(0, total - handed_on)


def report(sheet: Sheet) -> Drawing:
    """Show what came of it; every one of those meant stands in it."""
    facts = sheet.facts
    fates = facts["fates"]
    told = [sheet.say(f"broadcast.fate_{name}", n=fates[name]) for name in _TOLD if fates[name]]
    left = _unreached(facts)
    text = lines(
        sheet.say(f"broadcast.is_{facts['status']}", title=_title(sheet)),
        sheet.say("broadcast.delivered", n=fates["delivered"], time=_took(sheet, facts["seconds"])),
        Markup(" · ".join(told)),
        sheet.say("broadcast.not_begun", n=left) if left else "",
        broadcast_outage.standing(sheet),
        *_votes(sheet),
        "" if facts["receipts"] is None else sheet.say("broadcast.receipts", n=facts["receipts"]),
    )
    lost = Press(NOUN, "lost", facts["broadcast"], 0)
    missed = [sheet.button("broadcast_lost", lost, n=facts["lost"])] if facts["lost"] else []
    moves = _standing(sheet, facts["moves"])
    return Drawing(text, rows([*missed, *_latest(sheet), *moves, *_paper(sheet)]))


def _took(sheet: Sheet, seconds: int) -> Markup:
    """Say how long it took; the last may have got it when they had slept."""
    minutes = seconds // 60
    if minutes < _SHORT_WHILE:
        return sheet.say("broadcast.took_seconds", n=seconds)
    hours, left = divmod(minutes, 60)
    if not hours:
        return sheet.say("broadcast.took_minutes", n=minutes)
    return sheet.say("broadcast.took_hours", hours=hours, n=left)


def _votes(sheet: Sheet) -> list[Markup]:
    """Say how the votes of its poll stand."""
    votes = sheet.facts.get("votes")
    if votes is None:
        return []
    key = "broadcast.voted_closed" if votes["closed"] else "broadcast.voted"
    best = sorted(votes["options"], key=lambda one: -int(one["n"]))[
        :_BEST
    ]  # all in the poll itself
    options = " · ".join(sheet.say("broadcast.votes_of", **one) for one in best)
    return [sheet.say(key, n=votes["voters"]), Markup(options)]


def _latest(sheet: Sheet) -> list[Button]:
    """Return the button that looks again, while something may still come in."""
    show, votes = Press(NOUN, "show", sheet.facts["broadcast"], 0), sheet.facts.get("votes")
    if votes is not None and not votes["closed"]:
        return [sheet.button("broadcast_votes", show)]
    return [] if sheet.facts["receipts"] is None else [sheet.button("broadcast_show", show)]


def recall_ask(sheet: Sheet) -> Drawing:
    """Ask whether it is to be taken back from everybody."""
    facts = sheet.facts
    yes = Press(NOUN, "recall_yes", facts["broadcast"], facts["version"])
    back = Press(NOUN, "show", facts["broadcast"], 0)
    text = sheet.say(sheet.kind, title=_title(sheet))
    return Drawing(
        text, rows([sheet.button("broadcast_recall_yes", yes), sheet.button("back", back)])
    )


def lost(sheet: Sheet) -> Drawing:
    """List a part of those whom it did not reach."""
    facts = sheet.facts
    text = lines(
        sheet.say(sheet.kind, title=_title(sheet), n=facts["n"]),
        *(_lost_line(sheet, one) for one in facts["people"]),
        sheet.say("broadcast.lost_more", n=facts["more"]) if facts["more"] else "",
    )
    return Drawing(text, rows(_phones(sheet)))


def _phones(sheet: Sheet) -> list[Button]:
    """Return buttons to the numbers of a few each, where messages show none."""
    facts = sheet.facts
    parts = range(0, len(facts["people"]), MOST_PHONES)
    first, name = facts.get("first", 0), "guarded_people" if len(parts) > 1 else "guarded"
    return [
        sheet.button(
            name,
            Press(NOUN, "phones", facts["broadcast"], 0, str(first + at)),
            first=first + at + 1,
            last=first + min(at + MOST_PHONES, len(facts["people"])),
        )
        for at in parts
        if any(one.get("guarded") for one in facts["people"][at : at + MOST_PHONES])
    ]


def _lost_line(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    why = sheet.say(f"broadcast.why_{one['why']}")
    parts = [one["name"], one["home"] or "", one["phone"] or ""]
    who = " · ".join(part for part in parts if part)
    return sheet.say("broadcast.lost_line", who=who, why=why)


def fixing(sheet: Sheet) -> Drawing:
    """Say that it is being put right."""
    return Drawing(sheet.say(sheet.kind, title=_title(sheet)))


def _title(sheet: Sheet) -> str:
    return sheet.facts["title"] or sheet.say("broadcast.untitled")


def _standing(sheet: Sheet, moves: Iterable[str]) -> list[Button]:
    """Return the buttons of the moves that are possible now."""
    facts = sheet.facts
    nouns, closed = {"correct": DRAFT}, (facts.get("votes") or {"closed": True})["closed"]
    return [
        sheet.button(
            f"broadcast_{one}",
            Press(nouns.get(one, NOUN), one, facts["broadcast"], facts["version"]),
        )
        for one in _MOVES
        if one in moves and not (one == "close" and closed)
    ]


def _paper(sheet: Sheet) -> list[Button]:
    """Return the button to the page to be hung up; a voice message or a file gives none."""
    if not sheet.facts.get("paper", True):
        return []
    return [sheet.button("broadcast_paper", Press(NOUN, "paper", sheet.facts["broadcast"], 0))]


KINDS: Kinds = {
    **broadcast_letter.KINDS,
    **broadcast_whom.KINDS,
    **broadcast_series.KINDS,
    "broadcast.compose": compose,
    "broadcast.when": when,
    "broadcast.time": time,
    "broadcast.fix": fix,
    "broadcast.fixing": fixing,
    "broadcast.dropped": plainly,
    "broadcast.agree": agree,
    "broadcast.waits": waits,
    "broadcast.progress": progress,
    "broadcast.report": report,
    "broadcast.recall_ask": recall_ask,
    "broadcast.lost": lost,
}
