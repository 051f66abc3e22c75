"""Telegram's HTML: what it becomes, and how it is refused."""

from contextlib import suppress
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import detect, parse_html, utf16
from bot.sandbox.errors import ApiError


def _entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>您好</b>,王", "您好,王", [_entity("bold", 0, 2)]),
        ("💡<b>灯</b>", "💡灯", [_entity("bold", 2, 1)]),
        ("&lt;b&gt; &amp; &quot;&#33;&copy;&", '<b> & "!&copy;&', []),
        ("<b>a<i>b</i></b>", "ab", [_entity("bold", 0, 2), _entity("italic", 1, 1)]),
        (
            '<a href="https://x.cn/?a=1&amp;b=2">x</a>',
            "x",
            [_entity("text_link", 0, 1, url="https://x.cn/?a=1&b=2")],
        ),
        ("<blockquote expandable>q</blockquote>", "q", [_entity("expandable_blockquote", 0, 1)]),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [_entity("pre", 0, 1, language="py")],
        ),
        ('<span class="tg-spoiler">x</span>', "x", [_entity("spoiler", 0, 1)]),
        ("<STRONG>x</>", "x", [_entity("bold", 0, 1)]),
        ("\n <u> x </u>\n", "x", [_entity("underline", 0, 1)]),
        ("<b></b>x", "x", []),
    ],
)
def test_html_becomes_text_and_entities(
    source: str, text: str, entities: list[dict[str, Any]]
) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("灯<br>", 'Unsupported start tag "br" at byte offset 3'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_faults_are_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(escape(text, quote=False))[0] == text.strip()


@given(st.text(alphabet='<>&/ab "=💡'))
def test_no_source_breaks_the_parser_and_entities_stay_inside(source: str) -> None:
    text, entities = "", list[dict[str, Any]]()
    with suppress(ApiError):
        text, entities = parse_html(source)
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16(text) for e in entities)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start p_7KQ", [_entity("bot_command", 0, 6)]),
        ("💡 /my@linli_bot", [_entity("bot_command", 3, 13)]),
        ("3/2 楼", []),
        ("看 https://example.org/a?b=1。", [_entity("url", 2, 25)]),
        ("@somebody #灯", [_entity("mention", 0, 9), _entity("hashtag", 10, 2)]),
    ],
)
def test_telegram_finds_commands_and_links_by_itself(
    text: str, found: list[dict[str, Any]]
) -> None:
    assert detect(text) == found
