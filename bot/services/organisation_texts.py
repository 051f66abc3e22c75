"""Ready sentences in the organisation file: questions, answers, notes, whom to ask instead."""

from typing import Annotated, Any

from pydantic import Field

from bot.services.organisation_bodies import one_of
from bot.services.organisation_part import Part

USES = ("ask", "answer", "decline", "note")


class _Sentence(Part):
    """A sentence in each language."""

    zh_CN: str = Field(min_length=1, max_length=120)  # noqa: N815 - the code of the language
    en: str = Field(min_length=1, max_length=240)


class _Tile(Part):
    """What stands on a button, in each language."""

    zh_CN: str = Field(min_length=1, max_length=8)  # noqa: N815 - the code of the language
    en: str = Field(min_length=1, max_length=16)


class Template(Part):
    """A sentence that is inserted with one tap; another can always be typed instead."""

    code: str = Field(pattern=r"^[a-z0-9_]{1,16}$")
    use: Annotated[str, one_of(*USES)]
    name: _Tile
    text: _Sentence
    answers: tuple[_Tile, ...] = Field(default=(), max_length=3)  # to a question
    categories: tuple[str, ...] = ()  # for these cases alone; none: for all
    reason: str | None = None  # of a decline

    def facts(self, language: str) -> dict[str, Any]:
        """Return it as a tile with its sentence in `language`; JSON."""
        return {
            "code": self.code,
            "name": self.name.model_dump(),
            "words": getattr(self.text, language),
            "answers": [getattr(one, language) for one in self.answers],
            "reason": self.reason,
        }
