"""Our words and the sources' words as HTML, as plain text and in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_timeline.model.links import CommonMark
from diplomatic_timeline.model.quotation import marked, printed_pieces
from diplomatic_timeline.views.prose import beginning, lead, shortened, to_html, to_plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They left.", "They met."),
        ("The U.S. and China met. They left.", "The U.S. and China met."),
        ("The U.S. Secretary of State met him. They left.", "The U.S. Secretary of State met him."),
        ("Adm. Dong met Lt. Gen. Smith. They left.", "Adm. Dong met Lt. Gen. Smith."),
        ("Dr. Thorn wrote to Mrs. Okon. She answered.", "Dr. Thorn wrote to Mrs. Okon."),
        ("J. F. Doe Jr. came. He left.", "J. F. Doe Jr. came."),
        ("They met at 3 p.m. in Vale. They left.", "They met at 3 p.m. in Vale."),
        ("Round No. 5 came in Dec. 2021. It failed.", "Round No. 5 came in Dec. 2021."),
        ("Tariffs rose by 3.5 percent. Trade fell.", "Tariffs rose by 3.5 percent."),
        ("He said “no.” She left.", "He said “no.”"),
        ('He asked "why?" She left.', 'He asked "why?"'),
        ("“We will talk!” he said. She left.", "“We will talk!” he said."),
        ("Did they meet? They did.", "Did they meet?"),
        ("They waited… and left. Nobody came.", "They waited… and left."),
        ("They said no. Then they left.", "They said no."),
        ("中美会谈。双方同意。", "中美会谈。"),
        ("他说：“好。”然后走了。", "他说：“好。”"),
        ("No stop at the end", "No stop at the end"),
        ("One line\nand another. More.", "One line and another."),
        ("The *herring quota* held. More.", "The herring quota held."),
        ("", ""),
    ],
)
def test_the_lead_is_the_first_sentence(text: str, expected: str) -> None:
    assert lead(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo *and* **three**.", "One. Two and three."),
        ("- a\n- b", "a b"),
        ("[words](https://example.org)", "words"),
        ("`code` & <b>text</b>", "code & <b>text</b>"),
        ("a  \nb", "a b"),
        ("```\nfenced\n```", "fenced"),
    ],
)
def test_plain_text_has_the_words_without_marks(text: str, expected: str) -> None:
    assert to_plain(text) == expected


def test_what_markdown_could_make_of_a_text_stays_text() -> None:
    html = to_html('<script>alert("x")</script>\n\nwords <b onclick="x">bold</b>')
    assert "<script" not in html
    assert "<b" not in html
    assert "&lt;script&gt;" in html
    assert "<img" not in to_html("![alt](https://example.org/a.png)")
    assert to_html("{{ 7 * 7 }} {% x %}") == "<p>{{ 7 * 7 }} {% x %}</p>\n"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "JaVaScript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
        ),
        *("ftp://example.org/", "tel:1", "../x/", "/x", "#x", "//example.org/", "mailto:x"),
        *("https://me@example.org/", "https://example.org\\@example.net/", "https:example.org"),
    ],
)
def test_a_link_to_anything_but_a_page_or_a_mailbox_is_no_link(address: str) -> None:
    assert "href" not in to_html(f"[words]({address}) <{address}>")


@pytest.mark.parametrize("address", ["https://example.org/a", "http://example.org", "mailto:a@example.org"])
def test_a_link_to_a_page_or_a_mailbox_stays_a_link(address: str) -> None:
    assert to_html(f"[words]({address})") == f'<p><a href="{address}">words</a></p>\n'


@pytest.mark.parametrize("text", ["# Heading", "Heading\n===", "Heading\n---"])
def test_a_heading_does_not_change_the_outline_of_a_page(text: str) -> None:
    html = to_html(text)
    assert "<h1" not in html
    assert "<h2" not in html


def test_a_quotation_is_parted_into_words_omissions_and_insertions() -> None:
    assert marked("We [the ministers] agree [...] and sign […] it") == (
        ("words", "We "),
        ("insertion", "[the ministers]"),
        ("words", " agree "),
        ("omission", "[...]"),
        ("words", " and sign "),
        ("omission", "[…]"),
        ("words", " it"),
    )


@pytest.mark.parametrize("text", ["plain", "[all]", "a [b", "a] b", "[...]", ""])
def test_the_pieces_of_a_quotation_are_the_whole_of_it(text: str) -> None:
    assert "".join(piece for _, piece in marked(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one piece", ("one piece",)),
        ("one [...] two", ("one", "two")),
        ("one [word] two", ("one two",)),
        ("[...] one […] two [. . .]", ("one", "two")),
        ("one\n  two", ("one two",)),
        ("[...]", ()),
        ("我们[...]同意", ("我们", "同意")),
    ],
)
def test_printed_pieces_are_what_the_source_prints_in_one(text: str, expected: tuple[str, ...]) -> None:
    assert printed_pieces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We count the fish first.", "We count the fish first."),
        ("We count the fish first, and then we share.", "We count the fish first, and …"),
        ("We count the fish and share, and then.", "We count the fish and share …"),
        ("任何船只不付费不得通过防波堤，任何船只不付费不得通过。", "任何船只不付费不得通过防波堤，任何船…"),
        ("任何船只。", "任何船只。"),
    ],
)
def test_the_beginning_of_a_quotation_is_a_few_words(text: str, expected: str) -> None:
    assert beginning(text) == expected


def test_a_description_is_cut_at_a_word_or_where_there_is_none_at_a_character() -> None:
    assert shortened("one two three four", 12) == "one two…"
    assert shortened("任何船只不付费不得通过", 5) == "任何船只…"
    assert shortened("one two", 7) == "one two"


PIECES = [
    *"word The “quoted” it’s 中国 # x-y ~~~ === --- é (see) ! http://x.org |- 10% * &amp;".split(),
    *("- a", "1. b", "a: b", "+ x", "; ", "\n", "\n\n", "\n\n\n", " ", "  ", "\t", "\xa0", "\u3000"),
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9))
def test_paragraphs_of_words_alone_read_as_the_markdown_parser_reads_them(pieces: list[str]) -> None:
    text = "".join(pieces)
    parser = CommonMark()
    assert to_html(text) == parser.render(text)
