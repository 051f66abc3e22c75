"""What every part of an organisation file shares."""

import re
from datetime import time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.settings import MOST_ID

_HOURS = re.compile(r"\d\d:\d\d(:00)?")
TelegramId = Annotated[int, Field(gt=0, le=MOST_ID, strict=True)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,16}$")]


class Part(BaseModel):
    """A table or a row of the file: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Row(Part):
    """A row that others refer to: it is never taken away, only closed."""

    closed: bool = False  # no longer offered; what happened there keeps its name


def _local_time(value: Any) -> Any:
    """Return a local time as it was written; raises ValueError for anything but 08:00."""
    written = value.isoformat("minutes") if isinstance(value, time) else value
    if not isinstance(written, str) or not _HOURS.fullmatch(written):
        raise ValueError("a time such as 08:00 is wanted")
    return written


LocalTime = Annotated[time, BeforeValidator(_local_time)]
