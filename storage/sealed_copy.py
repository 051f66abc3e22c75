"""Backups that erasing reaches: what somebody wrote is sealed in a copy, and the keys lie apart.

The keys of all people stand in one file beside the copies, which is replaced with each of them:
so whoever was erased since cannot be read in any copy, however old. What can be made anew (the
index of words) and what is over (updates handled, letters sent) is not kept in a copy at all.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from storage.fault import DatabaseFault
from storage.keys_apart import Owned, columns_of, keys_in, read_keys, write_keys
from storage.vault import BrokenSealError, Key, Vault

EMPTIED = frozenset({"keys", "case_pieces"})  # tables of which a copy holds no row
_MARK, _OF_HOUSE = "sealed:", "house:"
_PEOPLE = "SELECT community_id || '/' || id FROM people"
_OVER = {  # what is over by its status: then only that it was is kept
    "inbox": ("raw", "'{}'", "status = 'done'"),
    "outbox": ("facts", "'{}'", "status NOT IN ('queued', 'sending')"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """Columns of a table that hold what one person said, or what was said to them.

    `owner` is SQL of a row `t` for who that is; `key` names the row. `gone` is what stands there
    once the person's key is gone, and `closes` what else is set then; without it the row goes.
    """

    table: str
    key: str
    columns: tuple[str, ...]
    owner: str
    gone: str = "''"
    closes: str = ""


def _by(column: str) -> str:
    return f"t.community_id || '/' || t.{column}"


def _account(number: str) -> str:
    """Return SQL for who has that account here, the house when that is nobody yet."""
    return f"coalesce(({_PEOPLE} WHERE telegram_id = {number} ORDER BY left_at IS NOT NULL), '')"


_REPORTER = (
    "(SELECT c.community_id || '/' || c.reporter_id FROM cases c"
    " WHERE c.community_id = t.community_id AND c.number = t.subject)"
)
_PROPOSER = (
    "SELECT i.community_id || '/' || coalesce(i.person_id, c.reporter_id) FROM agenda_items i"
    " LEFT JOIN cases c ON c.community_id = i.community_id AND c.number = i.case_number"
    " WHERE i.community_id = t.community_id AND i.id = t."
)
PASSAGES = (
    Passage("cases", "number", ("words", "place", "reason", "outcome", "no_photo"),
            _by("reporter_id")),
    Passage("cases", "number", ("asked",), _by("reporter_id"), "NULL"),
    Passage("remarks", "case_number || '/' || id", ("words",), _by("person_id")),
    Passage("remarks", "case_number || '/' || id", ("facts",), _by("person_id"), "'{}'"),
    Passage("case_history", "case_number || '/' || version", ("reason",), _by("person_id")),
    Passage("callbacks", "case_number || '/' || round || '/' || person_id", ("words", "wish"),
            _by("person_id")),
    Passage("attachments", "case_number || '/' || file_unique_id || '/' || stage",
            ("file_id", "clean_id"), _by("person_id")),
    Passage("drafts", "id", ("facts",), _by("person_id"), "'{}'", ", status = 'dropped'"),
    Passage("invitations", "meeting_id || '/' || person_id", ("words", "objection"),
            _by("person_id")),
    Passage("agenda_items", "id", ("words", "voice", "answer"), f"({_PROPOSER}id)"),
    Passage("agenda_items", "id", ("facts",), f"({_PROPOSER}id)", "'{}'"),
    Passage("proposals", "id", ("words",), f"({_PROPOSER}item_id)"),
    Passage("action_items", "id", ("reason", "done_words", "done_photo"), _by("owner_id")),
    Passage("swaps", "id", ("why",),
            "(SELECT d.community_id || '/' || d.person_id FROM duties d"
            " WHERE d.community_id = t.community_id AND d.id = t.duty_id)"),
    Passage("people", "id", ("settings",), _by("id"), "NULL"),
    Passage("seats", "person_id || '/' || body || '/' || code || '/' || starts_at", ("title",),
            _by("person_id")),
    Passage("duties", "id", ("hazards",), _by("person_id"), "'[]'"),
    Passage("wishes", "id", ("reason", "area"), _by("person_id")),
    Passage("wishes", "id", ("skills",), _by("person_id"), "'[]'"),
    Passage("blocks", "id", ("words", "appeal", "answer"), _by("person_id")),
    Passage("survey_papers", "survey_id || '/' || id", ("answers",), _by("person_id"), "'{}'"),
    Passage("conversations", "name || '/' || chat_id || '/' || user_id", ("state",),
            _account("t.user_id"), ""),
    Passage("inbox", "bot_id || '/' || update_id", ("raw",),
            _account("CAST(substr(t.lane, instr(t.lane, ':') + 1) AS INTEGER)"), "'{}'",
            ", status = 'done', done_at = received_at"),
    Passage("outbox", "id", ("facts",), f"coalesce({_REPORTER}, {_account('t.chat_id')})", "'{}'",
            ", status = 'dead', error = 'erased'"),
)  # fmt: skip


@dataclass
class Keys:
    """The keys of all people, wrapped, by "community/person"; and the vault that opens them."""

    vault: Vault
    wrapped: Mapping[Owned, str]
    missed: int = 0  # fields that nobody can open any more
    broken: list[str] = field(default_factory=list)  # columns with a field that does not open

    def of(self, owner: Owned) -> Key | None:
        """Return whose key it is; None: there is none any more."""
        if not owner:
            return self.vault.house
        wrapped = self.wrapped.get(owner)
        community, _, person = owner.partition("/")
        return None if wrapped is None else self.vault.key(int(community), int(person), wrapped)

    def seal(self, row: str, owner: Owned | None, said: str | None) -> str | None:
        """Return what a copy holds instead of `said`; what is nobody's stays as it is."""
        if owner is None or said is None:
            return said
        mine = self.of(owner)  # whoever was erased has none: some of it stays until a case closes
        if mine is None:
            return _MARK + _OF_HOUSE + self.vault.house.seal(row, said)
        return _MARK + mine.seal(row, said)

    def open(self, row: str, owner: Owned | None, sealed: str) -> str | None:
        """Return what was said; None when there is no key for it any more."""
        try:
            token = sealed.removeprefix(_MARK)
            if token.startswith(_OF_HOUSE):
                return self.vault.house.open(row, token.removeprefix(_OF_HOUSE))
            mine = None if owner is None else self.of(owner)
            if mine is not None:
                return mine.open(row, token)
        except BrokenSealError as error:
            self.broken.append(str(error))
        self.missed += 1
        return None


def seal(copy: Path, folder: Path, vault: Vault) -> frozenset[str]:
    """Seal a fresh copy of the database, and put the keys of that instant into `folder`.

    Returns the tables that were emptied. Raises DatabaseFault when the keys in `folder` are those
    of another database: without them none of the copies there could be read any more.
    """
    with closing(_open(copy)) as connection:
        known = columns_of(connection)
        if "keys" not in known:
            return frozenset()  # of a version that had none
        held = keys_in(connection)
        _check_ours(held, folder)
        write_keys(lambda: held, folder)
        keys = Keys(vault, held)
        connection.create_function("sealed", 3, keys.seal)
        with connection:
            for table, (column, empty, over) in _OVER.items():
                connection.execute(f"UPDATE {table} SET {column} = {empty} WHERE {over}")  # noqa: S608
            for one in PASSAGES:
                for column in _there(one, known):
                    connection.execute(_sealing(one, column))
            for table in sorted(EMPTIED):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute("VACUUM")  # in the gaps of pages stands what was there before
    return EMPTIED


def _check_ours(held: Mapping[Owned, str], folder: Path) -> None:
    """Refuse to replace keys of which the database has not one: it was begun anew."""
    try:
        there = read_keys(folder)
    except DatabaseFault:  # none, or nothing that could be lost
        return
    if there and there.items().isdisjoint(held.items()):
        raise DatabaseFault(
            f"The copies in {folder} are of another database, and so are their keys: put one back "
            "with `linli restore`, or move the folder away. No backup was made"
        )


def unseal(copy: Path, folder: Path, vault: Vault) -> Keys:
    """Open all of a copy for which there is a key in `folder`; return what could not be opened.

    Raises DatabaseFault when the file with the keys is not there.
    """
    with closing(_open(copy)) as connection:
        known = columns_of(connection)
        keys = Keys(vault, {})
        if "keys" not in known or keys_in(connection):
            return keys  # of an older version, or copied whole
        keys.wrapped = read_keys(folder)
        connection.create_function("opened", 3, keys.open)
        with connection:
            for one in PASSAGES:
                for column in _there(one, known):
                    connection.execute(_opening(one, column))
                    connection.execute(_closing(one, column))
            connection.executemany(
                "INSERT INTO keys (community_id, person_id, wrapped) SELECT community_id, id, ?"
                " FROM people WHERE community_id = ? AND id = ?",
                [(wrapped, *owner.split("/")) for owner, wrapped in keys.wrapped.items()],
            )
            connection.execute(
                "INSERT OR IGNORE INTO cases_to_index (community_id, case_number)"
                " SELECT community_id, number FROM cases"
            )
    return keys


def _open(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy)
    for pragma in ("secure_delete=ON", "foreign_keys=OFF", "synchronous=OFF"):
        connection.execute(f"PRAGMA {pragma}")  # it is forced to disk when it is done
    return connection


def _there(one: Passage, known: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield the columns that a copy has: one of an older version may have fewer."""
    yield from (column for column in one.columns if column in known.get(one.table, ()))


def _row(one: Passage, column: str) -> str:
    scope = "" if one.table in {"conversations", "inbox", "outbox"} else "t.community_id || '/' || "
    return f"'{one.table}.{column}/' || {scope}{one.key}"


def _sealing(one: Passage, column: str) -> str:
    what = f"sealed({_row(one, column)}, {one.owner}, t.{column})"
    return f"UPDATE {one.table} AS t SET {column} = {what} WHERE t.{column} IS NOT NULL"  # noqa: S608


def _opening(one: Passage, column: str) -> str:
    what = f"opened({_row(one, column)}, {one.owner}, t.{column})"
    return (
        f"UPDATE {one.table} AS t SET {column} = coalesce({what}, t.{column})"  # noqa: S608
        f" WHERE t.{column} LIKE '{_MARK}%'"
    )


def _closing(one: Passage, column: str) -> str:
    change = f"UPDATE {one.table} AS t SET {column} = {one.gone}{one.closes}"  # noqa: S608
    if not one.gone:
        change = f"DELETE FROM {one.table} AS t"  # noqa: S608
    return f"{change} WHERE t.{column} LIKE '{_MARK}%'"
