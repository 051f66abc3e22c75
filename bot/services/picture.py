"""Showing what was sent along with a case; of what is still looked into, showing it later."""

from collections.abc import Iterable
from typing import Any

from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.picture import CLEAN, PAPER, REFUSED, WAITING, Key
from bot.services.letter import tell
from bot.services.sent import PHOTO, SHOWS, counted
from bot.services.unit_of_work import UnitOfWork
from storage import picture as pictures
from storage.case import Attachment

PICTURE_FILE, PAPER_FILE = "picture", "paper"  # kinds of what is in a letter, once it was checked


def show(uow: UnitOfWork, who: Person, case: Case, files: Iterable[Attachment]) -> int:
    """Send the files to the person, photos together; return how many are still looked into.

    Those follow by themselves as soon as they are clean. What was refused is shown to nobody.
    """
    given = list(files)
    for stage in dict.fromkeys(one.stage for one in given):
        about: dict[str, Any] = {"number": case.number, "stage": stage, "urgent": case.urgent}
        here = [one for one in given if one.stage == stage]
        photos = [one.file_id for one in here if one.kind == PHOTO]
        if photos:
            tell(uow, who, "case.photos", silent=True, photos=photos, **about)
        for one in here:
            if one.kind != PHOTO:
                _show_file(uow, who, case, one, about)
    return sum(one.state == WAITING for one in given)


def _show_file(
    uow: UnitOfWork, who: Person, case: Case, one: Attachment, about: dict[str, Any]
) -> None:
    key = Key(case.community_id, case.number, one.stage, one.file_unique_id)
    if one.state == WAITING:
        if who.id not in (one.wanted or ()):
            pictures.want(uow, key, (*(one.wanted or ()), who.id))
        return
    if one.state == REFUSED:
        return
    shown: dict[str | None, dict[str, Any]] = {
        CLEAN: {"file": str(key), "file_kind": PICTURE_FILE},
        PAPER: {"file": one.file_id, "file_kind": PAPER_FILE},
        None: {"file": one.file_id, "file_kind": one.kind},
    }
    tell(uow, who, "case.file", silent=True, **about, **shown[one.state])


def kind_of(one: Attachment) -> str:
    """Return what a file is: as it was sent, or as what it was found to be."""
    return PHOTO if one.state == CLEAN else one.kind


def summed_up(files: Iterable[Attachment]) -> dict[str, int]:
    """Return the facts of a card: what there is, what is looked into, what does not open."""
    given = list(files)
    usable = [one for one in given if one.state not in {WAITING, REFUSED}]
    before, after = ([one for one in usable if one.stage == at] for at in ("before", "after"))
    return {
        **counted((kind_of(one) for one in before), (one.seconds for one in before)),
        "photos_after": sum(kind_of(one) in SHOWS for one in after),
        "sent_after": len(after),
        "checking": sum(one.state == WAITING for one in given),
        "unopened": sum(one.state == REFUSED for one in given),
    }
