"""HTML of other programs as CommonMark and as plain text: the words stay, and mean what they meant."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_timeline.imports.html_text import to_commonmark, to_text
from diplomatic_timeline.views.prose import to_html

PIECES = st.sampled_from(
    ["*", "**", "_", "`", "~~~", "[", "](", ")", "<b>", "</b>", "<i>", "</i>", " ", "a", "鱼", "“", "”", "1.",
     "-", "# ", "&amp;", "&amp;lt;", "\\", "!", "<a href='https://x.org/(a'>", "</a>", "&lt;b&gt;", "<s>",
     "</s>", "<li>", "<td>"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("html", "commonmark"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One<br>two", "One\n\ntwo"),
        ("a <b>bold</b> and <em>slanted</em> word", "a **bold** and *slanted* word"),
        ("a <b>b <i>c</i> d</b> <i>a <b>b</b></i>", "a **b *c* d** *a **b***"),
        ("<b>Fish: </b>the sides. <i> Ships</i> were", "**Fish:** the sides. *Ships* were"),
        ("<b>“Salt”</b>may <b>“鱼群”</b>很<b>重</b>要 <b>a</b>", "“Salt”may “鱼群”很**重**要 **a**"),
        ('see <a href="https://example.org/x">this <b>one</b></a>', "see [this **one**](https://example.org/x)"),
        ('<a href="https://example.org/x_(y)">this</a>', r"[this](https://example.org/x\_\(y\))"),
        ('<a href="javascript:alert(1)">this</a>', "this"),
        ("<script>alert(1)</script>kept", "kept"),
        ("5 &lt; 6 &amp; [x] *y* `z` _w_", r"5 \< 6 & \[x\] \*y\* \`z\` \_w\_"),
        ("&amp;lt;", r"\&lt;"),
        ("<ul><li>a</li><li>b<p>c</ul><ul><li>d</ul>", "- a\n\n- b\n\n  c\n\n+ d"),
        ("<ol start=3><li>a<li>b<ul><li>c</ul></ol>", "3. a\n\n4. b\n\n   - c"),
        ("<blockquote>a<br>b</blockquote>", "> a\n>\n> b"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("plain\u200b \u00ad words&#8203;", "plain words"),
        ("<table><tr><th>A<th>B<tr><td>Norland</td><td><p>12</p></td></table>", "A | B\n\nNorland | 12"),
        ("<table><tr><td>a<td><td>c</table>", "a | c"),
        ("<figcaption>a</figcaption>b<caption>c</caption>d", "a\n\nb\n\nc\n\nd"),
        ("a<summary>b</summary>c<x-y>d</x-y>e", "a\n\nb\n\nc\n\nd\n\ne"),
        ("<select><option>a<option>b</select>", "a\n\nb"),
        ("<pre>a\n  b</pre>", "a\n\nb"),
        ("10<sup>6</sup> m<sup>2</sup> 10<sup>-3</sup> CO<sub>2</sub>", "10⁶ m² 10⁻³ CO₂"),
        ("the 21<sup>st</sup>, x<sup>a+b</sup>, so<sup>[1]</sup>", r"the 21st, x^(a+b), so\[1\]"),
        ("were <s>cancelled</s> <del>a <b>b</b></del>held", "were held"),
        ('<span style="text-decoration: line-through">gone</span> <span hidden>x</span>held', "held"),
        ("<ruby>漢<rt>kan</rt></ruby> <q>yes</q>", "漢(kan) “yes”"),
    ],
)  # fmt: skip
def test_html_becomes_commonmark_that_says_the_same(html: str, commonmark: str) -> None:
    assert to_commonmark(html)[0] == commonmark
    assert "<script" not in to_html(commonmark)


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('A <b>bold</b> <a href="https://example.org/">link</a>', "link: https://example.org/"),
        ("<s>cancelled</s>held", "struck out: cancelled"),
        ("<span hidden>a <b>b</b></span>", "hidden: a b"),
        ("<script>a()</script>", "script, left out: a()"),
        ("<!-- see note -->", "comment: see note"),
        ("<a href='x.html'>a</a>", "link: x.html"),
        ("<img src=a.jpg alt=Ship>", "img: a.jpg (Ship)"),
        ("<abbr title='Long name'>LN</abbr>", "title of abbr: Long name"),
        ("by <A.Thorn@example.org>", "tag that HTML does not have: <A.Thorn@example.org>"),
    ],
)
def test_what_text_cannot_hold_is_told(html: str, left: str) -> None:
    assert left in to_text(html)[1]


@given(st.lists(PIECES, max_size=14).map("".join))
def test_a_page_shows_the_words_of_the_html_and_no_marks(html: str) -> None:
    shown = unescape(re.sub(r"<li>|<[^>]*>", "", to_html(to_commonmark(html)[0])))
    assert "".join(shown.split()) == "".join(to_text(html)[0].split())
