"""What the three rates count for, and who at the street hears of them, in an organisation file."""

from typing import Annotated

from pydantic import Field

from bot.domain.figures import WEIGHTS, Weights
from bot.services.organisation_part import Part
from bot.settings import MOST_ID

Weight = Annotated[int, Field(gt=0, le=1000, strict=True)]
TelegramId = Annotated[int, Field(gt=0, le=MOST_ID, strict=True)]


class Figures(Part):
    """The shares of the three rates in the one figure made of them, and of half a solution."""

    response: Weight = WEIGHTS.response
    solution: Weight = WEIGHTS.solution
    satisfaction: Weight = WEIGHTS.satisfaction
    half: float = Field(default=WEIGHTS.half, ge=0, le=1)  # what "half" counts as solved
    street_contacts: tuple[TelegramId, ...] = ()  # get the letter of the month; had pressed START

    def meant(self) -> Weights:
        """Return the weights."""
        return Weights(self.response, self.solution, self.satisfaction, self.half)
