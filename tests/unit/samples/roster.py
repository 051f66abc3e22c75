"""A letter of each kind about rosters, with facts as long as they become."""

from tests.unit.samples import recurrence
from tests.unit.samples.facts import Samples, Variants

SAMPLES: Samples = {
    "roster.rule": recurrence.CHECK,
    "roster.rule_own": {"id": 900719, "version": 12},
    "roster.day": recurrence.DAYS,
    "roster.hour": recurrence.HOURS,
}
VARIANTS: Variants = recurrence.variants("roster")
