"""What the sandbox answers when it refuses: to the bot as Telegram would, to people in a sentence.

It knows nothing of HTTP beyond the status.
"""

from typing import Any

Wire = dict[str, Any]
"""JSON as it travels: an object of the Bot API or of the person side."""


class ApiError(Exception):
    """A Bot API call that is refused, with Telegram's own description."""

    def __init__(self, status: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after

    def body(self) -> Wire:
        """Return the answer's JSON, with `parameters.retry_after` where there is one."""
        answer: Wire = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(what: str) -> ApiError:
    """Return the 400 whose description is `Bad Request: ` and `what`."""
    return ApiError(400, f"Bad Request: {what}")


def forbidden(why: str) -> ApiError:
    """Return the 403 whose description is `Forbidden: ` and `why`."""
    return ApiError(403, f"Forbidden: {why}")


class SimError(Exception):
    """A wish of the person side that is refused: 4xx and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class SandboxFault(Exception):
    """The sandbox cannot run; the message is one sentence for whoever started it."""
