"""The record of every Bot API call, for those who drive the sandbox.

It holds the newest calls only, and never the token.
"""

from collections import deque

from bot.sandbox.checks import Upload
from bot.sandbox.errors import Wire

_KEPT = 50_000


class CallLog:
    """Calls with parameters and answer, numbered; numbers go on growing after a reset."""

    def __init__(self) -> None:
        self._calls: deque[Wire] = deque(maxlen=_KEPT)
        self._seq = 0

    def note(
        self, method: str, given: Wire, uploads: dict[str, Upload], status: int, answer: Wire | None
    ) -> None:
        """Add one call; `answer` is None when the connection was dropped instead."""
        self._seq += 1
        files = {
            name: {"file_name": upload.name, "file_size": len(upload.content)}
            for name, upload in uploads.items()
        }
        self._calls.append(
            {
                "seq": self._seq,
                "method": method,
                "parameters": given | files,
                "status": status,
                "answer": answer,
            }
        )

    def clear(self) -> None:
        """Forget the calls so far."""
        self._calls.clear()

    def since(self, after: int, method: str | None) -> list[Wire]:
        """Return the calls with a number above `after`, of one method or of all."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self._calls
            if call["seq"] > after and (wanted is None or call["method"].lower() == wanted)
        ]
