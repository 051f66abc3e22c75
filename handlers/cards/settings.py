"""The card of settings, and the questions behind it."""

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup, label
from handlers.cards.common import Rows, Sheet, rows

MOST_UNITS = 7
_NEXT = {"each": "daily", "daily": "less", "less": "each"}
OTHER_LANGUAGE = {"zh_CN": "en", "en": "zh_CN"}


def home(sheet: Sheet) -> Drawing:
    """Show what is chosen; each button says what it is about, and how it stands."""
    facts = sheet.facts
    other = OTHER_LANGUAGE[sheet.language]
    quiet = _switch(sheet, "quiet") if not facts["serves"] else _hours(sheet)
    buttons = [
        sheet.button("told_of", _press("often")),
        quiet,
        _switch(sheet, "large"),
        sheet.button("my_home", _press("buildings", "0")),
        Button(label("language", other), _press("speak", other).data),
    ]
    buttons.append(sheet.button("bound_homes", Press("residence", "home", 0, 0)))
    buttons.append(sheet.button("kin_home", Press("kin", "home", 0, 0)))
    buttons.append(_volunteer(sheet))
    home_ = facts["home"] or sheet.say("settings.home_unknown")
    state = "settings.quiet_on" if facts["quiet"] else "settings.quiet_off"
    text = sheet.say("settings.home", home=home_, quiet=sheet.say(state, hours=facts["hours"]))
    return Drawing(text, rows(buttons))


def often(sheet: Sheet) -> Drawing:
    """Show of what somebody wants to hear; a press goes on to the next of three ways."""
    sorts = [
        sheet.button(
            f"often_{one['sort']}",
            _press("wish", f"{one['sort']}.{_NEXT[one['often']]}"),
            how=sheet.word("often", one["often"]),
        )
        for one in sheet.facts["sorts"]
    ]
    buttons = [_switch(sheet, "alerts"), *sorts, sheet.button("back", _press("home"))]
    return Drawing(sheet.say(sheet.kind), rows(buttons, width=1))


def _switch(sheet: Sheet, name: str) -> Button:
    on = sheet.facts[name]
    state = label("switched_on" if on else "switched_off", sheet.language)
    return sheet.button(f"switch_{name}", _press(name, "off" if on else "on"), state=state)


def _volunteer(sheet: Sheet) -> Button:
    to = Press("volunteer", "home", 0, 0)
    if sheet.facts["volunteer"]:
        return sheet.button("my_volunteering", to)
    state = label("switched_on" if sheet.facts["wish"] else "switched_off", sheet.language)
    return sheet.button("wish_volunteer", to, state=state)


def _hours(sheet: Sheet) -> Button:
    return sheet.button("quiet_hours", _press("hours"))


def begins(sheet: Sheet) -> Drawing:
    """Ask when the quiet hours begin; they can be left off."""
    off = sheet.button("quiet_never", _press("quiet", "off"))
    return Drawing(sheet.say("settings.begins"), (*_times(sheet, ""), *rows([off])))


def ends(sheet: Sheet) -> Drawing:
    """Ask when the quiet hours end."""
    begins_ = sheet.facts["begins"]
    text = sheet.say("settings.ends", begins=begins_)
    return Drawing(text, _times(sheet, begins_.replace(":", "") + "-"))


def _times(sheet: Sheet, before: str) -> Rows:
    return rows(
        Button(one, _press("hours", before + one.replace(":", "")).data)
        for one in sheet.facts["times"]
    )


def bind(sheet: Sheet) -> Drawing:
    """Ask for the building; it can be left open."""
    facts = sheet.facts
    tiles = [
        sheet.button("tile", _press("building", one["code"]), name=sheet.named(one["name"]))
        for one in facts["buildings"]
    ]
    if facts["pages"] > 1:
        tiles.append(sheet.button("more", _press("buildings", str(facts["page"] + 1))))
    tiles.append(sheet.button("fill_in_later", _press("later")))
    return Drawing(sheet.say("menu.bind"), rows(tiles))


def unit(sheet: Sheet) -> Drawing:
    """Ask for the unit of the building."""
    building = sheet.facts["building"]
    tiles = [
        sheet.button("tile", _press("unit", f"{building['code']}-{one['code']}"), name=one["name"])
        for one in sheet.facts["units"][:MOST_UNITS]
    ]
    tiles.append(sheet.button("back", _press("buildings", "0")))
    text = sheet.say("draft.unit", building=sheet.named(building["name"]))
    return Drawing(text, rows(tiles))


def commands(sheet: Sheet) -> Drawing:
    """Set the menu of the chat; nothing is said."""
    given = tuple((one, sheet.say(f"command.{one}")) for one in sheet.facts["commands"])
    return Drawing(Markup(), commands=given)


def _press(verb: str, choice: str = "") -> Press:
    return Press("settings", verb, 0, 0, choice)
