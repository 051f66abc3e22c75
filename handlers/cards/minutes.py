"""The minutes: what the secretary fills in, what those who came look at, what all read."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing, MeetingFile
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines, next_page, plainly, rows
from handlers.cards.meeting import day, item, name

SHOWN = 8  # items in a letter
WORDS = 2  # of those who could not come, on one card
_MARKS = {"agreed": "✅", "again": "🔁", "climb": "⏫", "proposal": "🗳", "noted": "📌", "": "⬜"}


def _press(held: Mapping[str, Any], verb: str, choice: str = "") -> Press:
    return Press("minutes", verb, held["id"], held["version"], choice)


def draft(sheet: Sheet) -> Drawing:
    """Hand the secretary the minutes."""
    facts = sheet.facts
    key = "minutes.nag" if sheet.kind == "minutes.nag" else "minutes.draft"
    text = lines(
        sheet.say(key, name=name(sheet, facts), days=facts.get("days", 0)),
        _so_far(sheet),
        sheet.say("minutes.words", n=facts["counts"]["words"]) if facts["counts"]["words"] else "",
        sheet.say("minutes.nobody") if not facts["counts"]["came"] else "",
    )
    return Drawing(text, rows(_ways(sheet)))


def _so_far(sheet: Sheet) -> Markup:
    facts = sheet.facts
    came = facts["counts"]["came"]
    if not facts["n"]:
        return sheet.say("minutes.no_items", came=came)
    return sheet.say("minutes.so_far", n=facts["n"], open=facts["open"], came=came)


def lapsed(sheet: Sheet) -> Drawing:
    """Tell that the minutes are waited for no longer, and what became of the agenda."""
    facts = sheet.facts
    up = facts["up"]
    text = lines(
        sheet.say("minutes.lapsed", name=name(sheet, facts), n=facts["n"] - up),
        sheet.say("minutes.lapsed_up", n=up) if up else "",
    )
    return Drawing(text, rows([sheet.button("all_meetings", Press("meeting", "list", 0, 0))]))


def _ways(sheet: Sheet) -> list[Button]:
    facts = sheet.facts
    buttons = [sheet.button("fill_in", _press(facts, "next"))] if facts["open"] else []
    if facts["n"] > facts["open"]:
        buttons.append(sheet.button("change_items", _press(facts, "items")))
    buttons.append(sheet.button("who_came", _press(facts, "people")))
    if facts["counts"]["words"]:
        buttons.append(sheet.button("words_sent", _press(facts, "heard")))
    buttons.append(sheet.button("as_word", _press(facts, "word")))
    if facts["fills"] and not facts["open"] and (facts["n"] or facts["counts"]["came"]):
        buttons.append(sheet.button("send_minutes", _press(facts, "submit")))
    if facts["runs"] and facts["n"] == facts["open"]:  # it would throw away what was concluded
        buttons.append(sheet.button("fell_through", _press(facts, "nothing")))
    return buttons


def start(sheet: Sheet) -> Drawing:
    """Show the secretary how far the minutes are, item by item."""
    facts = sheet.facts
    items = facts["items"]
    text = lines(
        sheet.say("minutes.home", name=name(sheet, facts)),
        *(_with_mark(sheet, one) for one in items[:SHOWN]),
        _so_far(sheet),
    )
    return Drawing(text, rows(_ways(sheet)))


def choose(sheet: Sheet) -> Drawing:
    """Let the secretary choose an item whose conclusion is another one."""
    facts = sheet.facts
    tiles = [
        sheet.button("an_item", Press("minutes", "item", one["id"], one["version"]),
                     mark=_MARKS[one["conclusion"]], n=one["at"])
        for one in facts["items"]
    ]  # fmt: skip
    more = next_page(sheet, lambda page: _press(facts, "items", page))
    text = lines(
        sheet.say("minutes.change", name=name(sheet, facts)),
        *(_with_mark(sheet, one) for one in facts["items"]),
    )
    return Drawing(text, rows([*tiles, *more, sheet.button("back", _press(facts, "home"))]))


def _with_mark(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    return sheet.say("minutes.line", mark=_MARKS[one["conclusion"]], item=item(sheet, one))


def _item_press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    held = sheet.facts["item"]
    return Press("minutes", verb, held["id"], held["version"], choice)


def conclude(sheet: Sheet) -> Drawing:
    """Ask how the meeting concludes about one item."""
    facts = sheet.facts
    held = facts["item"]
    text = lines(
        sheet.say("minutes.item", at=held["at"], n=facts["n"]),
        item(sheet, held),
        sheet.say("agenda.words_long", words=facts["words"]) if facts["words"] else "",
        sheet.say("minutes.ask_conclusion"),
    )
    tiles = [
        sheet.button(f"conclude_{one}", _item_press(sheet, "set", one)) for one in facts["choices"]
    ]
    if held["case"] is not None:
        show = Press("case", "show", held["case"], 0)
        tiles.append(sheet.button("about_case", show, number=held["case"]))
    back = sheet.button("back", Press("minutes", "home", facts["meeting"], 0))
    return Drawing(text, rows([*tiles, back]))


def owner(sheet: Sheet) -> Drawing:
    """Ask who does it."""
    tiles = [
        sheet.button("somebody", _item_press(sheet, "who", str(one["id"])), name=one["name"])
        for one in sheet.facts["people"]
    ]
    other = sheet.button("somebody_else", _item_press(sheet, "who_else"))
    text = lines(item(sheet, sheet.facts["item"]), sheet.say("minutes.ask_owner"))
    return Drawing(text, rows([*tiles, other]))


def until(sheet: Sheet) -> Drawing:
    """Ask by when."""
    facts = sheet.facts
    tiles = [
        sheet.button("choice", _item_press(sheet, "until", one["code"]), name=_short(sheet, one))
        for one in facts["days"]
    ]
    other = sheet.button("other_day", _item_press(sheet, "until_else"))
    text = lines(item(sheet, facts["item"]), sheet.say("minutes.ask_until"))
    return Drawing(text, rows([*tiles, other]))


def _short(sheet: Sheet, one: Mapping[str, Any]) -> str:
    return sheet.say("minutes.short_day", month=one["month"], day=one["day"])


def say(sheet: Sheet) -> Drawing:
    """Ask for the conclusion in words; none are needed."""
    text = lines(item(sheet, sheet.facts["item"]), sheet.say("minutes.ask_words"))
    return Drawing(text, rows([sheet.button("no_words", _item_press(sheet, "done"))]))


def write(sheet: Sheet) -> Drawing:
    """Ask for words: a name, a day, what is wrong."""
    return Drawing(sheet.say(sheet.kind))


def _ticked(one: Mapping[str, Any], page: int) -> str:
    return f"{one['person']}:{'off' if one['came'] else 'on'}:{page}"


def people(sheet: Sheet) -> Drawing:
    """Let the secretary tick who came."""
    facts = sheet.facts
    tiles = [
        sheet.button(
            "came_too" if one["came"] else "not_there",
            _press(facts, "tick", _ticked(one, facts["page"])),
            name=one["name"],
        )
        for one in facts["tiles"]
    ]
    more = next_page(sheet, lambda page: _press(facts, "people", page))
    text = sheet.say("minutes.people", name=name(sheet, facts), n=facts["came"])
    back = sheet.button("back", _press(facts, "home"))
    return Drawing(text, rows([*tiles, *more, back]))


def heard(sheet: Sheet) -> Drawing:
    """Show what those have said who could not come."""
    facts = sheet.facts
    said = [
        sheet.say("minutes.word_of", name=one["name"], words=one["words"])
        for one in facts["said"][:WORDS]
    ]
    rest = len(facts["said"]) - WORDS
    more = sheet.say("minutes.more_words", n=rest) if rest > 0 else ""
    text = lines(sheet.say("minutes.heard" if said else "minutes.heard_none"), *said, more)
    return Drawing(text, rows([sheet.button("back", _press(facts, "home"))]))


def _results(sheet: Sheet) -> list[Markup]:
    """Return what came of each item, two lines each at most."""
    found = []
    for one in sheet.facts["items"][:SHOWN]:
        found.append(item(sheet, one))
        what = sheet.say(f"conclusion.{one['conclusion']}")
        parts = [what, sheet.say("minutes.said", words=one["said"]) if one["said"] else ""]
        if one["until"]:
            parts += [sheet.say("minutes.owner", name=one["owner"]),
                      sheet.say("minutes.by", day=day(sheet, one["until"]))]  # fmt: skip
        found.append(Markup("   " + " — ".join(part for part in parts if part)))
    rest = len(sheet.facts["items"]) - SHOWN
    return [*found, sheet.say("minutes.more", n=rest)] if rest > 0 else found


def review(sheet: Sheet) -> Drawing:
    """Ask those who came whether the minutes are right."""
    facts = sheet.facts
    by = sheet.when(facts["public_at"], facts["zone"])
    text = lines(sheet.say("minutes.review", name=name(sheet, facts)), *_results(sheet),
                 sheet.say("minutes.review_by", by=by))  # fmt: skip
    buttons = [sheet.button("is_right", _press(facts, "right")),
               sheet.button("is_wrong", _press(facts, "wrong"))]  # fmt: skip
    return Drawing(text, rows(buttons))


def objected(sheet: Sheet) -> Drawing:
    """Tell the secretary what somebody finds wrong."""
    facts = sheet.facts
    text = lines(sheet.say("minutes.objected", who=facts["who"], name=name(sheet, facts)),
                 sheet.say("agenda.words_long", words=facts["words"]))  # fmt: skip
    return Drawing(text, rows([sheet.button("write_minutes", _press(facts, "home"))]))


def public(sheet: Sheet) -> Drawing:
    """Tell everybody what was decided."""
    facts = sheet.facts
    when = sheet.when(facts["starts"], facts["zone"])
    key = "minutes.public" if facts["items"] else "minutes.public_nothing"
    text = lines(
        sheet.say(key, name=name(sheet, facts), when=when, n=len(facts["items"])),
        *_results(sheet),
    )
    buttons = [sheet.button("whole_minutes", _press(facts, "page"))]
    if facts["actions"]:
        press = Press("action", "list", facts["id"], facts["version"])
        buttons.append(sheet.button("follow_up", press))
    return Drawing(text, rows(buttons))


def document(sheet: Sheet) -> Drawing:
    """Hand over the minutes as a document."""
    makes = MeetingFile.WORD if sheet.kind == "minutes.word" else MeetingFile.PAGE
    when = sheet.when(sheet.facts["starts"], sheet.facts["zone"])
    text = sheet.say("minutes.document", name=name(sheet, sheet.facts), when=when)
    return Drawing(text, makes=makes)


KINDS: Kinds = {
    **dict.fromkeys(("minutes.draft", "minutes.nag"), draft),
    "minutes.lapsed": lapsed,
    "minutes.home": start,
    "minutes.items": choose,
    "minutes.item": conclude,
    "minutes.owner": owner,
    "minutes.until": until,
    "minutes.say": say,
    **dict.fromkeys(("minutes.owner_write", "minutes.until_write", "minutes.wrong"), write),
    "minutes.people": people,
    "minutes.heard": heard,
    "minutes.review": review,
    "minutes.objected": objected,
    "minutes.public": public,
    **dict.fromkeys(("minutes.word", "minutes.page"), document),
    **dict.fromkeys(("minutes.thanks", "minutes.noted"), plainly),
}
