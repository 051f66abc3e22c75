"""The statuses of a meeting and the one table of moves between them.

Source: the rules of the neighbourhood, "Meetings". No status of a meeting is named outside this
file; who may press what, and when the clock acts, follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

WEEKLY, COORDINATION = "weekly", "coordination"  # the residents' talk, the problem coordination
REVIEW, CONFERENCE = "review", "conference"  # the work review, the joint conference
CLIMBS = MappingProxyType({WEEKLY: COORDINATION})  # where goes what could not be settled
LONGEST = 8 * 60  # minutes that a meeting may last
WORDS = 500  # characters of a message, a correction, a conclusion
_DAY = timedelta(days=1)
_INVITED_BEFORE, _INVITED_AT = 3, time(10)  # days; local
_REMINDED_AT, _REMINDED_LATE = time(17), timedelta(hours=2)  # local; before one in the daytime
_DECIDED_AT = time(12)  # local, the day before
_DRAFT_AFTER = timedelta(hours=1)
REVIEWED_FOR = timedelta(hours=24)
NAGS = (3, 7)  # days after the meeting
LAPSES_AFTER = 10  # days: then nobody waits for the minutes any longer
CHECK_IN = timedelta(hours=1)  # before the beginning, and after the end
_NAGGED_AT = time(9)  # local


class MeetingStatus(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    INVITED = "invited"
    HELD = "held"  # it has begun
    DRAFT = "draft"  # the minutes wait for the conclusions
    IN_REVIEW = "in_review"  # those who came look whether they are right
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    FELL_THROUGH = "fell_through"  # nobody came, it was not held, or nobody wrote the minutes


M = MeetingStatus
FIRST = M.PLANNED
CALLED_OFF = M.CANCELLED
AHEAD = frozenset({M.PLANNED, M.INVITED})
RUNNING = frozenset({M.HELD, M.DRAFT})
ON_NOW = frozenset({M.INVITED, M.HELD, M.DRAFT})  # may be checked in at, by the hour
WITH_MINUTES = frozenset({M.HELD, M.DRAFT, M.IN_REVIEW})  # the secretary may write in them
PUBLIC = frozenset({M.PUBLISHED})
OFF = frozenset({M.CANCELLED, M.FELL_THROUGH})
INVITED = frozenset({M.INVITED})
TO_FILL = frozenset({M.DRAFT})
IN_REVIEW = M.IN_REVIEW
TO_REVIEW = frozenset({M.IN_REVIEW})


class Party(StrEnum):
    """Who makes a move."""

    CLOCK = "clock"
    ORGANIZER = "organizer"
    SECRETARY = "secretary"  # of the series; organizers stand in
    ATTENDEE = "attendee"  # who came


@dataclass(frozen=True, slots=True)
class MeetingMove:
    """One row of the table; `to` None leaves the status. `told` are those who were invited."""

    name: str
    from_: frozenset[MeetingStatus]
    to: MeetingStatus | None
    needs: frozenset[Party]
    tells: str = ""  # the kind of letter that everybody who was invited gets


_CLOCK, _ORGANIZERS = frozenset({Party.CLOCK}), frozenset({Party.ORGANIZER, Party.SECRETARY})
_SECRETARY, _ATTENDEES = frozenset({Party.SECRETARY}), frozenset({Party.ATTENDEE})
_TABLE = (
    MeetingMove("invite", frozenset({M.PLANNED}), M.INVITED, _CLOCK | _ORGANIZERS,
                "meeting.invite"),
    MeetingMove("move", AHEAD, None, _ORGANIZERS, "meeting.moved"),
    MeetingMove("cancel", AHEAD, M.CANCELLED, _ORGANIZERS, "meeting.cancelled"),
    MeetingMove("begin", AHEAD, M.HELD, _CLOCK),
    MeetingMove("draft", frozenset({M.HELD}), M.DRAFT, _CLOCK),
    MeetingMove("attend", frozenset({M.INVITED, M.HELD, M.DRAFT}), None,
                _SECRETARY | _ATTENDEES),
    MeetingMove("conclude", WITH_MINUTES, None, _SECRETARY),
    MeetingMove("fall_through", RUNNING, M.FELL_THROUGH, _SECRETARY),
    MeetingMove("lapse", frozenset({M.DRAFT}), M.FELL_THROUGH, _CLOCK),
    MeetingMove("submit", frozenset({M.DRAFT}), M.IN_REVIEW, _SECRETARY),
    MeetingMove("take_back", TO_REVIEW, M.DRAFT, _CLOCK),
    MeetingMove("object", TO_REVIEW, None, _ATTENDEES),
    MeetingMove("publish", TO_REVIEW, M.PUBLISHED, _CLOCK | _SECRETARY, "minutes.public"),
)  # fmt: skip
MOVES: Mapping[str, MeetingMove] = MappingProxyType({one.name: one for one in _TABLE})


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    out = ["stateDiagram-v2", f"    [*] --> {FIRST}: plan"]
    for move in _TABLE:
        if move.to is not None:
            out += [f"    {start} --> {move.to}: {move.name}" for start in sorted(move.from_)]
    return "\n".join(out) + "\n"


@dataclass(frozen=True, slots=True)
class Series:
    """Meetings that come again and again; `rule` is one of RFC 5545, in local days."""

    code: str
    name: str
    rule: str
    begins: time  # local
    minutes: int
    place: str
    policy: str  # of public holidays
    secretary: int | None = None  # Telegram id
    invites: tuple[str, ...] = ()  # roles whose holders are invited; and who is concerned
    paused: bool = False
    version: int = 0  # 0: as the organisation file says


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; instants are UTC. `occurrence` is the planned local date of its series."""

    community_id: int
    id: int
    series: str
    occurrence: str
    status: MeetingStatus
    version: int
    name: str
    place: str
    starts_at: datetime
    minutes: int
    secretary: int | None  # Telegram id
    note: str | None = None  # why it was moved or cancelled
    held_on: str | None = None  # the local date on which it began
    drafted_at: datetime | None = None
    published_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """Return when it is to be over, UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)


def allowed(one: Meeting, move: str) -> bool:
    """Say whether the meeting stands where the move may begin."""
    return one.status in MOVES[move].from_


def after(one: Meeting, move: str) -> Meeting:
    """Return the meeting after the move; raises ValueError where it may not begin."""
    if not allowed(one, move):
        raise ValueError(f"{move} does not begin at {one.status}")
    return replace(one, status=MOVES[move].to or one.status, version=one.version + 1)


class Step(StrEnum):
    """What the clock does about a meeting."""

    INVITE = "invite"
    DECIDE = "decide"  # about topics that nobody has decided about
    REMIND = "remind"
    BEGIN = "begin"
    DRAFT = "draft"
    NAG = "nag"
    LAPSE = "lapse"
    PUBLISH = "publish"


def steps_ahead(one: Meeting, zone: ZoneInfo) -> dict[Step, datetime]:
    """Return when (UTC) the clock acts next as the meeting stands; nothing when it is over."""
    begins = one.starts_at.astimezone(zone)
    if one.status is M.PLANNED:
        day = begins.date() - _INVITED_BEFORE * _DAY
        invite = datetime.combine(day, _INVITED_AT, zone)
        return {Step.INVITE: invite, Step.BEGIN: one.starts_at}
    if one.status is M.INVITED:
        usual = datetime.combine(begins.date(), _REMINDED_AT, zone)
        remind = usual if usual < begins else begins - _REMINDED_LATE
        decide = topics_until(one, zone)
        return {Step.DECIDE: decide, Step.REMIND: remind, Step.BEGIN: one.starts_at}
    if one.status is M.HELD:
        return {Step.DRAFT: one.ends_at + _DRAFT_AFTER}
    return {}


def topics_until(one: Meeting, zone: ZoneInfo) -> datetime:
    """Return until when (UTC) a topic may be proposed: it is decided about the day before."""
    day = one.starts_at.astimezone(zone).date() - _DAY
    return datetime.combine(day, _DECIDED_AT, zone).astimezone(UTC)


def nags(one: Meeting, zone: ZoneInfo) -> list[datetime]:
    """Return when (UTC) the secretary is reminded of minutes that are not written."""
    return [_days_after(one, days, zone) for days in NAGS]


def lapses(one: Meeting, zone: ZoneInfo) -> datetime:
    """Return when (UTC) minutes that are not written are waited for no longer."""
    return _days_after(one, LAPSES_AFTER, zone)


def _days_after(one: Meeting, days: int, zone: ZoneInfo) -> datetime:
    day = one.ends_at.astimezone(zone).date() + days * _DAY
    return datetime.combine(day, _NAGGED_AT, zone)


class Answer(StrEnum):
    """What somebody says who was invited."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


REMINDED = frozenset({Answer.YES, Answer.MAYBE})


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person at one meeting: invited, answered, came, read the minutes."""

    community_id: int
    meeting_id: int
    person_id: int
    invited: bool = False
    answer: Answer | None = None
    words: str | None = None  # from somebody who cannot come
    came_at: datetime | None = None
    came_by: str | None = None  # code, secretary
    reviewed_at: datetime | None = None
    objection: str | None = None
