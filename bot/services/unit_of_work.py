"""The unit of work as chat and services see it."""

from storage.unit_of_work import UnitOfWork, open_unit_of_work

__all__ = ["UnitOfWork", "open_unit_of_work"]
