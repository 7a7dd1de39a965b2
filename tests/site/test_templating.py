"""The Jinja environment: what its filters make of the record's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from justhtml import JustHTML
from markupsafe import Markup

from diplomatic_timeline.record.yaml_reader import read_document
from diplomatic_timeline.site.templating import (
    ROOT,
    commonmark,
    environment,
    link,
    links,
    quotation,
)
from diplomatic_timeline.views.models import DateView, Link

HOSTILE = "<script>alert('x')</script> & \"more\" {{ 7 * 7 }}"

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)


def shown(html: str) -> str:
    return JustHTML(f"<!doctype html><body>{html}", sanitize=False).root.to_text(separator="", strip=False)


# Words


@given(texts)
def test_a_quotation_is_shown_as_it_was_written(text: str) -> None:
    assert shown(quotation(text)) == text


def test_a_quotation_marks_what_is_the_editors_and_lets_no_markup_through() -> None:
    html = quotation("one [...] two [three] four")
    marks = JustHTML(f"<!doctype html>{html}", sanitize=False).root.query("[title]")
    assert [m.to_text() for m in marks] == ["[...]", "[three]"]
    assert len({(m.attrs or {})["title"] for m in marks}) == 2
    assert "<script" not in quotation(f"[{HOSTILE}] {HOSTILE}")
    assert commonmark("one *two*\n\nthree") == "<p>one <em>two</em></p>\n<p>three</p>\n"
    written = f"title: a{ROOT}b\n".encode()
    assert read_document("events/x.yml", written).diagnostics


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "<!-- x -->", "<script>x</script>", "![x](https://a.x/x.png)", "[x](javascript:alert(1))"],
)
def test_a_summary_lets_no_markup_no_image_and_no_script_address_through(text: str) -> None:
    html = commonmark(text)
    assert not any(tag in html for tag in ("<b", "<!--", "<script", "<img", 'href="java'))


# Links


def test_links_escape_their_texts_stand_apart_and_are_texts_where_they_lead_nowhere() -> None:
    html = link(Link(HOSTILE, "quotes/"))
    assert "<script" not in html
    assert shown(html) == HOSTILE
    assert link(Link("a < b", None)) == Markup("a &lt; b")
    assert shown(links([Link("a", "a/"), Link("b", None)], " < ")) == "a < b"
    assert links([]) == ""


# The environment


@given(texts)
def test_every_value_is_escaped(text: str) -> None:
    html = environment().from_string("<p>{{ text }}</p>").render(text=text)
    assert shown(html) == text


@pytest.mark.parametrize(("source", "missing"), [("{{ nobody }}", "nobody"), ("{{ when.colour }}", "colour")])
def test_a_name_or_a_field_that_is_not_there_is_an_error(source: str, missing: str) -> None:
    with pytest.raises(UndefinedError, match=missing):
        environment().from_string(source).render(when=DateView("x", None))


def test_every_template_compiles() -> None:
    env = environment()
    names = [n for n in env.list_templates(["html"]) if not n.startswith("theme/")]
    assert any(n.startswith("pages/") for n in names)
    for name in names:
        env.get_template(name)
