"""A survey in the making: templates, the draft, one question, whom it means, when it begins."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.domain.survey import RUNS
from bot.domain.survey_question import END, Kind
from bot.domain.survey_template import TEMPLATES
from bot.texts import Markup
from handlers.cards.broadcast_whom import meeting_tiles, to_whom
from handlers.cards.common import Kinds, Sheet, lines, next_page, rows
from handlers.cards.survey import option_name

NOUN = "compose"
_SHOWN = 4  # questions on the card of the draft
Facts = Mapping[str, Any]


def choose(sheet: Sheet) -> Drawing:
    """Offer to begin with nothing, or with a template."""
    blank = _button(sheet, "compose_blank", "new")
    ready = [_button(sheet, f"compose_{one}", "new", one) for one in TEMPLATES]
    back = sheet.button("back", Press("survey", "list", 0, 0))
    return Drawing(sheet.say(sheet.kind), rows([blank, *ready, back]))


def draft(sheet: Sheet) -> Drawing:
    """Show the draft with everything that can be changed."""
    facts, asked = sheet.facts, sheet.facts["questions"]
    title = facts["title"] or sheet.say("compose.no_title")
    said = [
        sheet.say("compose.line", n=at, words=one["words"], what=_kind(sheet, one["what"]))
        for at, one in enumerate(asked[:_SHOWN], start=1)
    ]
    left = len(asked) - _SHOWN
    more = sheet.say("compose.more", n=left) if left > 0 else ""
    text = lines(sheet.say("compose.draft", title=title), *said, more, _whom(sheet), _when(sheet))
    secret = "ticked" if facts["anonymous"] else "unticked"
    edits = [_button(sheet, "compose_edit", "edit", "0")] if asked else []
    return Drawing(
        text,
        rows(
            [
                _button(sheet, "compose_add", "add"),
                *edits,
                _button(sheet, "compose_whom", "whom"),
                _button(sheet, "compose_when", "when"),
                sheet.button(secret, _press(sheet, "secret"), name=sheet.say("compose.secret")),
                _button(sheet, "compose_title", "title"),
                _button(sheet, "compose_send", "send"),
                _button(sheet, "compose_drop", "drop"),
            ]
        ),
    )


def _kind(sheet: Sheet, code: str) -> Markup:
    return sheet.say(f"compose.kind_{Kind(code).value}")


def _whom(sheet: Sheet) -> Markup:
    whom, facts = sheet.facts["whom"], sheet.facts
    parts = [sheet.named(one) for one in whom["parts"]]
    roles = [sheet.say(f"role.{one}") for one in whom["roles"]]
    named = sheet.say("compose.between").join([*parts, *roles])
    name = named or sheet.say("compose.everybody")
    if not (whom["parts"] or whom["roles"] or whom["everybody"]):
        name = to_whom(sheet, whom)
    if facts["closed_cases"]:
        return sheet.say("compose.to_closed", name=name, n=facts["reached"])
    return sheet.say("compose.to", name=name, n=facts["reached"])


def _when(sheet: Sheet) -> Markup:
    facts = sheet.facts
    if facts["until"]:
        ends, starts = (sheet.when(facts[one], facts["zone"]) for one in ("ends", "starts"))
        if facts["term"] == "now":
            return sheet.say("compose.now_until", ends=ends)
        return sheet.say("compose.at_until", at=starts, ends=ends)
    if facts["term"] == "now":
        return sheet.say("compose.now", days=facts["days"])
    return sheet.say("compose.at", at=sheet.when(facts["starts"], facts["zone"]), n=facts["days"])


def ask(sheet: Sheet) -> Drawing:
    """Ask for words: a title, a question, its options."""
    return Drawing(sheet.say(sheet.kind), rows([_home(sheet)]))


def kind(sheet: Sheet) -> Drawing:
    """Ask what the answers to a new question look like."""
    tiles = [_button(sheet, f"compose_{one.value}", "kind", one.value) for one in Kind]
    return Drawing(sheet.say(sheet.kind), rows([*tiles, _home(sheet)]))


def edit(sheet: Sheet) -> Drawing:
    """Show one question, with what can be done with it."""
    facts, one = sheet.facts, sheet.facts["question"]
    at, names = facts["at"], _names(sheet, one)
    leads = [
        sheet.say("compose.leads", name=names[held["option"]], to=_target(sheet, held["to"]))
        for held in one["leads"]
    ]
    text = lines(
        sheet.say("compose.edit", n=at + 1, of=facts["of"], words=one["words"]),
        sheet.say("compose.is", what=_kind(sheet, one["what"]), names=" · ".join(names)),
        *leads,
    )
    following = str((at + 1) % facts["of"])
    buttons = [
        _button(sheet, "compose_words", "words", str(at)),
        *([_button(sheet, "compose_options", "options", str(at))] if one["options"] else []),
        *([_button(sheet, "compose_lead", "lead", str(at))] if one["may_lead"] else []),
        _button(sheet, "compose_out", "out", str(at)),
        *([_button(sheet, "compose_next", "edit", following)] if facts["of"] > 1 else []),
        _button(sheet, "compose_whole", "whole"),
        _home(sheet),
    ]
    return Drawing(text, rows(buttons))


def _names(sheet: Sheet, one: Facts) -> list[str]:
    code = Kind(one["what"])
    return [option_name(sheet, code, one["options"], at) for at in range(one["size"])]


def _target(sheet: Sheet, to: int) -> Markup:
    return sheet.say("compose.to_end") if to == END else sheet.say("compose.to_question", n=to + 1)


def lead(sheet: Sheet) -> Drawing:
    """Ask which answer leads somewhere else."""
    at, one = sheet.facts["at"], sheet.facts["question"]
    tiles = [
        sheet.button("choice", _press(sheet, "lead", f"{at}.{option}"), name=name)
        for option, name in enumerate(_names(sheet, one))
    ]
    return Drawing(sheet.say(sheet.kind, words=one["words"]), rows([*tiles, _home(sheet)]))


def lead_to(sheet: Sheet) -> Drawing:
    """Ask where that answer leads."""
    facts = sheet.facts
    at, option = facts["at"], facts["option"]
    name = _names(sheet, facts["question"])[option]
    targets = [*facts["targets"], END]
    tiles = [
        sheet.button(
            "choice", _press(sheet, "lead", f"{at}.{option}.{to}"), name=_target(sheet, to)
        )
        for to in targets
    ]
    more = next_page(sheet, lambda page: _press(sheet, "further", f"{at}.{option}.{page}"))
    return Drawing(sheet.say(sheet.kind, name=name), rows([*tiles, *more, _home(sheet)]))


def whole(sheet: Sheet) -> Drawing:
    """Show everything that will be asked, and where answers lead."""
    facts = sheet.facts
    title = facts["title"] or sheet.say("compose.no_title")
    secret = sheet.say("compose.secret") if facts["anonymous"] else sheet.say("compose.named")
    head = sheet.say("compose.whole", title=title, n=len(facts["questions"]), secret=secret)
    shown = enumerate(facts["shown"], start=facts["first"])
    said = [line for at, one in shown for line in _asked(sheet, at, one)]
    more = next_page(sheet, lambda page: _press(sheet, "whole", page))
    return Drawing(lines(head, *said), rows([*more, _home(sheet)]))


def _asked(sheet: Sheet, at: int, one: Facts) -> list[str]:
    led = {held["option"]: _target(sheet, held["to"]) for held in one["leads"]}
    names = [
        sheet.say("compose.option_leads", name=name, to=led[option]) if option in led else name
        for option, name in enumerate(_names(sheet, one))
    ]
    head = sheet.say("compose.asked", n=at + 1, words=one["words"], what=_kind(sheet, one["what"]))
    return [head, sheet.say("compose.options_of", names=" · ".join(names)) if names else ""]


def whom(sheet: Sheet) -> Drawing:
    """Ask whom it means."""
    verbs = ("everybody", "buildings", "roles", "closed", "teams", "meetings", "case")
    tiles = [_button(sheet, f"compose_{one}", one) for one in verbs]
    return Drawing(lines(sheet.say(sheet.kind), _whom(sheet)), rows([*tiles, _home(sheet)]))


def buildings(sheet: Sheet) -> Drawing:
    """Let buildings be ticked, a page at a time."""
    page = sheet.facts["page"]
    tiles = [
        sheet.button(
            "ticked" if one["ticked"] else "unticked",
            _press(sheet, "tick", f"{one['code']}.{page}.{'-' if one['ticked'] else '+'}"),
            name=one["name"],
        )
        for one in sheet.facts["tiles"]
    ]
    more = next_page(sheet, lambda to: _press(sheet, "buildings", to))
    return Drawing(
        lines(sheet.say(sheet.kind), _whom(sheet)), rows([*tiles, *more, _home(sheet, "picked")])
    )


def roles(sheet: Sheet) -> Drawing:
    """Let a role be chosen."""
    tiles = [
        sheet.button("choice", _press(sheet, "role", one), name=sheet.say(f"role.{one}"))
        for one in sheet.facts["roles"]
    ]
    return Drawing(sheet.say(sheet.kind), rows([*tiles, _home(sheet)]))


def teams(sheet: Sheet) -> Drawing:
    """Let a team be chosen."""
    tiles = [
        sheet.button("choice", _press(sheet, "teams", one["code"]), name=one["name"])
        for one in sheet.facts["teams"]
    ]
    text = sheet.say("broadcast.teams" if tiles else "broadcast.teams_none")
    return Drawing(text, rows([*tiles, _home(sheet)]))


def case(sheet: Sheet) -> Drawing:
    """Ask for the number of a case."""
    again = sheet.say("broadcast.no_such_case") if sheet.facts["again"] else ""
    return Drawing(lines(again, sheet.say("broadcast.case")), rows([_home(sheet)]))


def meetings(sheet: Sheet) -> Drawing:
    """Let a meeting be chosen."""
    tiles = meeting_tiles(sheet, lambda id_: _press(sheet, "meetings", id_))
    text = sheet.say("broadcast.meetings" if tiles else "broadcast.meetings_none")
    return Drawing(text, rows([*tiles, _home(sheet)]))


def when(sheet: Sheet) -> Drawing:
    """Ask when it begins and how long it runs."""
    starts = [_button(sheet, f"compose_{one}", "start", one) for one in ("now", "morning")]
    runs = [
        sheet.button("compose_days", _press(sheet, "days", str(one)), n=str(one)) for one in RUNS
    ]
    typed = [_button(sheet, f"compose_{one}", one) for one in ("from", "until")]
    buttons = [*starts, typed[0], *runs, typed[1], _home(sheet)]
    return Drawing(lines(sheet.say(sheet.kind), _when(sheet)), rows(buttons))


def _home(sheet: Sheet, name: str = "back") -> Button:
    return _button(sheet, name, "home")


def _button(sheet: Sheet, name: str, verb: str, choice: str = "") -> Button:
    return sheet.button(name, _press(sheet, verb, choice))


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    return Press(NOUN, verb, sheet.facts.get("draft", 0), 0, choice)


KINDS: Kinds = {
    "compose.choose": choose,
    "compose.draft": draft,
    **dict.fromkeys(("compose.title", "compose.words", "compose.options"), ask),
    **dict.fromkeys(("compose.from_when", "compose.until_when"), ask),
    "compose.teams": teams,
    "compose.case": case,
    "compose.meetings": meetings,
    "compose.kind": kind,
    "compose.edit": edit,
    "compose.lead": lead,
    "compose.lead_to": lead_to,
    "compose.whole": whole,
    "compose.whom": whom,
    "compose.buildings": buildings,
    "compose.roles": roles,
    "compose.when": when,
}
