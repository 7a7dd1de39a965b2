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
    href,
    link,
    links,
    quotation,
    resolve,
    time,
)
from diplomatic_timeline.views.models import DateView, Link

HOSTILE = "<script>alert('x')</script> & \"more\" {{ 7 * 7 }}"

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)


def shown(html: str) -> str:
    return JustHTML(f"<!doctype html><body>{html}", sanitize=False).root.to_text(separator="", strip=False)


# Addresses


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("", "quotes/index.html"),
        ("issues/", "../quotes/index.html"),
        ("issues/toll/", "../../quotes/index.html"),
    ],
)
def test_an_address_is_resolved_against_the_page_on_which_it_stands(page: str, address: str) -> None:
    assert resolve(href("quotes/"), page) == address


def test_the_root_is_resolved_to_its_file() -> None:
    assert resolve(href(""), "issues/toll/") == "../../index.html"


def test_every_address_in_a_text_is_resolved() -> None:
    assert ROOT not in resolve(f"{href('a/')} {href('b/')}", "c/")


def test_no_record_can_hold_the_mark_that_stands_for_the_root() -> None:
    written = f"title: a{ROOT}b\n".encode()
    assert read_document("events/x.yml", written).diagnostics


# Dates


def test_a_date_carries_the_machines_value() -> None:
    html = time(DateView("18 March 2021", "2021-03-18"))
    (element,) = JustHTML(f"<!doctype html>{html}", sanitize=False).root.query("time")
    assert (element.attrs or {})["datetime"] == "2021-03-18"
    assert shown(html) == "18 March 2021"


def test_a_date_that_a_machine_cannot_read_is_no_time_element() -> None:
    html = time(DateView("spring 2021", None))
    assert "<time" not in html
    assert shown(html) == "spring 2021"


# Words


@given(texts)
def test_a_quotation_is_shown_as_it_was_written(text: str) -> None:
    assert shown(quotation(text)) == text


def test_a_quotation_marks_what_is_the_editors() -> None:
    html = quotation("one [...] two [three] four")
    marks = JustHTML(f"<!doctype html>{html}", sanitize=False).root.query("[title]")
    assert [m.to_text() for m in marks] == ["[...]", "[three]"]
    assert len({(m.attrs or {})["title"] for m in marks}) == 2


def test_a_quotation_lets_no_markup_through() -> None:
    assert "<script" not in quotation(f"[{HOSTILE}] {HOSTILE}")


def test_a_summary_is_commonmark() -> None:
    assert commonmark("one *two*\n\nthree") == "<p>one <em>two</em></p>\n<p>three</p>\n"


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "<!-- x -->", "<script>x</script>", "![x](https://a.example/x.png)"]
)
def test_a_summary_lets_no_markup_and_no_image_through(text: str) -> None:
    html = commonmark(text)
    assert not any(tag in html for tag in ("<b", "<!--", "<script", "<img"))


def test_a_summary_lets_no_script_address_through() -> None:
    assert "href" not in commonmark("[x](javascript:alert(1))")


# Links


def test_a_link_escapes_its_text() -> None:
    html = link(Link(HOSTILE, "quotes/"))
    assert "<script" not in html
    assert shown(html) == HOSTILE


def test_a_link_that_leads_nowhere_is_its_text() -> None:
    assert link(Link("a < b", None)) == Markup("a &lt; b")


def test_links_stand_apart_by_their_separator() -> None:
    assert shown(links([Link("a", "a/"), Link("b", None)], " < ")) == "a < b"


def test_no_links_are_nothing() -> None:
    assert links([]) == ""


# The environment


@given(texts)
def test_every_value_is_escaped(text: str) -> None:
    html = environment().from_string("<p>{{ text }}</p>").render(text=text)
    assert shown(html) == text


def test_a_name_that_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="nobody"):
        environment().from_string("{{ nobody }}").render()


def test_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="colour"):
        environment().from_string("{{ when.colour }}").render(when=DateView("x", None))


def test_every_template_compiles() -> None:
    env = environment()
    names = [n for n in env.list_templates(["html"]) if not n.startswith("theme/")]
    assert any(n.startswith("pages/") for n in names)
    for name in names:
        env.get_template(name)
