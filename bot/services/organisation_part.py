"""What every part of an organisation file shares."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.settings import MOST_ID

TelegramId = Annotated[int, Field(gt=0, le=MOST_ID, strict=True)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,16}$")]


class Part(BaseModel):
    """A table or a row of the file: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Row(Part):
    """A row that others refer to: it is never taken away, only closed."""

    closed: bool = False  # no longer offered; what happened there keeps its name
