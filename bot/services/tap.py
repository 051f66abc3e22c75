"""A report by taps alone: the kind that is tapped stands for the words, too."""

from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import draft as drafts
from bot.services.community import community_of
from bot.services.sent import Sent
from bot.services.unit_of_work import UnitOfWork

TAPPED = "tapped"  # the person chose the kind, so that nothing about it has to be checked


async def said(uow: UnitOfWork, who: Person, code: str) -> Sent:
    """Return the category's name as the person's words; raises Refusal for an unknown one."""
    category = (await community_of(uow, who.community_id)).category(code)
    if category is None:
        raise Refusal("toast.stale")
    return Sent(category.name.model_dump()[who.language])


async def begin(uow: UnitOfWork, who: Person, code: str) -> Draft:
    """Begin a report of this kind; raises Refusal for an unknown one."""
    sent = await said(uow, who, code)
    facts = {"words": "", "photos": [], "kind": code, TAPPED: True}
    await drafts.begin(uow, who, facts)
    return await drafts.add(uow, who, sent)
