"""Rows come in a named order: PostgreSQL puts a row that was changed behind the rest."""

import importlib
import pkgutil

from sqlalchemy import Select

import storage

ONE_ROW = {
    "action_item._ONE",
    "agenda._ONE",
    "addressees._UNSHOWN",
    "broadcast._COUNT_RECEIVED",
    "broadcast._COUNT_ENDED",
    "broadcast._MINE",
    "broadcast._ONE",
    "broadcast_series._ONE",
    "broadcast_poll._ONE",
    "broadcast_letters._WAITING",
    "audit._BEGINS",
    "audit._COUNT",
    "audit._HEAD",
    "audit._LEAST",
    "block._ONE",
    "board._COUNT",
    "board._COUNT_FINISHED",
    "callback._LAST_SURVEY",
    "callback._ONE",
    "case._CLOSED",
    "case._COUNT_IN",
    "case._ONE",
    "case._REPORTED",
    "code._BY_CODE",
    "community._CODE",
    "community._ONE",
    "draft._ONE",
    "due._FIND",
    "due._NEXT",
    "figures._OPEN",
    "grant._BY_CODE",
    "grant._ONE",
    "group._KNOWN",
    "health._LATE",
    "health._LATE_LETTER",
    "health._UPDATES",
    "home._ONE",
    "home_word._COUNT_WRONG",
    "kin._BY_CODE",
    "kin._ONE",
    "inbox._OFFSET",
    "key._ANY",
    "letter._CARD_ABOUT",
    "meeting._OF_PERSON",
    "meeting._ONE",
    "meeting._PLANNED",
    "meta._GET",
    "outbox._ANY_DUE",
    "outbox._NEXT",
    "outage._ASKED",
    "outage._ONE",
    "picture._NEXT",
    "picture._ONE",
    "residence._COUNT",
    "residence._ONE",
    "role._COUNT",
    "search._ANY",
    "roster._ONE",
    "shift._DUTY",
    "shift._ONE",
    "signal._KNOWN",
    "signal._ONE",
    "swap._ONE",
    "survey._ONE",
    "survey_guest._LAST_ASKED",
    "survey_guest._ONE",
    "survey_paper._ONE",
    "told._RUNG",
    "volunteer._COUNT",
    "volunteer._ONE",
}
BY_KEY = {  # what comes is kept by a key of its own, counted or summed up
    "addressees._HOMES",
    "addressees._LIVED_IN",
    "case._OPEN_OF",
    "case._SOME",
    "conversation._LOAD",
    "counter._ALL",
    "flood._REPORTED",
    "health._LETTERS",
    "inbox._BEFORE",
    "inbox._KNOWN",
    "letter._ABOUT",  # all letters that a message shows are about one case
    "person._BY_ID",
    "picture._KEPT",
    "roll_up._CASES",
    "roll_up._KNOWN",
    "swap._LAST",
}
PARTS = {
    "addressees._HOLDING",
    "board._ROWS",
    *(f"{module}.SEALED" for module in ("case", "case_row", "figures", "roll_up")),
    "name_piece.HAVING_ALL",
    "outbox._QUEUED",
    "person._WITH_ROLES",
    "residence._SEALED",
}  # of statements that name an order


def test_every_statement_names_the_order_of_its_rows() -> None:
    modules = [one.name for one in pkgutil.iter_modules(storage.__path__) if not one.ispkg]
    without = {
        f"{module}.{name}"
        for module in modules
        for name, found in vars(importlib.import_module(f"storage.{module}")).items()
        if isinstance(found, Select) and not found._order_by_clauses
    }
    unnamed = without - ONE_ROW - BY_KEY - PARTS
    assert unnamed == set(), "give each an order_by, or say here why it needs none"
