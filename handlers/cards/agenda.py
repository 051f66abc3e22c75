"""Residents' topics: what whoever proposes one hears, and what the secretary decides about."""

from bot.domain.letter import Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines, plainly, rows
from handlers.cards.meeting import day, item, name


def _topic(sheet: Sheet, *, long: bool = False) -> Markup:
    """Return the topic, or its beginning by which whoever proposed it knows it."""
    words = sheet.facts["words"]
    if not words:
        return sheet.say("agenda.spoken")
    return sheet.say("agenda.words_long" if long else "agenda.words", words=words)


def _when(sheet: Sheet) -> str:
    held = sheet.facts.get("meeting")
    return sheet.when(held["starts"], held["zone"]) if held else sheet.say("agenda.next_time")


def received(sheet: Sheet) -> Drawing:
    """Say that it is written down, until when there is an answer, and who thinks alike."""
    facts = sheet.facts
    answer = ""
    if facts["settled"]:
        answer = sheet.say("agenda.settled")
    elif facts["answer_by"]:
        by = sheet.when(facts["answer_by"], facts["zone"])
        answer = sheet.say("agenda.answer_by", by=by)
    else:
        answer = sheet.say("agenda.answer_later")
    alike = sheet.say("agenda.alike", n=facts["neighbours"]) if facts["neighbours"] else ""
    return Drawing(lines(sheet.say("agenda.received", topic=_topic(sheet)), answer, alike))


def on(sheet: Sheet) -> Drawing:
    """Say that it is on the agenda."""
    facts = sheet.facts
    key = "agenda.on" if facts["at"] else "agenda.on_soon"
    text = lines(sheet.say(key, at=facts["at"], when=_when(sheet)), _topic(sheet))
    held = facts["meeting"]
    if not held:
        return Drawing(text)
    press = Press("meeting", "show", held["id"], held["version"])
    return Drawing(text, rows([sheet.button("agenda", press)]))


def later(sheet: Sheet) -> Drawing:
    """Say why not this time, and when it comes."""
    why = sheet.word("topic_reason", sheet.facts["reason"])
    text = lines(_topic(sheet), sheet.say("agenda.later", why=why, when=_when(sheet)))
    return Drawing(text)


def not_on(sheet: Sheet) -> Drawing:
    """Say kindly why it is not on the agenda."""
    why = sheet.word("topic_reason", sheet.facts["reason"])
    return Drawing(lines(_topic(sheet), sheet.say("agenda.not_on", why=why)))


def proposed(sheet: Sheet) -> Drawing:
    """Ask the secretary whether it comes on."""
    facts = sheet.facts
    n = facts["together"]
    held = facts["meeting"]
    text = lines(
        sheet.say("agenda.proposed", name=name(sheet, held), when=_when(sheet))
        if held
        else sheet.say("agenda.proposed_next"),
        _topic(sheet, long=True),
        sheet.say("agenda.together", n=n) if n else "",
    )
    buttons = [
        sheet.button("topic_on", _press(sheet, "accept")),
        sheet.button("topic_later", _press(sheet, "later")),
        sheet.button("topic_off", _press(sheet, "refuse")),
    ]
    return Drawing(text, rows(buttons))


def reason(sheet: Sheet) -> Drawing:
    """Ask why not."""
    facts = sheet.facts
    verb = "why_later" if facts["later"] else "why_not"
    tiles = [
        sheet.button("choice", _press(sheet, verb, one), name=sheet.word("topic_reason", one))
        for one in facts["reasons"]
    ]
    text = lines(sheet.say("agenda.reason"), _topic(sheet, long=True))
    return Drawing(text, rows([*tiles, sheet.button("back", _press(sheet, "show"))]))


def voice(sheet: Sheet) -> Drawing:
    """Let the topic be heard that was spoken."""
    return Drawing(sheet.say("agenda.voice"), file=("voice", sheet.facts["voice"]))


def outcome(sheet: Sheet) -> Drawing:
    """Tell whose case or topic it was what the meeting concluded."""
    facts = sheet.facts
    held = facts["item"]
    end = ""
    if held["until"]:
        end = sheet.say("agenda.does", owner=held["owner"], until=day(sheet, held["until"]))
    text = lines(
        sheet.say("agenda.outcome", name=name(sheet, facts)),
        item(sheet, {**held, "at": 0, "late_days": 0}),
        sheet.say(f"conclusion.{held['conclusion']}"),
        sheet.say("agenda.said", words=held["said"]) if held["said"] else "",
        end,
    )
    follow = sheet.button("follow_up", Press("action", "list", facts["id"], facts["version"]))
    return Drawing(text, rows([follow]) if end else ())


def put_off(sheet: Sheet) -> Drawing:
    """Tell whose case it is that nothing came of the meeting."""
    facts = sheet.facts
    return Drawing(sheet.say("agenda.put_off", name=name(sheet, facts), number=facts["of_case"]))


def lapsed(sheet: Sheet) -> Drawing:
    """Tell whose case it is that nobody wrote the minutes, and where it is spoken of now."""
    facts = sheet.facts
    key = "agenda.lapsed_up" if facts["climbs"] else "agenda.lapsed"
    return Drawing(sheet.say(key, name=name(sheet, facts), number=facts["of_case"]))


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    return Press("agenda", verb, sheet.facts["id"], sheet.facts["version"], choice)


KINDS: Kinds = {
    "agenda.received": received,
    "agenda.on": on,
    "agenda.later": later,
    "agenda.not_on": not_on,
    "agenda.proposed": proposed,
    "agenda.reason": reason,
    "agenda.voice": voice,
    "agenda.outcome": outcome,
    "agenda.put_off": put_off,
    "agenda.lapsed": lapsed,
    **dict.fromkeys(("agenda.write", "agenda.decided"), plainly),
}
