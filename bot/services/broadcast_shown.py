"""How a broadcast stands: what its letters say, its live card, and whom it did not reach."""

from typing import Any

from bot.domain import broadcast as rules
from bot.domain.area import EVERYWHERE
from bot.domain.broadcast import SENDERS, Broadcast, Fate, Party
from bot.domain.broadcast_body import bare
from bot.domain.onbehalf import phone_of
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import addressees, broadcast_due, outage_shown
from bot.services.broadcast_draft import may_reach
from bot.services.community import Community, community_of
from bot.services.letter import show_card, tell
from bot.services.onbehalf import SEEN
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import broadcast as broadcasts
from storage import broadcast_letters as letters
from storage import broadcast_poll as polls
from storage import card as cards
from storage import person as people

NOUN = "broadcast"
MOST_LISTED = 6


async def shown(uow: UnitOfWork, one: Broadcast) -> dict[str, Any]:
    """Return what its letters are drawn from."""
    community = await community_of(uow, one.community_id)
    corrected = one.corrected_at.isoformat() if one.corrected_at else None
    return {
        **one.body.stored(),
        "community": community.name,
        "zone": community.zone,
        "receipts": one.receipts,
        "corrected": corrected,
    }


async def save(uow: UnitOfWork, one: Broadcast) -> None:
    """Write a broadcast that has changed."""
    broadcasts.change(uow, one, await shown(uow, one))


async def find(uow: UnitOfWork, who: Person, id_: int) -> Broadcast:
    """Return the broadcast; raises Refusal when the person's community has none with this id."""
    found = await broadcasts.find(uow, who.community_id, id_)
    if found is None:
        raise Refusal("toast.stale")
    return found


async def parties(uow: UnitOfWork, one: Broadcast, who: Person) -> frozenset[Party]:
    """Return what the person is towards the broadcast."""
    community = await community_of(uow, one.community_id)
    if not who.holds_somewhere(*SENDERS) or not may_reach(community, who, one.whom):
        return frozenset()
    second = {Party.SECOND} if who.id != one.author_id else set()
    return frozenset({Party.SENDER, *second})


async def facts(uow: UnitOfWork, one: Broadcast, who: Person) -> dict[str, Any]:
    """Return what its card shows to somebody who may see how it stands."""
    community = await community_of(uow, one.community_id)
    fates = await letters.fates(uow, one)
    lost = await _count_lost(uow, one, fates) if one.ended_at is not None else 0
    asleep = await _count_asleep(uow, one)
    off = await outage_shown.of_broadcast(uow, one.community_id, one.id)
    spent = (one.ended_at or uow.now) - (one.started_at or uow.now)
    return {
        "broadcast": one.id,
        "version": one.version,
        "status": one.status.value,
        "urgent": one.urgent,  # then how it stands is told at any hour
        "title": one.title,
        "at": one.send_at.isoformat(),
        "zone": community.zone,
        "fates": {fate.value: fates.get(fate, 0) for fate in Fate},
        "lost": lost,
        "total": max(one.total, sum(fates.values())),
        "seconds": int(spent.total_seconds()),
        "left": 0 if asleep else _seconds_left(uow, one, fates),
        "asleep": asleep,
        "receipts": await broadcasts.received(uow, one) if one.receipts else None,
        "votes": await _votes(uow, one),
        "off": outage_shown.facts_of(community, off) if off else None,
        "moves": list(rules.moves_for(one, await parties(uow, one, who))),
        "ended": one.ended_at is not None,
        "paper": bool(one.body.text or one.body.photos or one.body.poll),
        "everybody": EVERYWHERE in one.whom.scopes and one.whom.is_of_places,
    }


async def _votes(uow: UnitOfWork, one: Broadcast) -> dict[str, Any] | None:
    """Return how the votes of its poll stand; None when there is none, or it was not sent yet."""
    stands = None if one.body.poll is None else await polls.find(uow, one)
    if one.body.poll is None or stands is None:
        return None
    counted = zip(one.body.poll.options, stands.votes.counts, strict=False)
    return {
        "options": [{"text": text, "n": n} for text, n in counted],
        "voters": stands.votes.voters,
        "closed": stands.votes.closed_at is not None,
    }


async def _count_lost(uow: UnitOfWork, one: Broadcast, fates: dict[Fate, int]) -> int:
    """Return how many it did not reach: now, or because no message has reached them before.

    Whoever got it and cannot be reached since then is none of them.
    """
    now = await addressees.count(uow, one.community_id, one.whom)
    here = sum(fates.get(fate, 0) for fate in rules.MISSED)
    ends = (*rules.MISSED, Fate.DELIVERED)
    twice = await broadcasts.count_unreached(uow, one, ends)
    return max(here, here + now.blocked + now.without_chat - twice)


async def _count_asleep(uow: UnitOfWork, one: Broadcast) -> int:
    """Return how many it waits for, when everybody else has got it."""
    if not one.whole or one.ended_at is not None:
        return 0
    left = await letters.waiting(uow, one)
    return left.n if left.first is not None and left.first > uow.now and not left.going else 0


def _seconds_left(uow: UnitOfWork, one: Broadcast, fates: dict[Fate, int]) -> int:
    done = sum(n for fate, n in fates.items() if fate in rules.ENDED or fate is Fate.DIGEST)
    pace = float(uow.given.get(broadcast_due.PACE, 0))
    return int(max(0, one.total - done) * one.body.messages / pace) if pace else 0


async def show(
    uow: UnitOfWork, one: Broadcast, over: int | None = None, *, anew: bool = False
) -> None:
    """Draw its live card in the chat of its author, over a message when that is said.

    `anew` sends it once more, so that it is noticed.
    """
    found = await people.find(uow, one.community_id, [one.author_id])
    author = found[one.author_id]
    kind = f"broadcast.{card_of(one)}"
    shown_ = await facts(uow, one, author)
    if anew:  # nothing can be pressed any more on the message that showed it until now
        for former in await cards.of(uow, one.community_id, NOUN, one.id):
            if former.message_id is not None:
                tell(uow, author, kind, message_id=former.message_id, **{**shown_, "moves": []})
    await show_card(uow, author, (NOUN, one.id), kind, over=over, anew=anew, **shown_)


async def listing(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return what was sent lately and what is to be sent, to people to whom the person may write.

    So a colleague can stop, correct and take back as well, and nobody has to look for a card.
    """
    since = uow.now - rules.SHOWN
    found = await broadcasts.latest(uow, who.community_id, rules.LISTED, since)
    zone = (await community_of(uow, who.community_id)).zone
    mine = [one for one in found if Party.SENDER in await parties(uow, one, who)]
    return [
        {
            "broadcast": one.id,
            "title": one.title,
            "status": one.status.value,
            "at": one.send_at.isoformat(),
            "zone": zone,
        }
        for one in mine[:MOST_LISTED]
    ]


async def card(uow: UnitOfWork, who: Person, id_: int) -> tuple[str, dict[str, Any]]:
    """Return how it stands, as somebody sees it who may send it; raises Refusal for others."""
    one = await find(uow, who, id_)
    if Party.SENDER not in await parties(uow, one, who):
        raise Refusal("refusal.not_a_sender")
    return f"broadcast.{card_of(one)}", await facts(uow, one, who)


async def paper(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return what stands on its page for homes without Linli; raises Refusal as `card` does."""
    _, held = await card(uow, who, id_)
    one = await find(uow, who, id_)
    words = [line for line in bare(one.body.text).split("\n") if line.strip()]
    if one.body.poll is not None:
        words += [one.body.poll.question, *(f"□ {text}" for text in one.body.poll.options)]
    community = await community_of(uow, one.community_id)
    return {
        "broadcast": one.id,
        "lines": words,
        "photos": list(one.body.photos),
        "at": (one.corrected_at or one.send_at).isoformat(),
        "zone": held["zone"],
        "community": community.name,
        "phone": community.phone,
    }


def card_of(one: Broadcast) -> str:
    """Return which card shows it."""
    if one.started_at is None:
        return "waits"
    return "report" if one.ended_at is not None else "progress"


async def look_at_lost(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return whom it did not reach, with their numbers; each look stands in the audit.

    Where messages show no numbers, it says only who has one. Raises Refusal for who may not send.
    """
    one = await _sent_by(uow, who, id_)
    listed = await _lost(uow, one)
    minimal = (await community_of(uow, one.community_id)).minimal
    if minimal:
        listed = [{**each, "phone": None, "guarded": bool(each["phone"])} for each in listed]
    else:
        await _note_look(uow, who, one, len(listed))
    return {"broadcast": one.id, "title": one.title, "people": listed}


async def phones(uow: UnitOfWork, who: Person, id_: int, at: int, most: int) -> dict[str, Any]:
    """Return names and numbers of `most` of them, from the one `at` on; raises as above."""
    one = await _sent_by(uow, who, id_)
    listed = [each for each in (await _lost(uow, one))[at : at + most] if each["phone"]]
    if not listed:
        raise Refusal("toast.stale")
    await _note_look(uow, who, one, len(listed))
    return {"people": " · ".join(f"{each['name']} {each['phone']}".strip() for each in listed)}


async def _sent_by(uow: UnitOfWork, who: Person, id_: int) -> Broadcast:
    one = await find(uow, who, id_)
    if Party.SENDER not in await parties(uow, one, who):
        raise Refusal("refusal.not_a_sender")
    return one


async def _note_look(uow: UnitOfWork, who: Person, one: Broadcast, n: int) -> None:
    await audit.add(uow, one.community_id, who.id, SEEN, f"{NOUN}:{one.id}", people=n)


async def _lost(uow: UnitOfWork, one: Broadcast) -> list[dict[str, Any]]:
    community = await community_of(uow, one.community_id)
    missed = await broadcasts.lost(uow, one, rules.MISSED, addressees.MOST_MISSED)
    why = {id_: fate.value for id_, fate in missed}
    silent = [other.id for other in await addressees.missed(uow, one.community_id, one.whom)]
    got = await broadcasts.got(uow, one, silent)
    for id_ in silent:
        if id_ not in got:
            why.setdefault(id_, "before")
    found = await people.find(uow, one.community_id, list(why))
    return [_line(community, found[id_], reason) for id_, reason in why.items()]


def _line(community: Community, who: Person, why: str) -> dict[str, Any]:
    place = community.place_of_home(who.home)
    return {
        "name": who.name,
        "home": place.text if place else None,
        "phone": phone_of(who),
        "why": why,
    }
