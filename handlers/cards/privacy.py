"""What somebody sees of what is kept of them, and of being erased."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing, PersonFile
from bot.domain.press import Press
from bot.domain.retention import KINDS as DELETED
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines, plainly, rows

_IN_HAND = ("cases", "shifts", "rosters", "actions", "meetings")


def home(sheet: Sheet) -> Drawing:
    """Show how much there is, who may see it and who has looked."""
    facts = sheet.facts
    n = facts["counts"]
    said = n["remarks"] + n["answers"] + n["papers"]
    place = facts["home"] or sheet.say("privacy.no_home")
    planned = facts["planned"]
    text = lines(
        sheet.say("privacy.home"),
        sheet.say("privacy.kept", home=place, cases=n["cases"], photos=n["photos"], said=said),
        sheet.say("privacy.who"),
        sheet.say("privacy.minimal") if facts.get("minimal") else "",
        *(_look(sheet, one) for one in facts["looks"]),
        "" if facts["looks"] else sheet.say("privacy.nobody_looked"),
        _travels(sheet),
        sheet.say("privacy.goes_on", at=sheet.when(planned, facts["zone"])) if planned else "",
    )
    away = _stay(sheet) if planned else _button(sheet, "erase_me", "erase", facts["id"])
    return Drawing(text, rows([_button(sheet, "export_me", "export", 0), away, *_known(sheet)]))


def _travels(sheet: Sheet) -> Markup:
    """Say where messages travel, and since when the person knows."""
    held = sheet.facts["knows"]
    if not held["version"]:
        return sheet.say("privacy.travels")
    at = sheet.when(held["at"], sheet.facts["zone"])
    return sheet.say("privacy.travels_known", at=at, version=held["version"])


def _known(sheet: Sheet) -> list[Button]:
    held = sheet.facts["knows"]
    if held["version"] >= held["now"]:
        return []
    press = Press("consent", "known", sheet.facts["id"], held["now"], "privacy")
    return [sheet.button("known", press)]


def _look(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    return sheet.say(
        "privacy.look" if one["number"] else "privacy.look_home",
        at=sheet.when(one["at"], sheet.facts["zone"]),
        role=sheet.word("role", one["role"]),
        what=sheet.word("audited", one["what"]),
        number=one["number"],
    )


def erase(sheet: Sheet) -> Drawing:
    """Say what would become of it all, and ask once more."""
    facts = sheet.facts
    text = lines(
        sheet.say("privacy.erase"),
        sheet.say("privacy.open_cases", n=facts["open"]) if facts["open"] else "",
        sheet.say("privacy.closed_cases", n=facts["closed"]) if facts["closed"] else "",
        sheet.say("privacy.all_else"),
        sheet.say("privacy.grace"),
    )
    no = _button(sheet, "keep_me", "home", 0)
    return Drawing(text, rows([no, _button(sheet, "erase_yes", "erase_yes", facts["id"])]))


def planned(sheet: Sheet) -> Drawing:
    """Say when it is; until then it can be taken back."""
    facts = sheet.facts
    text = sheet.say(sheet.kind, at=sheet.when(facts["at"], facts["zone"]))
    return Drawing(text, rows([_stay(sheet), _button(sheet, "export_me", "export", 0)]))


def hand_over(sheet: Sheet) -> Drawing:
    """Say what somebody else has to take over before."""
    facts = sheet.facts
    roles = Markup(" · ").join(sheet.word("role", one) for one in facts.get("roles", ()))
    text = lines(
        sheet.say(sheet.kind),
        sheet.say("privacy.roles", roles=roles) if roles else "",
        sheet.say("privacy.last_admin") if facts.get("last_admin") else "",
        *(sheet.say(f"privacy.{one}", n=facts[one]) for one in _IN_HAND if facts.get(one)),
    )
    return Drawing(text, rows([_button(sheet, "back", "home", 0)]))


def export(sheet: Sheet) -> Drawing:
    """Hand over the file with everything."""
    failed = sheet.say("privacy.export_failed")
    return Drawing(sheet.say(sheet.kind), makes=PersonFile.EVERYTHING, instead=failed)


def photos(sheet: Sheet) -> Drawing:
    """Show pictures that the person has sent."""
    return Drawing(sheet.say(sheet.kind), photos=tuple(sheet.facts["photos"]))


def file(sheet: Sheet) -> Drawing:
    """Show something else that the person has sent."""
    facts = sheet.facts
    text = sheet.say(sheet.kind, what=sheet.say("file_kind." + facts["file_kind"]))
    return Drawing(text, file=(facts["file_kind"], facts["file"]))


def _stay(sheet: Sheet) -> Button:
    return _button(sheet, "stay", "stay", sheet.facts.get("id", 0))


def _button(sheet: Sheet, name: str, verb: str, id_: int) -> Button:
    return sheet.button(name, Press("privacy", verb, id_, 0))


def report(sheet: Sheet) -> Drawing:
    """Say what was deleted in a month because it was kept long enough, or somebody wished so."""
    deleted = sheet.facts["deleted"]
    text = lines(
        sheet.say("retention.report", month=sheet.facts["month"]),
        *(sheet.say(f"retention.{one}", n=deleted[one]) for one in DELETED if deleted.get(one)),
        "" if deleted else sheet.say("retention.nothing"),
    )
    return Drawing(text)


KINDS: Kinds = {
    "retention.report": report,
    "privacy.home": home,
    "privacy.erase": erase,
    "privacy.planned": planned,
    "privacy.tomorrow": planned,
    "privacy.stays": plainly,
    "privacy.hand_over": hand_over,
    "privacy.not_erased": hand_over,
    "privacy.export": export,
    "privacy.photos": photos,
    "privacy.file": file,
    "privacy.case_gone": plainly,
}
