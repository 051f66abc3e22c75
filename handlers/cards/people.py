"""What those see who give roles: lists, one person, tiles, the link, what waits for a second."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from handlers.cards.common import MOST_BUTTONS, Sheet, lines, rows, turning

MOST_SEATS = 3
MOST_ENDED = 7  # and the way back
MOST_WAITING = 3  # two buttons each, and the way back


def listing(sheet: Sheet) -> Drawing:
    """List who serves, with the ways to invite and to what waits for one's agreement."""
    facts = sheet.facts
    text = lines(
        sheet.say("people.list", n=facts["total"]) if facts["people"] else sheet.say("people.none"),
        *(_line(sheet, one) for one in facts["people"]),
        sheet.say("people.how"),
    )  # fmt: skip
    tiles = [sheet.button("somebody", _press("show", one["id"]), name=one["name"])
             for one in facts["people"]]  # fmt: skip
    more = [] if facts["words"] else turning(sheet, Press("people", "list", 0, 0))
    below = [sheet.button("invite_role", _press("invite"))]
    if facts["waiting"]:
        below.insert(0, sheet.button("to_agree", _press("waiting"), n=facts["waiting"]))
    if facts["wishes"]:
        wishes = Press("volunteer", "list", 0, 0)
        below.insert(0, sheet.button("volunteer_wishes", wishes, n=facts["wishes"]))
    room = MOST_BUTTONS - len(tiles) - len(more)  # the way to invite is on another page, then
    return Drawing(text, (*rows(tiles), *rows([*more, *below[:room]])))


def _line(sheet: Sheet, one: dict[str, Any]) -> str:
    named = one["roles"] or ["resident"]
    roles = sheet.say("people.and").join(sheet.word("role", role) for role in named)
    return sheet.say("people.line", name=one["name"], roles=roles)


def card(sheet: Sheet) -> Drawing:
    """Show one person and what they hold."""
    facts = sheet.facts
    text = lines(
        sheet.say("people.card", name=facts["name"]),
        *(_held(sheet, one) for one in facts["held"]),
        "" if facts["held"] else sheet.say("people.resident"),
        *_seats(sheet),
        *_lives(sheet),
        "" if facts["reachable"] else sheet.say("people.unreachable"),
        _block(sheet),
    )
    buttons = [sheet.button("give_role", _press("give", facts["id"]))]
    if facts["ends"]:
        buttons.append(sheet.button("take_role", _press("take", facts["id"])))
    if facts["volunteer"]:
        buttons.append(sheet.button("can_and_where", Press("volunteer", "change", facts["id"], 0)))
    if facts["block"] and facts["block"]["may"]:
        label, verb = ("lift_block", "lift") if facts["block"]["status"] else ("block", "start")
        buttons.append(sheet.button(label, Press("block", verb, facts["id"], 0)))
    buttons += [
        sheet.button("end_home", Press("residence", "end", one["id"], 0), n=n)
        for n, one in enumerate(facts["lives"]["homes"], start=1)
    ]
    if facts["lives"].get("guarded") and len(buttons) < MOST_BUTTONS - 1:
        buttons.append(sheet.button("guarded", _press("doors", facts["id"])))
    buttons.append(sheet.button("all_people", _press("list")))
    return Drawing(text, rows(buttons))


def _seats(sheet: Sheet) -> list[str]:
    """Return where somebody sits, from which day to which."""
    held = sheet.facts.get("seats", ())
    shown: list[str] = [
        sheet.say(
            "people.seat_until" if one["until"] else "people.seat",
            **{**one, "body": one["name"] or sheet.word("body", one["body"])},
        )
        for one in held[:MOST_SEATS]
    ]
    more = len(held) - len(shown)
    return [*shown, sheet.say("people.seats_more", n=more)] if more else shown


def _block(sheet: Sheet) -> str:
    """Return whether the person is shut out, and until when."""
    block = sheet.facts["block"]
    if not block or not block["status"]:
        return ""
    if block["until"]:
        return sheet.say(
            "people.block_until", until=sheet.when(block["until"], sheet.facts["zone"])
        )
    return sheet.say("people.block_asked" if block["status"] == "asked" else "people.block")


def _lives(sheet: Sheet) -> list[str]:
    """Return where somebody lives: shown by a word, or only said."""
    held = sheet.facts["lives"]
    homes = enumerate(held["homes"], start=1)
    shown: list[str] = [sheet.say("people.lives", n=n, home=one["home"]) for n, one in homes]
    if not shown and held["said"]:
        return [sheet.say("people.says", home=held["said"])]
    return shown


def _held(sheet: Sheet, one: dict[str, Any]) -> str:
    role, where = sheet.word("role", one["role"]), one["where"] or sheet.say("people.everywhere")
    if one["until"]:
        until = sheet.when(one["until"], sheet.facts["zone"])
        return sheet.say("people.held_until", role=role, where=where, until=until)
    return sheet.say("people.held", role=role, where=where)


def check(sheet: Sheet) -> Drawing:
    """Ask to look through who holds a role."""
    text = sheet.say("people.check", n=sheet.facts["n"], gone=sheet.facts["gone"])
    return Drawing(text, rows([_back(sheet)]))


def role(sheet: Sheet) -> Drawing:
    """Ask which role."""
    names = ((sheet.word("role", one), one) for one in sheet.facts["roles"])
    return _ask(sheet, names)


def term(sheet: Sheet) -> Drawing:
    """Ask for how long."""
    chosen = f"{sheet.facts['role']}:{sheet.facts['scope']}"
    names = ((sheet.say(f"term.{one}"), f"{chosen}:{one}") for one in sheet.facts["terms"])
    return _ask(sheet, names)


def where(sheet: Sheet) -> Drawing:
    """Ask in which part of the community."""
    facts = sheet.facts
    names = (
        (one["name"] or sheet.say("people.everywhere"), f"{facts['role']}:{one['code']}")
        for one in facts["places"]
    )
    if facts["pages"] == 1:
        return _ask(sheet, names)
    following = f"{facts['role']}:p{facts['page'] + 1}"
    return _ask(sheet, names, sheet.button("more", _press(facts["verb"], facts["id"], following)))


def _ask(sheet: Sheet, names: Iterable[tuple[str, str]], *more: Button) -> Drawing:
    facts = sheet.facts
    text = sheet.say(sheet.kind, name=facts["name"] or sheet.say("people.whoever"))
    tiles = [
        sheet.button("choice", _press(facts["verb"], facts["id"], choice), name=name)
        for name, choice in names
    ]
    return Drawing(text, rows([*tiles, *more, _back(sheet)]))


def take(sheet: Sheet) -> Drawing:
    """Ask which role ends."""
    facts = sheet.facts
    tiles = [
        sheet.button(
            "choice",
            _press("take", facts["id"], f"{one['role']}:{one['scope']}"),
            name=_named(sheet, one),
        )
        for one in facts["ends"][:MOST_ENDED]
    ]
    return Drawing(sheet.say("people.take", name=facts["name"]), rows([*tiles, _back(sheet)]))


def waiting(sheet: Sheet) -> Drawing:
    """List what waits for one's agreement, each with yes and no."""
    asked = sheet.facts["asked"][:MOST_WAITING]
    text = lines(
        sheet.say("people.waiting" if asked else "people.waiting_none"),
        *(sheet.say("people.asked", id=one["id"], name=one["name"],
                    role=_named(sheet, one)) for one in asked),
    )  # fmt: skip
    buttons = [
        sheet.button(label, _press(verb, one["id"]), n=one["id"])
        for one in asked
        for label, verb in (("agree_n", "agree"), ("refuse_n", "refuse"))
    ]
    return Drawing(text, (*rows(buttons), (sheet.button("all_people", _press("list")),)))


def asked(sheet: Sheet) -> Drawing:
    """Ask a second person."""
    facts = sheet.facts
    text = sheet.say("grant.ask", name=facts["name"], asker=facts["asker"],
                     role=_named(sheet, facts))  # fmt: skip
    buttons = [sheet.button("agree", _press("agree", facts["id"])),
               sheet.button("disagree", _press("refuse", facts["id"]))]  # fmt: skip
    return Drawing(text, rows(buttons))


def link(sheet: Sheet) -> Drawing:
    """Show the link, to be passed on."""
    named = _named(sheet, sheet.facts)
    text = sheet.say("people.link", role=named, link=sheet.facts["link"])
    return Drawing(text, rows([sheet.button("all_people", _press("list"))]))


def said(sheet: Sheet) -> Drawing:
    """Say what has become of a role."""
    named = _named(sheet, sheet.facts)
    return Drawing(sheet.say(sheet.kind, **{**sheet.facts, "role": named}))


def _named(sheet: Sheet, one: Mapping[str, Any]) -> str:
    """Return a role with the part in which it holds, if it is one."""
    role = sheet.word("role", one["role"])
    if not one.get("where"):
        return role
    return sheet.say("people.in_part", role=role, where=one["where"])


def _back(sheet: Sheet) -> Button:
    return sheet.button("all_people", _press("list"))


def _press(verb: str, id_: int = 0, choice: str = "") -> Press:
    return Press("people", verb, id_, 0, choice)
