"""What is sent while it is asked where something is: a place, or more about the report.

Only what can be a place is taken for one; whatever else was said joins the report, so that
nothing is lost.
"""

from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.place import Place
from bot.services import draft as drafts
from bot.services.community import WHOLE_BUILDING, Community, community_of
from bot.services.sent import Sent
from bot.services.unit_of_work import UnitOfWork

PLACE_LIMIT = 40  # characters of a place in a person's own words


async def say(uow: UnitOfWork, who: Person, draft: Draft, sent: Sent) -> Draft:
    """Take what was sent for the place as far as it is one; the rest joins the draft.

    Raises Refusal when the draft would hold more words than fit.
    """
    community = await community_of(uow, who.community_id)
    named = _named(community, draft, sent.words)
    if named is None and not _can_be_place(community, draft, sent.words):
        return await drafts.add(uow, who, sent)
    place = named or _in_own_words(community, draft, sent.words)
    placed = drafts.note(uow, draft, **place.facts())
    says_more = named is not None and community.says_more(sent.words)
    return await drafts.add(uow, who, sent) if says_more else placed


def _named(community: Community, draft: Draft, words: str) -> Place | None:
    """Return the place that the words name, perhaps inside the building that was chosen before."""
    found = community.find_place(words)
    building = draft.facts.get("building")
    if found is not None or not building:
        return found
    inside = community.find_place(community.building_name(building) + words)
    return inside if inside and inside.text else None


def _can_be_place(community: Community, draft: Draft, words: str) -> bool:
    """Say whether the words may name a place that nobody knows, and not what is wrong."""
    if len(words) > PLACE_LIMIT:
        return False
    if community.is_where(words):
        return True
    hint = community.guess_category(words)
    if not draft.facts["words"] or hint == draft.facts.get("kind"):  # even a hint is about it
        return hint is None
    return community.clear_category(words) is None


def _in_own_words(community: Community, draft: Draft, words: str) -> Place:
    building = draft.facts.get("building")
    if not building:
        return Place(words)
    return Place(f"{community.building_name(building)} {words}", building, WHOLE_BUILDING)
