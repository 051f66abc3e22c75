"""The roles that people hold; a person may hold several."""

from enum import StrEnum


class Role(StrEnum):
    """A role, granted for a time; everybody is a resident."""

    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    PROPERTY_STAFF = "property_staff"
    DISPATCHER = "dispatcher"
    GRID_WORKER = "grid_worker"
    SUPERVISOR = "supervisor"
    ORGANIZER = "organizer"
    ADMIN = "admin"


WORKERS = frozenset({Role.VOLUNTEER, Role.PROPERTY_STAFF, Role.GRID_WORKER})
STAFF = frozenset(
    {
        Role.PROPERTY_STAFF,
        Role.DISPATCHER,
        Role.GRID_WORKER,
        Role.SUPERVISOR,
        Role.ORGANIZER,
        Role.ADMIN,
    }
)
# Who reads the figures.
READERS = (Role.DISPATCHER, Role.SUPERVISOR, Role.ORGANIZER, Role.ADMIN)
