"""What an admin has to look at."""

from bot.domain.letter import Drawing
from handlers.cards.common import Sheet, lines

MOST_FACTS = 6
PLAIN = (str, int)


def alarm(sheet: Sheet) -> Drawing:
    """Say what happened; facts that its text does not know are listed below it."""
    what, facts = sheet.facts["what"], sheet.facts["facts"]
    key = "alarm." + what
    known = sheet.say(key, **facts) if sheet.has(key) else sheet.say("alarm.other", what=what)
    listed = [
        sheet.say("alarm.fact", name=name, value=str(value))
        for name, value in list(facts.items())[:MOST_FACTS]
        if isinstance(value, PLAIN)
    ]
    return Drawing(lines(sheet.say("alarm.head"), known, *listed))
