"""Why a case is given back. That a volunteer cannot come is held against nobody."""

REASONS = ("tools", "area", "double")
CANNOT_COME = "cannot_come"
