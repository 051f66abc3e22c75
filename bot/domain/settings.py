"""What a person has chosen: language aside, how and when Linli speaks to them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from bot.domain.budget import Hours, Notices, Sort
from bot.domain.person import Person
from bot.domain.role import STAFF, Role

SERVES = STAFF | {Role.VOLUNTEER}  # who has hours of their own instead of the residents'


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one person; the defaults are those of somebody who never chose."""

    large: bool = False  # large text: short lines, one button a row
    alerts: bool = True  # progress rings; questions, results and emergencies always do
    notices: str = Notices.EACH  # how often what is said to many rings, by kind
    recurring: str = Notices.EACH
    surveys: str = Notices.EACH
    quiet: bool = True
    begins: str | None = None  # own quiet hours, local, such as "21:30"; None: the usual ones
    ends: str | None = None
    home_asked: bool = False
    asked_later: bool = True  # weeks after the work, whether it is still good
    last_place: str = ""  # the code of the place of their last report
    standing: str = ""  # the code of the place that they scanned, until their next report
    menu: str = ""  # the menu of commands that their chat was last given
    told: int = 0  # the version of `consent.text` that they were last shown
    knows: int = 0  # the one below which they pressed that they know
    knows_since: str = ""  # when that was, an instant of UTC in ISO 8601

    @classmethod
    def of(cls, person: Person) -> "Settings":
        """Return what the person has chosen; what is unknown in the table is passed over."""
        return cls(**{name: held for name, held in person.settings.items() if name in _NAMES})

    def stored(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return the choices as they are kept, beside what else is kept there."""
        return {**before, **{name: getattr(self, name) for name in _NAMES}}

    def wish(self, sort: Sort) -> Notices:
        """Return how often the person wants to hear of this kind."""
        return Notices(getattr(self, sort.value))

    def hours(self, person: Person, usual: tuple[Hours, ...]) -> tuple[Hours, ...]:
        """Return the quiet hours of the person; `usual` are the residents', the night first.

        Whoever serves has one span, which may be moved; by default the night alone.
        """
        if not self.quiet:
            return ()
        if not person.holds_somewhere(*SERVES):
            return usual
        if self.begins and self.ends:
            return (Hours(time.fromisoformat(self.begins), time.fromisoformat(self.ends)),)
        return usual[:1]


_NAMES = tuple(one.name for one in fields(Settings))
