"""The table of ticks: what the clock may have to do, and the service that does it."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from bot.services import (
    action_item,
    autofile,
    block,
    broadcast_due,
    broadcast_edit,
    broadcast_send,
    budget,
    callback,
    callback_due,
    clocks,
    contact,
    digest,
    draft_due,
    figures_month,
    holiday_due,
    leaver,
    meeting,
    meeting_clock,
    morning,
    morning_letter,
    outage_end,
    overdue,
    promise,
    question,
    request,
    roster_week,
    series,
    shift_due,
    swap,
    tier,
    update,
    waiting,
)
from bot.services.unit_of_work import UnitOfWork
from storage.due import Due

Tick = Callable[[UnitOfWork, Due], Awaitable[None]]

JOBS: Mapping[str, Tick] = MappingProxyType(
    {
        clocks.CLAIM_LIMIT: tier.nobody_took,
        overdue.WATCH: overdue.look,
        waiting.WAIT: waiting.look,
        contact.LIMIT: contact.look,
        update.UPDATE: update.look,
        question.LAPSE: question.lapse,
        budget.MERGE: morning.merge,
        promise.MISSED: promise.missed,
        request.HOLD_ENDS: request.hold_ends,
        draft_due.AUTOFILE: autofile.file_left,
        callback_due.ASK: callback_due.ask,
        callback_due.LATER: callback_due.ask_later,
        callback_due.WRITING: callback_due.stop_waiting,
        callback_due.DISSENT: callback.dissent_stands,
        block.ENDS: block.let_end,
        leaver.CHECK: leaver.look,
        morning_letter.KIND: morning_letter.send,
        outage_end.ENDS: outage_end.let_end,
        holiday_due.CHECK: holiday_due.look,
        broadcast_due.KIND: broadcast_send.step,
        broadcast_edit.KIND: broadcast_edit.step,
        digest.KIND: digest.write,
        figures_month.KIND: figures_month.write,
        roster_week.WEEK: roster_week.turn,
        shift_due.UNSURE_AT: shift_due.look,
        shift_due.TODAY: shift_due.remind,
        shift_due.ENDS: shift_due.end,
        swap.WAIT: swap.wait_over,
        series.KIND: series.look,
        meeting_clock.KIND: meeting.look,
        action_item.KIND: action_item.look,
    }
)
