"""Meetings as everybody sees them: the list, the card, the invitation, what one is asked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.letter import Button, Drawing, MeetingFile
from bot.domain.meeting import CONFERENCE
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards import recurrence
from handlers.cards.common import Kinds, Sheet, home, lines, plainly, rows, turning

ANSWERS = (("yes", "come"), ("maybe", "may_come"), ("no", "cannot_come"))
IN_BRIEF = 3  # items of an agenda in a letter
ON_THE_CARD = 4
Facts = Mapping[str, Any]


def name(sheet: Sheet, held: Facts) -> str:
    """Return what the meeting is called."""
    return held["name"] or sheet.word("series", held["series"])


def day(sheet: Sheet, iso: str) -> Markup:
    """Return a local date in words."""
    found = date.fromisoformat(iso)
    return sheet.say(
        "meeting.day",
        month=sheet.say(f"when.month_{found.month}"),
        day=found.day,
        weekday=sheet.say(f"when.weekday_{found.weekday()}"),
    )


def when_and_where(sheet: Sheet, held: Facts) -> Markup:
    """Return the two lines that every letter about a meeting begins with."""
    return lines(
        sheet.say(
            "meeting.head",
            name=name(sheet, held),
            when=sheet.when(held["starts"], held["zone"]),
        ),
        sheet.say("meeting.place", place=held["place"], n=held["minutes"])
        if held["place"]
        else sheet.say("meeting.lasts", n=held["minutes"]),
    )


def item(sheet: Sheet, held: Facts) -> Markup:
    """Return one item of an agenda, with its number if it has one: nothing of whose it is."""
    at = sheet.say("item.at", n=held["at"]) if held["at"] else Markup("")
    if held["case"] is not None:
        late = sheet.say("item.late", n=held["late_days"]) if held["late_days"] else ""
        return sheet.say(
            "item.case",
            at=at,
            icon=held["icon"],
            kind=sheet.named(held["kind"]),
            title=held["title"],
            number=held["case"],
            late=late,
        )
    if not held["title"]:
        return sheet.say("item.voice", at=at)
    return sheet.say("item.topic", at=at, title=held["title"])


def in_brief(sheet: Sheet, items: Sequence[Facts]) -> Markup:
    """Return the agenda in one line."""
    if not items:
        return sheet.say("meeting.no_items")
    shown = [
        sheet.say(
            "item.brief",
            at=one["at"],
            title=one["title"] or "🎤",
            kind=sheet.named(one["kind"]),
        )
        for one in items[:IN_BRIEF]
    ]
    key = "meeting.items_more" if len(items) > IN_BRIEF else "meeting.items"
    return sheet.say(key, items=Markup(" ".join(shown)), n=len(items))


def _press(held: Facts, verb: str, choice: str = "", noun: str = "meeting") -> Press:
    return Press(noun, verb, held["id"], held["version"], choice)


def answers(sheet: Sheet, held: Facts) -> list[Button]:
    """Return the three answers, the one that was given marked."""
    said = held.get("answer", "")
    return [
        sheet.button(f"{label}_said" if said == code else label, _press(held, "answer", code))
        for code, label in ANSWERS
    ]


def invite(sheet: Sheet) -> Drawing:
    """Invite: when, where, about what."""
    facts = sheet.facts
    text = lines(when_and_where(sheet, facts), in_brief(sheet, facts["items"]))
    return Drawing(text, rows([*answers(sheet, facts), *_besides(sheet, facts)]))


def _besides(sheet: Sheet, held: Facts) -> list[Button]:
    return [
        sheet.button("my_topic", _press(held, "topic")),
        sheet.button("to_calendar", _press(held, "file")),
    ]


def case_on(sheet: Sheet) -> Drawing:
    """Tell whose case is on the agenda, and ask whether they come."""
    facts = sheet.facts
    numbers = sheet.say("people.and").join(str(one) for one in facts["cases"][:IN_BRIEF])
    when = sheet.when(facts["starts"], facts["zone"])
    text = lines(
        sheet.say("agenda.case_on", numbers=numbers, when=when),
        when_and_where(sheet, facts),
        sheet.say("agenda.case_on_end"),
    )
    agenda = sheet.button("agenda", _press(facts, "show"))
    return Drawing(text, rows([*answers(sheet, facts), agenda]))


def reminder(sheet: Sheet) -> Drawing:
    """Remind on the day."""
    facts = sheet.facts
    text = lines(sheet.say("meeting.reminder"), when_and_where(sheet, facts))
    buttons = [sheet.button("agenda", _press(facts, "show")),
               sheet.button("cannot_come", _press(facts, "answer", "no"))]  # fmt: skip
    return Drawing(text, rows(buttons))


def moved(sheet: Sheet) -> Drawing:
    """Tell that it is at another time."""
    facts = sheet.facts
    earlier = sheet.when(facts["earlier"], facts["zone"])
    text = lines(
        sheet.say("meeting.moved", name=name(sheet, facts), earlier=earlier),
        when_and_where(sheet, facts),
    )
    return Drawing(text, rows([*answers(sheet, facts), *_besides(sheet, facts)]))


def cancelled(sheet: Sheet) -> Drawing:
    """Tell that it is called off, and why."""
    facts = sheet.facts
    when = sheet.when(facts["starts"], facts["zone"])
    why = sheet.word("off_reason", facts["reason"])
    text = sheet.say("meeting.cancelled", name=name(sheet, facts), when=when, reason=why)
    return Drawing(text, rows([sheet.button("out_of_calendar", _press(facts, "file"))]))


def sorry(sheet: Sheet) -> Drawing:
    """Ask who cannot come for a word."""
    facts = sheet.facts
    buttons = [
        sheet.button("send_word", _press(facts, "word")),
        sheet.button("read_later", _press(facts, "show")),
    ]
    return Drawing(sheet.say("meeting.sorry", name=name(sheet, facts)), rows(buttons))


def card(sheet: Sheet) -> Drawing:
    """Show a meeting with its agenda, and what the person can do."""
    facts = sheet.facts
    items = facts["items"]
    counts = facts["counts"]
    rest = len(items) - ON_THE_CARD
    empty = "meeting.no_items" if facts["made"] else "meeting.items_later"
    text = lines(
        when_and_where(sheet, facts),
        sheet.say("meeting.off") if facts["off"] else "",
        *(item(sheet, one) for one in items[:ON_THE_CARD]),
        sheet.say("meeting.more_items", n=rest) if rest > 0 else "",
        sheet.say(empty) if not items and facts["ahead"] else "",
        sheet.say("meeting.counts", **{one: counts[one] for one in ("yes", "maybe", "no")})
        if counts and facts["ahead"]
        else "",
        sheet.say("meeting.you_came") if facts["came"] else "",
    )
    return Drawing(text, rows(_can(sheet, facts)))


def _can(sheet: Sheet, facts: Facts) -> list[Button]:
    buttons: list[Button] = []
    if facts["ahead"]:
        buttons = [*answers(sheet, facts), *_besides(sheet, facts)]
    if facts["ahead"] and facts["staff"]:
        buttons += [
            sheet.button("move_meeting", _press(facts, "pick")),
            sheet.button("cancel_meeting", _press(facts, "off")),
        ]
    if facts["fills"]:
        buttons.append(sheet.button("write_minutes", _press(facts, "home", noun="minutes")))
    if facts["public"]:
        buttons += [
            sheet.button("whole_minutes", _press(facts, "page", noun="minutes")),
            sheet.button("follow_up", _press(facts, "list", noun="action")),
        ]
    if facts["staff"] and facts["series"] == CONFERENCE:
        pack_ = sheet.button("pack", _press(facts, "pack"))
        buttons = [one for one in buttons if one.data != _press(facts, "topic").data]
        buttons.insert(0 if not facts["ahead"] else len(ANSWERS), pack_)
    return [*buttons, sheet.button("all_meetings", Press("meeting", "list", 0, 0))]


def _day(one: Facts) -> int:
    """Return the day of the month: one series may stand twice in a list."""
    return datetime.fromisoformat(one["starts"]).astimezone(ZoneInfo(one["zone"])).day


def listing(sheet: Sheet) -> Drawing:
    """List the meetings ahead and the last ones, and where to propose a topic."""
    facts = sheet.facts
    ahead = [
        sheet.say(
            "meeting.line",
            name=name(sheet, one),
            when=sheet.when(one["starts"], one["zone"]),
            said=sheet.say(f"meeting.said_{one['answer']}") if one["answer"] else "",
        )
        for one in facts["meetings"]
    ]
    text = lines(sheet.say("meeting.list" if ahead else "meeting.list_none"), *ahead)
    tiles = [
        sheet.button("a_meeting_on", _press(one, "show"), day=_day(one), name=name(sheet, one))
        for one in facts["meetings"]
    ]
    more = turning(sheet, Press("meeting", "list", 0, 0))
    below = [
        sheet.button("minutes_of", _press(one, "home", noun="minutes"), day=_day(one))
        for one in facts["to_fill"]
    ]
    below.append(sheet.button("my_topic", Press("meeting", "topic", 0, 0)))
    if facts["past"]:
        below.append(sheet.button("last_minutes", _press(facts["past"][0], "show")))
    if facts["organizer"]:
        below.append(sheet.button("all_series", Press("series", "list", 0, 0)))
    return Drawing(text, rows([*tiles, *more, *below]))


def off(sheet: Sheet) -> Drawing:
    """Ask why a meeting is called off."""
    facts = sheet.facts
    reasons = [
        sheet.button(f"off_{one}", _press(facts, "off_for", one)) for one in facts["reasons"]
    ]
    text = sheet.say("meeting.off_why", name=name(sheet, facts))
    return Drawing(text, rows([*reasons, sheet.button("back", _press(facts, "show"))]))


def file(sheet: Sheet) -> Drawing:
    """Hand over the entry for a calendar."""
    facts = sheet.facts
    when = sheet.when(facts["starts"], facts["zone"])
    key = "meeting.file_off" if facts.get("off") else "meeting.file"
    text = sheet.say(key, name=name(sheet, facts), when=when)
    return Drawing(text, makes=MeetingFile.ENTRY)


def pack(sheet: Sheet) -> Drawing:
    """Hand over the pack of the quarter."""
    facts = sheet.facts
    when = sheet.when(facts["starts"], facts["zone"])
    return Drawing(
        sheet.say("meeting.pack", name=name(sheet, facts), when=when), makes=MeetingFile.PACK
    )


def here(sheet: Sheet) -> Drawing:
    """Greet whoever has come."""
    facts = sheet.facts
    text = sheet.say("meeting.here", name=name(sheet, facts))
    return Drawing(text, rows([sheet.button("agenda", _press(facts, "show")),
                               sheet.button("phone", home("phone"))]))  # fmt: skip


KINDS: Kinds = {
    "meeting.list": listing,
    "meeting.card": card,
    "meeting.invite": invite,
    "meeting.reminder": reminder,
    "meeting.moved": moved,
    "meeting.cancelled": cancelled,
    "meeting.sorry": sorry,
    "meeting.off_why": off,
    "meeting.file": file,
    "meeting.pack": pack,
    "meeting.here": here,
    "meeting.day": recurrence.day,
    "meeting.hour": recurrence.hour,
    **dict.fromkeys(
        [f"meeting.{one}" for one in ("word", "word_kept", "topic", "left", "off_write")], plainly
    ),
    "agenda.case_on": case_on,
}
