"""What Linli says, in each of its languages, and the one place where HTML is escaped.

The texts stand in zh_CN.toml and en.toml; `t` fills one with its facts. Nothing here knows cards,
messengers or people.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from bot.texts.template import Markup, Template, tidy, unmarked

__all__ = [
    "LANGUAGES",
    "Markup",
    "has",
    "label",
    "labels_without_facts",
    "plain",
    "report_sheets",
    "sheets",
    "spoken",
    "t",
    "tidy",
    "unmarked",
    "when",
    "words",
]
LANGUAGES = ("zh_CN", "en")
NEXT_DAYS = 6  # days ahead in which the weekday alone says which day is meant
FAR = 180  # days from which on a date is read with its year
SAID = 4096  # instants whose words are kept ready
_ERASED, _GONE = "\ue5ed", "person.erased"  # bot.domain.person.ERASED, and the word for it


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


_TEXTS = {
    language: {key: Template.parse(text) for key, text in _flat(_read(language))}
    for language in LANGUAGES
}


def t(key: str, language: str, /, **facts: Any) -> Markup:
    """Return the text of `key` as HTML; facts are words, whole numbers or Markup.

    Raises KeyError for a key, language or fact that is missing.
    """
    return Markup(_with_pseudonyms(_TEXTS[language][key].html(facts), language))


def plain(key: str, language: str, /, **facts: Any) -> str:
    """Return the text of `key` for a place without HTML: a toast, a command's description.

    A list among the facts holds the code words of roles; see `spoken`.
    """
    return _with_pseudonyms(_TEXTS[language][key].plain(spoken(facts, language)), language)


def spoken(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the facts of a refusal with lists of roles as words: "the dispatcher or ..."."""
    return {
        name: t("role.or", language).join(
            dict.fromkeys(t("role." + one, language) for one in value)
        )
        if isinstance(value, list | tuple)
        else value
        for name, value in facts.items()
    }


def label(name: str, language: str, /, **facts: Any) -> str:
    """Return the words on a button: the text `label.<name>`, not escaped."""
    return _with_pseudonyms(_TEXTS[language]["label." + name].plain(facts), language)


def _with_pseudonyms(text: str, language: str) -> str:
    """Return the text with a word where somebody's name stood who was erased since."""
    return text if _ERASED not in text else text.replace(_ERASED, _TEXTS[language][_GONE].plain({}))


def labels_without_facts() -> list[str]:
    """Return the labels, in every language, that are always written the same way."""
    return [
        template.plain({})
        for texts in _TEXTS.values()
        for key, template in texts.items()
        if key.startswith("label.") and not template.facts
    ]


def has(key: str, language: str) -> bool:
    """Say whether there is a text for `key`."""
    return key in _TEXTS[language]


def sheets() -> dict[str, Any]:
    """Return what stands in a workbook: titles of `sheets` and `columns`, `words`, `notes`."""
    read = _read("zh_CN_sheets")
    del read["report"], read["survey"]
    return {**read, "notes": read["notes"]["lines"]}


@cache
def report_sheets() -> Mapping[str, Any]:
    """Return the same of the workbook of the figures: `sheets`, `columns` of each, `words`."""
    held: Mapping[str, Any] = _read("zh_CN_sheets")["report"]
    return held


@cache
def survey_sheets() -> Mapping[str, Any]:
    """Return the same of the workbook of a survey."""
    held: Mapping[str, Any] = _read("zh_CN_sheets")["survey"]
    return held


@cache
def words() -> Mapping[str, Any]:
    """Return the words that the bot must understand, from zh_CN_words.toml."""
    return _read("zh_CN_words")


def when(instant: datetime | str, zone: str, language: str, now: datetime) -> Markup:
    """Return an instant (aware; or ISO-8601) as people of the time zone `zone` say it at `now`.

    The day is named as seen from `now`; hours are those of a 24 h clock.
    """
    return _said_on(instant, zone, language, now.astimezone(ZoneInfo(zone)).toordinal())


@lru_cache(maxsize=SAID)
def _said_on(instant: datetime | str, zone: str, language: str, today: int) -> Markup:
    """Return the instant as it is said all day long; `today` is the number of that day.

    One change of a case redraws several cards with the same instants: hence the cache.
    """
    aware = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    local = aware.astimezone(ZoneInfo(zone))
    return t(
        _day_key(local.toordinal() - today),
        language,
        time=Markup(f"{local.hour:02d}:{local.minute:02d}"),
        weekday=t(f"when.weekday_{local.weekday()}", language),
        day=local.day,
        month=t(f"when.month_{local.month}", language),
        year=local.year,
    )


def _day_key(days: int) -> str:
    if -1 <= days <= 1:
        return ("when.today", "when.tomorrow", "when.yesterday")[days]
    if 1 < days <= NEXT_DAYS:
        return "when.soon"
    return "when.date" if abs(days) < FAR else "when.year"
