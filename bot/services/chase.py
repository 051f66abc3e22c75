"""Somebody asks how it is going: that belongs to the case that they mean, and is no new report."""

import re

from bot.domain.case import UNFINISHED
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import co_signer

LONGEST = 24  # characters; what is longer tells of something
LOOKED_AT = 20  # cases of the person, the newest
_NUMBER = re.compile(r"(?<![0-9])[0-9]{3,9}(?![0-9])")


async def meant_by(
    uow: UnitOfWork, community: Community, who: Person, words: str, *, tells: bool
) -> list[Case]:
    """Return the person's open cases that the words may ask after, newest first.

    By the number that is named, else by category and place, as far as the words name them. What
    `tells` of something in no known category is none of them.
    """
    numbers = await co_signer.concerning(uow, who.community_id, who.id, LOOKED_AT)
    await cases.load(uow, who.community_id, numbers)
    found = [await cases.find(uow, who.community_id, number) for number in numbers]
    held = [one for one in found if one is not None]
    standing = {one.number: one for one in held if one.status in UNFINISHED}
    named = set(map(int, _NUMBER.findall(words)))
    meant = [one for one in held if one.number in named]
    if not meant and (not tells or community.guess_category(words) is not None):
        meant = [one for one in held if may_mean(community, words, one)]
    numbers = [one.number if one.master is None else one.master for one in meant]
    return [standing[one] for one in dict.fromkeys(numbers) if one in standing]


def may_mean(community: Community, words: str, case: Case) -> bool:
    """Say whether nothing in the words speaks of another category or another place."""
    if community.guess_category(words) not in {None, case.category}:
        return False
    if not community.says_where(words):
        return True
    place = community.find_place(words)
    if place is None:
        return False
    if place.building is None or place.unit is None:
        return place.building == case.building and (place.text or "") in case.place
    return case.place_key == f"{place.building}/{place.unit}"
