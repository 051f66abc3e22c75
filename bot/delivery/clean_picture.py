"""What a letter shows of a file that was checked: its id at Telegram, or the clean bytes."""

from sqlalchemy.exc import DBAPIError
from telegram import Message

from bot.delivery.transport import NotSentError
from bot.domain.picture import CLEAN, REFUSED, Key
from bot.logging import log
from bot.pictures.shelf import Shelf
from storage import picture as pictures
from storage.unit_of_work import Database

_log = log("delivery")


class CleanPictures:
    """Looks up what may be shown, and remembers under which id Telegram has it."""

    def __init__(self, database: Database, shelf: Shelf) -> None:
        self._database, self._shelf = database, shelf

    async def find(self, key: Key) -> str | bytes | None:
        """Return the id or the bytes of what may be shown, None when there is nothing any more.

        Raises NotSentError while the picture is being made anew.
        """
        async with self._database.reading() as connection:
            file = await pictures.look_up(connection, key)
        if file is None or file.state == REFUSED:
            return None
        if file.state != CLEAN:
            raise NotSentError("the picture is still being looked into")
        if file.clean_id:
            return file.clean_id
        data = self._shelf.read(key.file_name)
        if data is not None:
            return data
        async with self._database.begin() as uow:
            pictures.check_anew(uow, key)
        raise NotSentError("the picture was lost and is being made anew")

    async def sent(self, key: Key, message: Message) -> None:
        """Remember under which id Telegram has the picture now, so that it goes up only once."""
        if message.photo:
            await self._remember(key, message.photo[-1].file_id)

    async def forget(self, key: Key) -> None:
        """Forget an id that Telegram no longer takes: the bytes go up again."""
        await self._remember(key, None)

    async def _remember(self, key: Key, clean_id: str | None) -> None:
        try:
            async with self._database.begin() as uow:
                pictures.remember(uow, key, clean_id)
        except DBAPIError as error:  # the letter has arrived; the next one sends the bytes again
            _log.warning("an id of a picture cannot be kept", error=type(error).__name__)
