"""Drawing: a letter's kind and facts become text and buttons. No service, no table, no network."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.letter import Drawing, Letter
from bot.texts import spoken
from handlers.cards import (
    admin,
    callback,
    callback_call,
    case,
    desk,
    draft,
    finish,
    home,
    list,  # noqa: A004
    neighbour,
    remark,
    reopen,
    resident,
    settings,
    supplement,
    urgent,
)
from handlers.cards.common import Sheet, enlarged, plainly

SPOKEN = ("refusal", "toast", "common")  # kinds that are one sentence, found by their name

KINDS: dict[str, Callable[[Sheet], Drawing]] = {
    "menu.start": home.start,
    "menu.keyboard": home.keyboard,
    "menu.report": home.report,
    "menu.phone": home.phone,
    "menu.news": home.news,
    "menu.help": home.help_,
    "menu.bind": settings.bind,
    "menu.commands": settings.commands,
    "settings.home": settings.home,
    "settings.begins": settings.begins,
    "settings.ends": settings.ends,
    "settings.unit": settings.unit,
    "settings.home_open": plainly,
    "settings.wished": settings.wished,
    "draft.empty": plainly,
    "draft.place": draft.place,
    "draft.unit": draft.unit,
    "draft.kind": draft.kind,
    "draft.check": draft.check,
    "draft.dropped": draft.dropped,
    "draft.resume": draft.resume,
    "draft.filed_elsewhere": plainly,
    "case.card": case.card,
    "case.similar": neighbour.similar,
    "case.hot": neighbour.hot,
    "case.supplement_ask": supplement.ask,
    "case.supplement_left": plainly,
    "case.supplemented": supplement.supplemented,
    "task.supplemented": supplement.received,
    "case.urgent": urgent.filed,
    "case.urgent_next": urgent.next_called,
    "case.autofiled": resident.autofiled,
    "case.withdraw_ask": resident.withdraw_ask,
    "case.taken": resident.taken,
    "case.closed": resident.closed,
    "case.not_ours": resident.not_ours,
    "case.need_info": resident.need_info,
    "case.reopen_requested": resident.reopen_requested,
    "case.reopened": resident.reopened,
    "case.reopen_refused": resident.reopen_refused,
    "case.returned": desk.returned,
    "case.photos": resident.photos,
    "case.file": resident.file,
    "survey.result": callback.result,
    "survey.q1": callback.solved,
    "survey.q2": callback.satisfied,
    "survey.q3": callback.more,
    "survey.reopen": callback.reopen,
    "survey.write": callback.write,
    "survey.thanks": callback.thanks,
    "survey.left": callback.said,
    "survey.call": callback.call,
    "survey.over": callback.said,
    "survey.later": callback.later,
    "survey.later_good": callback.said,
    "survey.later_never": callback.said,
    "survey.later_broken": callback.broken,
    "call.list": callback_call.calls,
    "call.card": callback_call.call,
    "check.list": callback_call.checks,
    "check.card": callback_call.check,
    "task.withdrawn": finish.said,
    "task.not_today": finish.said,
    "case.answered": remark.kept,
    **dict.fromkeys(("desk.ask_words", "desk.now_words", "desk.note_words"), remark.words),
    "desk.ask_preview": remark.ask_preview,
    "desk.now_preview": remark.now_preview,
    "desk.answered": remark.answered,
    "desk.lapsed": remark.lapsed,
    "desk.refer": remark.refer,
    "desk.assign": desk.assign,
    "desk.nobody": desk.nobody,
    "desk.decline_reason": desk.decline_reason,
    "desk.decline_whom": desk.decline_whom,
    "desk.decline_preview": desk.decline_preview,
    "desk.reopen": reopen.reopen,
    "desk.refuse_reason": desk.refuse_reason,
    "desk.close_reason": desk.refuse_reason,
    "desk.refuse_preview": desk.refuse_preview,
    "finish.photo": finish.photo,
    "finish.no_photo": finish.no_photo,
    "finish.words": finish.words,
    "finish.check": finish.check,
    "list.my": list.my,
    "list.todo": list.todo,
    "list.tasks": list.tasks,
    "common.unknown": home.answer,
    "admin.alarm": admin.alarm,
}


def render(letter: Letter, now: datetime) -> Drawing:
    """Return the letter as it will be seen at `now` (UTC).

    Raises KeyError for a kind that nobody draws and for a fact that is missing.
    """
    drawing = _draw(Sheet(letter.kind, letter.facts, letter.language, now))
    return enlarged(drawing) if letter.large else drawing


def _draw(sheet: Sheet) -> Drawing:
    draw = KINDS.get(sheet.kind)
    if draw is not None:
        return draw(sheet)
    if sheet.kind.partition(".")[0] not in SPOKEN:
        raise KeyError(sheet.kind)
    return Drawing(sheet.say(sheet.kind, **spoken(sheet.facts, sheet.language)))
