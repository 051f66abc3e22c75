"""Pieces of words: what is found by what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.press import LIMIT, Press
from bot.domain.search import pieces_of, tidy, wanted


def finds(query: str, *texts: str) -> bool:
    looked_for = wanted(tidy(query))
    return bool(looked_for) and looked_for <= pieces_of(texts)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("电梯", "3号楼电梯坏了"),
        ("梯", "3号楼电梯坏了"),
        ("电梯坏", "3号楼电梯坏了"),
        ("电梯 坏", "电梯又坏了"),
        ("3号楼", "3号楼电梯坏了"),
        ("3 号楼", "3号楼电梯坏了"),
        ("\uff13号楼", "3号楼电梯坏了"),
        ("LIFT", "the lift is broken"),
        ("lift broken", "the lift is broken"),
        ("Lift!", "LIFT, please"),
        ("12", "12号楼"),
    ],
)
def test_it_is_found(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("电梯", "电灯和楼梯"),
        ("3号楼", "5号楼3号的灯"),
        ("3号楼", "13号楼的灯"),
        ("梯电", "3号楼电梯坏了"),
        ("3号楼", "13号楼"),
        ("电梯 漏水", "电梯坏了"),
        ("lif", "the lift is broken"),
        ("", "电梯"),
        ("!?", "电梯"),
    ],
)
def test_it_is_not_found(query: str, text: str) -> None:
    assert not finds(query, text)


@given(st.text(max_size=80))
def test_whatever_is_looked_for_fits_into_a_button(query: str) -> None:
    assert Press.parse(f"v1:list:find:0:0:9999.{tidy(query)}") is not None
    assert len(f"v1:list:find:0:0:9999.{tidy(query)}".encode()) <= LIMIT
    assert tidy(tidy(query)) == tidy(query)
