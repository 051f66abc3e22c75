"""Who would like to be a volunteer: tiles to tick, what waits, what has become of it."""

from collections.abc import Sequence

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines, next_page, plainly, rows, turning

ALL = "all"  # how "anywhere" stands in a button


def edit(sheet: Sheet) -> Drawing:
    """Ask what somebody can do; where they go is shown beneath."""
    facts = sheet.facts
    tiles = [
        sheet.button(
            "ticked" if one["on"] else "unticked",
            _press(sheet, "tick", f"{one['code']}:{'off' if one['on'] else 'on'}"),
            name=sheet.word("skill", one["code"]),
        )
        for one in facts["tiles"]
    ]
    tiles += next_page(sheet, lambda page: _press(sheet, "skills", page))
    key = "volunteer.edit_of" if facts["name"] else "volunteer.edit"
    text = lines(
        sheet.say(key if facts["tiles"] else "volunteer.edit_where", name=facts["name"]),
        *_serves(sheet, facts["skills"], facts["where"]),
    )
    return Drawing(text, rows([*tiles, sheet.button("go_where", _press(sheet, "where")),
                               *_below(sheet)]))  # fmt: skip


def _below(sheet: Sheet) -> list[Button]:
    """Return how it is handed in, or left; what waits is kept with each tick."""
    facts = sheet.facts
    if not facts["sends"]:
        return [sheet.button("back", _press(sheet, "show"))]
    if facts["anew"]:
        return [sheet.button("sign_up", _press(sheet, "send")),
                sheet.button("sign_off", _press(sheet, "drop"))]  # fmt: skip
    return [sheet.button("changed_so", _press(sheet, "keep" if facts["name"] else "send")),
            sheet.button("change_not", _press(sheet, "drop"))]  # fmt: skip


def where(sheet: Sheet) -> Drawing:
    """Ask where somebody goes."""
    facts = sheet.facts
    tiles = [
        sheet.button(
            "choice", _press(sheet, "area", one["area"] or ALL), name=_where(sheet, one["where"])
        )
        for one in facts["tiles"]
    ]
    key = "volunteer.where_of" if facts["name"] else "volunteer.where"
    back = sheet.button("back", _press(sheet, "skills", "0"))
    return Drawing(sheet.say(key, name=facts["name"]), rows([*tiles, back]))


def waiting(sheet: Sheet) -> Drawing:
    """Say that it was handed in."""
    facts = sheet.facts
    text = lines(
        sheet.say("volunteer.waiting"),
        *_serves(sheet, facts["skills"], facts["where"]),
        sheet.say("volunteer.waiting_next"),
    )
    buttons = [sheet.button("change_it", _press(sheet, "edit")),
               sheet.button("sign_off", _press(sheet, "drop")), _settings(sheet)]  # fmt: skip
    return Drawing(text, rows(buttons))


def mine(sheet: Sheet) -> Drawing:
    """Show a volunteer what they do and where."""
    facts = sheet.facts
    text = lines(
        sheet.say("volunteer.mine"),
        *_serves(sheet, facts["skills"], facts["where"]),
        sheet.say("volunteer.mine_waits") if facts["waits"] else "",
    )
    choose = (
        sheet.button("change_not", _press(sheet, "drop"))
        if facts["waits"]
        else sheet.button("change_it", _press(sheet, "edit"))
    )
    stops = sheet.button("stop_volunteering", _press(sheet, "stop"))
    return Drawing(text, rows([choose, stops, _settings(sheet)]))


def stop(sheet: Sheet) -> Drawing:
    """Ask once more whether it ends."""
    buttons = [sheet.button("stop_for_sure", Press("volunteer", "end", 0, 0)),
               sheet.button("back", Press("volunteer", "home", 0, 0))]  # fmt: skip
    return Drawing(sheet.say("volunteer.stop"), rows(buttons))


def listing(sheet: Sheet) -> Drawing:
    """List who waits."""
    held = sheet.facts["wishes"]
    text = lines(
        sheet.say("volunteer.list", n=sheet.facts["total"])
        if held
        else sheet.say("volunteer.list_none"),
        *(
            sheet.say(
                "volunteer.line",
                name=one["name"],
                skills=_skills(sheet, one["skills"]),
                where=_where(sheet, one["where"]),
            )
            for one in held
        ),
    )
    tiles = [sheet.button("somebody", Press("volunteer", "show", one["id"], 0), name=one["name"])
             for one in held]  # fmt: skip
    more = turning(sheet, Press("volunteer", "list", 0, 0))
    back = sheet.button("all_people", Press("people", "list", 0, 0))
    return Drawing(text, (*rows(tiles), *rows([*more, back])))


def card(sheet: Sheet) -> Drawing:
    """Show an organizer who would like to be a volunteer, or to do something else."""
    facts = sheet.facts
    text = lines(
        _who(sheet),
        *_serves(sheet, facts["skills"], facts["where"]),
        _was(sheet),
        sheet.say("volunteer.shut_out") if facts["shut_out"] else _reach(sheet),
    )
    buttons = [
        sheet.button("agree", _press(sheet, "agree")),
        sheet.button("change_it", _press(sheet, "skills", "0")),
        sheet.button("not_fitting", _press(sheet, "refuse")),
        sheet.button("all_wishes", Press("volunteer", "list", 0, 0)),
    ]
    return Drawing(text, rows(buttons))


def _who(sheet: Sheet) -> Markup:
    facts = sheet.facts
    home = facts["home"] or sheet.say("settings.home_unknown")
    key = "volunteer.card_change" if facts["was"] else "volunteer.card"
    return sheet.say(key, name=facts["name"], home=home)


def _was(sheet: Sheet) -> str:
    was = sheet.facts["was"]
    if not was:
        return ""
    return sheet.say("volunteer.was", skills=_skills(sheet, was["skills"]),
                     where=_where(sheet, was["where"]))  # fmt: skip


def _reach(sheet: Sheet) -> str:
    return "" if sheet.facts["reachable"] else sheet.say("people.unreachable")


def reason(sheet: Sheet) -> Drawing:
    """Ask why not."""
    tiles = [
        sheet.button("choice", _press(sheet, "why", one), name=sheet.word("wish_reason", one))
        for one in sheet.facts["reasons"]
    ]
    back = sheet.button("back", _press(sheet, "show"))
    text = sheet.say("volunteer.reason", name=sheet.facts["name"])
    return Drawing(text, rows([*tiles, back]))


def wished(sheet: Sheet) -> Drawing:
    """Tell an organizer of a wish."""
    facts = sheet.facts
    text = lines(
        sheet.say("volunteer.wished", name=facts["name"]),
        *_serves(sheet, facts["skills"], facts["where"]),
    )
    return Drawing(text, rows([sheet.button("look_at_it", _press(sheet, "show"))]))


def served(sheet: Sheet) -> Drawing:
    """Welcome a volunteer, or tell what has changed for them."""
    facts = sheet.facts
    text = lines(
        sheet.say(sheet.kind),
        *_serves(sheet, facts["skills"], facts["where"]),
        sheet.say(f"{sheet.kind}_next"),
    )
    return Drawing(text, rows([sheet.button("my_volunteering", Press("volunteer", "home", 0, 0))]))


def refused(sheet: Sheet) -> Drawing:
    """Say kindly why not this time."""
    facts = sheet.facts
    key = "volunteer.refused_change" if facts["volunteer"] else "volunteer.refused"
    return Drawing(sheet.say(key, why=sheet.word("wish_said", facts["reason"])))


def _serves(sheet: Sheet, skills: Sequence[str], where_: Sequence[str]) -> list[Markup]:
    return [
        sheet.say("volunteer.can", skills=_skills(sheet, skills)),
        sheet.say("volunteer.goes", where=_where(sheet, where_)),
    ]


def _skills(sheet: Sheet, codes: Sequence[str]) -> str:
    named = [sheet.word("skill", one) for one in codes]
    return _joined(sheet, named) or sheet.say("volunteer.anything")


def _where(sheet: Sheet, named: Sequence[str]) -> str:
    return _joined(sheet, named) or sheet.say("volunteer.anywhere")


def _joined(sheet: Sheet, names: Sequence[str]) -> str:
    """Return plain text, so that it is cut to the room that there is."""
    return str(sheet.say("people.and")).join(names)


def _settings(sheet: Sheet) -> Button:
    return sheet.button("back", Press("settings", "home", 0, 0))


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    facts = sheet.facts
    return Press("volunteer", verb, facts["id"], facts.get("version", 0), choice)


_SAID = ("write", "left", "stopped", "you_stopped", "you_refused")
KINDS: Kinds = {
    "volunteer.edit": edit,
    "volunteer.where": where,
    "volunteer.waiting": waiting,
    "volunteer.mine": mine,
    "volunteer.stop": stop,
    "volunteer.list": listing,
    "volunteer.card": card,
    "volunteer.reason": reason,
    "volunteer.wished": wished,
    **dict.fromkeys(("volunteer.welcome", "volunteer.changed"), served),
    "volunteer.refused": refused,
    **dict.fromkeys([f"volunteer.{one}" for one in _SAID], plainly),
}
