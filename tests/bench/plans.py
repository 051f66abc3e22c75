"""The updates that the bots are given: texts to echo, and reports of four steps."""

from typing import Any

CHATS = 200
FIRST = 500_000_000
WHOLE = "0"
# A kind a round: three of one kind in a building would be a signal to the dispatcher each time.
KINDS = ("lighting", "sanitation", "greening", "parking", "building")
LETTERS_A_REPORT = 4  # the card is sent once and redrawn three times


def _person(number: int) -> dict[str, Any]:
    return {
        "id": 10_000 + number,
        "is_bot": False,
        "first_name": f"n{number}",
        "language_code": "zh-hans",
    }


def _chat(number: int) -> dict[str, Any]:
    return {"id": 10_000 + number, "type": "private", "first_name": f"n{number}"}


def _message(number: int, message_id: int, text: str) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "date": 1_700_000_000,
        "chat": _chat(number),
        "from": _person(number),
        "text": text,
    }


def texts(count: int) -> list[dict[str, Any]]:
    """Return `count` texts from 200 chats in turn."""
    return [
        {"update_id": FIRST + n, "message": _message(n % CHATS, n + 1, f"hello {n}")}
        for n in range(count)
    ]


def buildings() -> str:
    """Return the part of an organisation file that gives each person a building of their own.

    In the same one neighbours would be shown each other's reports.
    """
    row = '[[buildings]]\ncode = "b{0}"\nestate = "east"\nname = "B{0}"\nunits = 3\n\n'
    return "\n" + "".join(row.format(number) for number in range(CHATS))


def _choice(verb: str, number: int, turn: int) -> str:
    return {"building": f"b{number}", "unit": WHOLE, "kind": KINDS[turn % len(KINDS)]}[verb]


def reports(rounds: int) -> list[dict[str, Any]]:
    """Return `rounds` reports from each of 200 people: words, building, unit, kind.

    Place and kind do not follow from the words, so that each step is asked in the first round;
    later the building of the last report stands in for the place, and is chosen all the same.
    """
    found: list[dict[str, Any]] = []
    for turn in range(rounds):
        for number in range(CHATS):
            text = _message(number, len(found) + 1, f"xx {turn}")
            found.append({"update_id": FIRST + len(found), "message": text})
        for verb in ("building", "unit", "kind"):
            for number in range(CHATS):
                draft = turn * CHATS + number + 1
                found.append(
                    {
                        "update_id": FIRST + len(found),
                        "callback_query": {
                            "id": str(len(found)),
                            "from": _person(number),
                            "chat_instance": "1",
                            "message": _message(number, 1, "x"),
                            "data": f"v1:draft:{verb}:{draft}:0:{_choice(verb, number, turn)}",
                        },
                    }
                )
    return found
