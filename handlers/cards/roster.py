"""Rosters: when shifts are, who is on them, what people are asked."""

from handlers.cards import recurrence
from handlers.cards.common import Kinds

KINDS: Kinds = {
    "roster.rule": recurrence.ask,
    "roster.rule_own": recurrence.own,
    "roster.day": recurrence.day,
    "roster.hour": recurrence.hour,
}
