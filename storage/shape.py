"""How many rows SQLite has to expect behind each index, told once instead of measured.

Without it SQLite takes one community for ten rows, so that any index that begins with the
community looks as good as the right one, and every case is read. Measuring (ANALYZE) would let
the ways change with the data; these are the figures of a community with 100,000 cases. PostgreSQL
measures by itself.
"""

from sqlalchemy import Connection, text

# By table and index: all rows, then how many are alike in the first column, the first two, ...
_ALIKE = {
    "attachments": {
        "ix_attachments_unique": "33333 33333 1",
        "sqlite_autoindex_attachments_1": "33333 33333 1 1 1",
    },
    "callbacks": {
        "ix_callbacks_check": "9 9 9 1 1",
        "ix_callbacks_person": "94762 94762 19",
        "ix_callbacks_status": "94762 94762 31588 1 1",
        "sqlite_autoindex_callbacks_1": "94762 94762 1 1 1",
    },
    "case_figures": {
        "ix_case_figures_day": "100000 100000 274",
        "sqlite_autoindex_case_figures_1": "100000 100000 1",
    },
    "case_history": {"sqlite_autoindex_case_history_1": "500000 500000 5 1"},
    "case_pieces": {
        "ix_case_pieces_case": "4000000 4000000 40",
        "sqlite_autoindex_case_pieces_1": "4000000 4000000 4000 1",
    },
    "cases": {
        "ix_cases_alike": "100000 100000 2500 63 1",
        "ix_cases_closed": "99723 99723 19945 1",
        "ix_cases_done": "94762 94762 2370 1",
        "ix_cases_handled": "94887 94887 1581 1",
        "ix_cases_handler": "2000 2000 33 11 1",
        "ix_cases_master": "100000 100000 50",
        "ix_cases_open": "3000 3000 2" + " 1" * 17,
        "ix_cases_place": "100000 100000 417 1",
        "ix_cases_reported": "100000 100000 1",
        "ix_cases_reporter": "100000 100000 20 1",
        "ix_cases_resolved": "94762 94762 1",
        "sqlite_autoindex_cases_1": "100000 100000 1",
    },
    "co_signers": {
        "ix_co_signers_person": "10000 10000 3 1",
        "sqlite_autoindex_co_signers_1": "10000 10000 1 1",
    },
    "figure_hours": {
        "ix_figure_hours_every": "10000 10000 26",
        "sqlite_autoindex_figure_hours_1": "90000 90000 240 120 120 3 1",
    },
    "figures": {
        "ix_figures_every": "30000 30000 80",
        "sqlite_autoindex_figures_1": "130000 130000 340 170 170 4 1",
    },
}
_PUT = text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)")
_FORGET = text("DELETE FROM sqlite_stat1")


def tell(connection: Connection) -> None:
    """Tell SQLite the shape of a neighbourhood, after a migration, in its transaction."""
    connection.exec_driver_sql("PRAGMA analysis_limit = 10")
    connection.exec_driver_sql("ANALYZE")  # makes the table that takes it
    connection.execute(_FORGET)  # what it found, which depends on when it looked
    connection.execute(
        _PUT,
        [
            {"tbl": table, "idx": index, "stat": stat}
            for table, indexes in _ALIKE.items()
            for index, stat in indexes.items()
        ],
    )
