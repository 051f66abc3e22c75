"""The composition root: settings -> database -> application -> loops; and how they end."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.clock import Clock, start_task
from bot.delivery.bad_news import BadNews
from bot.delivery.calls import Calls
from bot.delivery.clean_picture import CleanPictures
from bot.delivery.first_calls import reach_telegram
from bot.delivery.made import MadeFiles
from bot.delivery.pace import Pacer, Slower, paced
from bot.delivery.picture_job import PictureJob
from bot.delivery.telegram import Sender
from bot.delivery.transport import AiohttpRequest
from bot.delivery.worker import DeliveryWorker
from bot.domain.letter import Letter
from bot.intake.handling import Handling
from bot.intake.polling import Polling
from bot.intake.telegram import TelegramSource
from bot.intake.webhook import Keeper, Webhook
from bot.intake.worker import InboxWorker
from bot.parts import application_of, bot_of, given, rest_the_collector, vault_of
from bot.pictures.shelf import Shelf
from bot.pulse import Pulse
from bot.schedule.backups import Backups
from bot.schedule.jobs import JOBS
from bot.schedule.runner import Runner
from bot.services import (
    alarm,
    budget,
    group,
    guarded,
    morning,
    opening,
    organisation,
    picture_checked,
)
from bot.services.answered import answered
from bot.services.community import community_of
from bot.services.link import BOT_NAME
from bot.services.organisation_file import Organisation, read_organisation
from bot.settings import Settings
from handlers import looking
from handlers.cards import render
from storage import key, meta
from storage.community import first_id
from storage.inbox import Taken
from storage.migrate import migrate
from storage.unit_of_work import Database, UnitOfWork

DRAIN = 15.0  # seconds that letters in flight get at a planned stop


class StartFault(Exception):
    """The bot cannot start as it is set up; the text is a sentence for the operator."""


class House:
    """Everything that runs in one bot process, wired together."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings, self.clock = settings, clock
        self.database = Database(settings.database, clock.now, given=given(settings))
        # Two pools: a long poll holds up no letter.
        far = not settings.is_telegram_here
        self._lines = calls, polls = AiohttpRequest(by_proxy=far), AiohttpRequest(by_proxy=far)
        self.bot = bot_of(settings, calls, polls)
        self.application = application_of(self.bot)
        shelf = Shelf(settings.data_dir / "pictures")
        self.pictures = PictureJob(self.database, self.bot, shelf, clock, picture_checked.settle)
        clean = CleanPictures(self.database, shelf)
        made = MadeFiles(self.database)
        self.sender = Sender(
            self.bot,
            Calls(calls, self.bot.base_url),
            clean,
            made,
            paid=settings.paid_broadcast,
        )
        pacer, slower = paced(settings, clock.monotonic)
        self._bad_news = BadNews(self.sender, clock, pacer, render, self._look)
        self.delivery = self._delivery(pacer, slower)
        self._handling = Handling(self.application, self.bot)
        self.worker = InboxWorker(
            self.database, clock, handle=self._handling.handle, apologise=self._apologise
        )
        self._bot_id = int(settings.token.partition(":")[0])
        self.intake = self._intake(TelegramSource(polls, self.bot.base_url))
        self.runner = Runner(self.database, clock, JOBS)
        self._backups = Backups(
            self.database, clock, settings.backups, self._alarm, hourly=settings.hourly_backups
        )
        self._name = ""  # of the community
        self.database.on_commit.append(self._after_commit)

    def _intake(self, source: TelegramSource) -> Polling | Webhook:
        """Return how updates come: brought to where the settings say, else fetched."""
        ours = self.database, self._bot_id
        taken_in, cannot_keep = self.worker.offer, self._bad_news.tell
        if self.settings.webhook_url:
            keeper = Keeper(*ours, taken_in=taken_in, cannot_keep=cannot_keep)
            return Webhook(
                keeper, source, self.clock, self.settings.webhook_url, self.settings.token
            )
        return Polling(
            self.database,
            source,
            self.clock,
            self._bot_id,
            taken_in=taken_in,
            cannot_keep=cannot_keep,
        )

    def _delivery(self, pacer: Pacer, slower: Slower) -> DeliveryWorker:
        return DeliveryWorker(
            self.database,
            self.sender,
            render,
            self.clock,
            pacer,
            on_blocked=group.note_unreachable,
            on_alarm=self._alarm,
            on_reply=answered,
            on_going=guarded.letter,
            slower=slower,
        )

    @property
    def loops(self) -> dict[str, Pulse]:
        """The pulse of each loop, by its name."""
        return {
            "intake": self.intake.pulse,
            "worker": self.worker.pulse,
            "delivery": self.delivery.pulse,
            "schedule": self.runner.pulse,
        }

    async def open(self) -> None:
        """Migrate and open the database.

        Raises DatabaseFault, and StartFault when a demo would speak to real people.
        """
        vault = self.database.vault = vault_of(self.settings)
        await migrate(self.settings.database, self.settings.backups, vault)
        await self.database.open()
        async with self.database.begin() as uow:
            await key.check(uow)
            if await meta.get(uow, meta.DEMO) and not self.settings.sandbox_control:
                raise StartFault(
                    "This database was seeded as a demo. Set DATA_DIR or DATABASE_URL to a place "
                    "of its own before you use a real token."
                )

    async def import_organisation(self, example: Path) -> None:
        """Import the organisation file into an empty database; raises StartFault without one."""
        async with self.database.begin() as uow:
            if await organisation.is_needed(uow):
                await organisation.import_organisation(uow, self._organisation(example))
            await opening.prepare(uow)

    def _organisation(self, example: Path) -> Organisation:
        file = self.settings.organisation
        if file is None:
            raise StartFault(
                "No community is there yet: `linli import` brings one, or ORGANISATION names the "
                f"TOML file that describes it. {example} is a complete example."
            )
        return read_organisation(file)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; then let what is in flight finish.

        Raises InvalidToken when Telegram does not know the token.
        """
        stopped = start_task(stop.wait(), name="stop")
        await self._prepare_bad_news()
        reaching = start_task(self._reach_telegram(), name="reach Telegram")
        await asyncio.wait([reaching, stopped], return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            await self._cancel(reaching, stopped)
            return
        reaching.result()
        self.intake.last_success = self.clock.monotonic()
        await self.worker.load(self._bot_id)  # before any more is brought: nothing comes twice
        await self.delivery.recover()
        async with self.database.begin() as uow:
            await budget.hold_late(uow)
            await morning.merge_late(uow)
        rest_the_collector()
        await self._serve(stopped)

    async def _serve(self, stopped: "asyncio.Task[Any]") -> None:
        loops = [
            start_task(self.intake.run(), name="intake"),
            start_task(self.worker.run(), name="worker"),
            start_task(self.delivery.run(), name="delivery"),
            start_task(self.pictures.run(), name="pictures"),
            start_task(self._backups.run(), name="backups"),
        ]
        self.runner.start()
        if isinstance(self.intake, Webhook):
            self.intake.server.open(self.settings.webhook)
        try:
            done, _ = await asyncio.wait([*loops, stopped], return_when=asyncio.FIRST_COMPLETED)
            for ended in done - {stopped}:
                ended.result()  # a loop never ends but by a fault
        finally:
            self.runner.stop()
            if isinstance(self.intake, Webhook):
                await self.intake.server.close()
            others = [one for one in loops if one.get_name() != "delivery"]
            await self._cancel(*others, stopped, *self.pictures.flying())
            await self.delivery.drain(DRAIN)
            await self._cancel(loops[2])

    async def close(self) -> None:
        """Close the connections to Telegram and to the database."""
        await self.application.shutdown()
        for lines in self._lines:  # PTB leaves them open when it was never fully started
            await lines.shutdown()
        await self.database.close()

    async def _cancel(self, *tasks: "asyncio.Task[Any]") -> None:
        async with self.database.between_turns():
            for task in tasks:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def forget(self) -> None:
        """Drop what is remembered of a life that a reset of the sandbox has ended."""
        self.worker.forget()
        self.delivery.forget()
        self.pictures.forget()
        self._bad_news.forget()
        self._backups.renew_keys()

    async def idle(self) -> tuple[bool, datetime | None]:
        """Say whether nothing is left to do now, and when the next thing falls due (UTC).

        What is planned is looked up before and after: a letter that comes back to be tried
        again must be seen either in flight or as planned.
        """
        if not self.worker.idle or self.delivery.is_busy:  # then nobody needs to look it up
            return False, None
        planned = await self._planned()
        quiet = await self.pictures.idle() and await self.delivery.idle() and self.worker.idle
        return quiet, min(planned + await self._planned(), default=None)

    async def _planned(self) -> list[datetime]:
        found = [
            self.worker.next_due(),
            await self.delivery.next_due(),
            await self.pictures.next_due(),
            await self.runner.next_due(),
        ]
        return [one for one in found if one is not None]

    async def _prepare_bad_news(self) -> None:
        async with self.database.begin() as uow:
            community = await community_of(uow, await first_id(uow))
        self._bad_news.prepare(community.phone)
        self._name = community.name

    async def _reach_telegram(self) -> None:
        await reach_telegram(
            self.application.initialize, lambda: self.sender.introduce(self._name), self.clock
        )
        self.database.give(BOT_NAME, self.bot.username)

    async def _look(self, telegram_id: int, text: str) -> Letter | None:
        """Return what answers the words of a person, without a row being written."""
        async with self.database.looking() as uow:
            found = await looking.look(uow, telegram_id, text)
            return None if found is None else await guarded.letter(uow, found)

    async def _apologise(self, uow: UnitOfWork, one: Taken, code: str) -> None:
        kind, _, chat = one.lane.partition(":")
        if kind == "person":
            await alarm.apologise(uow, int(chat), code)
        await alarm.raise_alarm(
            uow, self.settings.admin_ids, "update_set_aside", code=code, update=one.update_id
        )

    async def _alarm(self, uow: UnitOfWork, what: str, facts: dict[str, Any]) -> None:
        await alarm.raise_alarm(uow, self.settings.admin_ids, what, **facts)

    def _after_commit(self, uow: UnitOfWork) -> None:
        if uow.immediate:
            self.delivery.answer_now(uow.immediate)
        if uow.letters_queued:
            self.delivery.wake(bulk=uow.bulk_queued)
        if uow.pictures_dropped:
            self.pictures.drop(uow.pictures_dropped)
        if uow.pictures_planned:
            self.pictures.wake()
        if uow.keys_destroyed:
            self._backups.renew_keys()
