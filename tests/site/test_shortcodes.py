"""Components inside hand-written pages."""

from __future__ import annotations

from importlib import import_module

import pytest
from justhtml import JustHTML
from justhtml.dom import Node

from diplomatic_timeline.model.diagnostics import Diagnostic
from diplomatic_timeline.site.shortcodes import ShortcodeError, Shortcodes
from diplomatic_timeline.site.site import Site
from diplomatic_timeline.views.timeline import Timeline
from helpers.html import attribute, nodes, text_of, words
from helpers.records import make_event, make_quote, make_timeline

markdown = import_module("markdown").markdown
EXTENSIONS = ["attr_list", "tables", "toc", "pymdownx.superfences"]


@pytest.fixture(scope="module")
def shortcodes(small: Timeline) -> Shortcodes:
    site = Site(small, "The Sound", "https://example.org/sound/")
    return Shortcodes(site, site)


def html_of(shortcodes: Shortcodes, page: str, path: str = "about/") -> str:
    """Return a page as MkDocs makes it: template, Markdown, then the components."""
    text, slots = shortcodes.expand(page, "docs/about/index.md")
    return slots.fill(markdown(text, extensions=EXTENSIONS), path)


def rendered(shortcodes: Shortcodes, page: str, path: str = "about/") -> Node:
    document = JustHTML(
        f"<!doctype html><body>{html_of(shortcodes, page, path)}", sanitize=False, collect_errors=True
    )
    assert document.errors == []
    return document.root


def finding(shortcodes: Shortcodes, page: str, first_line: int = 1) -> Diagnostic:
    with pytest.raises(ShortcodeError) as caught:
        shortcodes.expand(page, "docs/about/index.md", first_line)
    return caught.value.diagnostic


def hrefs(root: Node) -> list[str]:
    return [attribute(e, "href") for e in nodes(root) if attribute(e, "href")]


# What a page can call


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ('event_card("1997-grey-skerry")', "Arland proposes to keep the light on Grey Skerry"),
        ('quote("thorn-light")', "We shall keep the light, whoever pays for the oil."),
        ('commitment("saltholm-quota")', "Keep to the herring quota for one season."),
        ("timeline()", "Collision off North Ferry"),
        ("commitments()", "Publish a paper on harbour dues."),
        ("overview_chart()", "Three delegations meet"),
        ("issue_matrix()", "The lighthouse on Grey Skerry"),
        ("record_counts()", "3 events"),
        ("latest_meeting()", "Three delegations"),
        ("standings()", "Where it stands"),
        ("promise_sums()", "Promises"),
        ("proof_counts()", "A quiet year in the Sound"),
        ("balance()", "Kingdom of Belmark"),
        ("corrections()", "The second day was missing from the date."),
        ("gallery()", "record_counts"),
    ],
)
def test_a_component_renders_inside_a_page(shortcodes: Shortcodes, call: str, shown: str) -> None:
    assert shown in text_of(rendered(shortcodes, f"# A page\n\n{{{{ {call} }}}}\n"))


def test_a_page_without_components_stays_as_it_is_and_so_do_words_around_one(shortcodes: Shortcodes) -> None:
    text, slots = shortcodes.expand("# A page\n\nWith { one } brace.\n", "docs/x.md")
    assert (text, slots.html) == ("# A page\n\nWith { one } brace.\n", {})
    shown = text_of(rendered(shortcodes, 'Before.\n\n{{ quote("thorn-light") }}\n\nAfter.\n'))
    assert shown.startswith("Before.")
    assert shown.endswith("After.")
    assert all(function.__doc__ for function in shortcodes.components().values())


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ('{{ quote("thorn-light") }}\n', ["figure"]),
        ('{{ quote("thorn-light") }}\n{{ quote("lin-no-ship") }}\n', ["figure", "figure"]),
        ('He said *this*: {{ quote("thorn-light") }} and left.\n', ["p", "figure", "p"]),
    ],
    ids=["by itself", "on lines of one paragraph", "in a sentence"],
)
def test_a_component_stands_in_no_paragraph(shortcodes: Shortcodes, page: str, kinds: list[str]) -> None:
    root = rendered(shortcodes, page)
    assert [e.name for e in nodes(root) if e.parent is not None and e.parent.name == "body"] == kinds


def test_a_component_may_stand_in_a_list_in_a_table_and_twice(shortcodes: Shortcodes) -> None:
    root = rendered(shortcodes, '- {{ quote("thorn-light") }}\n\n| a |\n|---|\n| {{ record_counts() }} |\n')
    assert [e.parent.name for e in nodes(root) if e.name == "figure" and e.parent] == ["li"]
    assert any("3 events" in text_of(e) for e in nodes(root) if e.name == "td")
    page = '{{ timeline(issue="fisheries") }}\n\n{{ timeline() }}\n\n{{ timeline(issue="lighthouse") }}\n'
    root = rendered(shortcodes, page)
    ids = [attribute(e, "id") for e in nodes(root) if attribute(e, "id")]
    assert len(ids) == len(set(ids))
    named = [attribute(e, "aria-labelledby") for e in nodes(root) if attribute(e, "aria-labelledby")]
    assert set(named) <= set(ids)
    assert len(named) == len(set(named))
    assert not any(attribute(e, "id") for e in nodes(rendered(shortcodes, '{{ quote("thorn-light") }}')))


@pytest.mark.parametrize(
    ("path", "prefix"), [("", ""), ("about/", "../"), ("about/proof/", "../../")], ids=["home", "one", "two"]
)
def test_links_of_a_component_are_relative_to_the_page(
    shortcodes: Shortcodes, path: str, prefix: str
) -> None:
    assert f"{prefix}events/1997-grey-skerry/index.html#q-thorn-light" in hrefs(
        rendered(shortcodes, '{{ quote("thorn-light") }}', path)
    )


# Choosing


@pytest.mark.parametrize(
    ("choice", "titles"),
    [
        ("", {"Collision", "Three", "Arland"}),
        ('issue="fisheries"', {"Collision", "Three"}),
        ('person="lin-hai"', {"Three"}),
        ('person="mara-okon"', set()),
        ('party="arland"', {"Three", "Arland"}),
        ("year=1995", {"Collision"}),
        ('issue="fisheries", party="arland"', {"Three"}),
        ('issue="fisheries", year=1997', set()),
    ],
)
def test_a_timeline_may_be_a_part(shortcodes: Shortcodes, choice: str, titles: set[str]) -> None:
    root = rendered(shortcodes, f"{{{{ timeline({choice}) }}}}")
    shown = (e for e in nodes(root) if "dt-event__title" in attribute(e, "class"))
    assert {text_of(e).split()[0] for e in shown} == titles


def test_a_timeline_without_events_says_so_and_all_of_the_template_language_may_be_used(
    shortcodes: Shortcodes,
) -> None:
    assert "No event" in text_of(rendered(shortcodes, '{{ timeline(person="mara-okon") }}'))
    root = rendered(shortcodes, "{{ timeline(level=4) }}")
    assert {e.name for e in nodes(root) if e.name in ("h2", "h3", "h4", "h5")} == {"h4", "h5"}
    page = "{% set light = {'event': '1997-grey-skerry'} %}{{ event_card(light.event) }} {# unseen #}"
    shown = text_of(rendered(shortcodes, page))
    assert "Grey Skerry" in shown
    assert "unseen" not in shown
    page = '{% for id in ("thorn-light", "lin-no-ship") %}\n{{ quote(id) }}\n\n{% endfor %}\n'
    assert sum(e.name == "figure" for e in nodes(rendered(shortcodes, page))) == 2


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        ("", 2),
        ('party="cyrene"', 2),
        ('party="arland"', 1),
        ('issue="harbour-dues"', 1),
        ('issue="lighthouse"', 0),
    ],
)
def test_commitments_may_be_a_part(shortcodes: Shortcodes, choice: str, count: int) -> None:
    root = rendered(shortcodes, f"{{{{ commitments({choice}) }}}}")
    assert sum("dt-commitment" in attribute(e, "class").split() for e in nodes(root)) == count


def test_corrections_stand_newest_first() -> None:
    timeline = make_timeline(
        make_event(
            "1990-a",
            "1990",
            corrections=[{"date": "1991-02", "text": "second"}, {"date": "1991-01", "text": "first"}],
        ),
        make_event("1991-b", "1991", corrections=[{"date": "1992", "text": "third"}]),
    )
    shown = text_of(rendered(Shortcodes(Site(timeline, "S")), "{{ corrections() }}"))
    assert shown.index("third") < shown.index("second") < shown.index("first")


# The record's text stays text

MARKED = "*not* _emphasis_ `code` [link](x) <b>bold</b> {{ 7 * 7 }} {% raw %} # no heading &amp; | cell"


@pytest.mark.parametrize("call", ['quote("q")', 'event_card("1990-talks")', "timeline()"])
def test_text_of_the_record_passes_through_markdown_untouched(call: str) -> None:
    timeline = make_timeline(make_event(title=MARKED, quotes=[make_quote("q", text=MARKED)]))
    root = rendered(Shortcodes(Site(timeline, "S")), f"{{{{ {call} }}}}")
    assert words(MARKED) in text_of(root)
    assert "49" not in text_of(root)


def test_what_looks_like_a_token_stays_words(shortcodes: Shortcodes) -> None:
    text = "timelineslot0x and timelineslot7x too"
    timeline = make_timeline(make_event(quotes=[make_quote("q", text=text)]))
    assert text in text_of(rendered(Shortcodes(Site(timeline, "S")), '{{ quote("q") }}'))
    page = "{{ record_counts() }}\n\n"
    token = next(iter(shortcodes.expand(page, "docs/x.md")[1].html))
    shown = text_of(rendered(shortcodes, f"{page}A timelineslot0x and {token} here.\n"))
    assert f"A timelineslot0x and {token} here." in shown


# Braces that are meant


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ('{% raw %}Write `{{ quote("q") }}` so.{% endraw %}\n', '{{ quote("q") }}'),
        (
            '{% raw %}\n```\n{% for x in y %}\n{{ event_card("z") }}\n{% endfor %}\n```\n{% endraw %}\n',
            '{% for x in y %} {{ event_card("z") }} {% endfor %}',
        ),
        ("{{ record_counts() }}\n\n```yaml\nissues: [{issue: toll}]\n```\n", "issues: [{issue: toll}]"),
    ],
    ids=["raw", "a raw block of code", "code without braces"],
)
def test_braces_that_are_meant_are_shown(shortcodes: Shortcodes, page: str, shown: str) -> None:
    assert shown in [text_of(e) for e in nodes(rendered(shortcodes, page)) if e.name == "code"]


# Mistakes


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        ('event_card("1997-gray-skerry")', "1997-grey-skerry"),
        ('quote("thorn-lights")', "thorn-light"),
        ('commitment("saltholm-quotas")', "saltholm-quota"),
        ('timeline(issue="fishery")', "fisheries"),
        ('timeline(person="ada-horn")', "ada-thorn"),
        ('timeline(party="arlandia")', "arland"),
        ('commitments(party="cyrena")', "cyrene"),
        ('commitments(issue="harbor-dues")', "harbour-dues"),
        ('event_crad("1997-grey-skerry")', "event_card"),
        ("recordcounts()", "record_counts"),
    ],
)
def test_an_unknown_id_is_answered_with_the_nearest_one(
    shortcodes: Shortcodes, call: str, meant: str
) -> None:
    found = finding(shortcodes, f"# A page\n\n{{{{ {call} }}}}\n")
    assert found.help.startswith(f"did you mean {meant!r}?")
    assert found.severity == "error"


def test_a_finding_names_file_line_and_column_and_says_what_to_write(shortcodes: Shortcodes) -> None:
    found = finding(shortcodes, '# A page\n\nSee {{ quote("zzz") }}.\n')
    assert (found.position.file, found.position.line, found.position.column) == ("docs/about/index.md", 3, 5)
    assert found.excerpt == 'See {{ quote("zzz") }}.'
    assert "there is no quote 'zzz'" in found.message
    assert found.help
    # Lines are counted from the beginning of the file, which may begin with metadata.
    assert finding(shortcodes, '\n{{ quote("zzz") }}\n', first_line=6).position.line == 7


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("a\n{{ quote('x' }}\n", 2),
        ("a\nb {% nonsense %}\n", 2),
        ("a\nb {{ 'x' | nonsense }}\n", 2),
        ("a\n{% endfor %}\n", 2),
    ],
)
def test_a_mistake_in_the_template_is_a_finding_on_its_line(
    shortcodes: Shortcodes, page: str, line: int
) -> None:
    found = finding(shortcodes, page)
    assert found.position.line == line
    assert "{% raw %}" in found.help


@pytest.mark.parametrize("page", ["a\n\n{{ quote(\n", "a\n{% for x in y %}\n\nb\n", "a\n{# never closed\n"])
def test_a_template_that_never_ends_is_a_finding_in_the_page(shortcodes: Shortcodes, page: str) -> None:
    found = finding(shortcodes, page)
    assert 1 <= found.position.line <= page.count("\n") + 1
    assert "template is wrong" in found.message


@pytest.mark.parametrize(
    "call",
    [
        "quote()",
        'quote("thorn-light", 3, 4)',
        'timeline(isue="x")',
        "quote(7)",
        "quote(quote)",
        'quote("thorn-light" | safe)',
        "timeline(year=true)",
        "timeline(level='2 onclick=x')",
        "timeline(level=9)",
    ],
)
def test_a_call_with_wrong_arguments_is_a_finding(shortcodes: Shortcodes, call: str) -> None:
    found = finding(shortcodes, f"a\n\n{{{{ {call} }}}}\n")
    assert (found.code, found.position.line) == ("page-macro", 3)


def test_a_gallery_without_a_small_record_is_a_finding(small: Timeline) -> None:
    assert "small record" in finding(Shortcodes(Site(small, "S")), "{{ gallery() }}").message


@pytest.mark.parametrize(
    "page",
    [
        '{% include "../../../../etc/passwd" %}',
        '{% import "components/quote.html" as quote %}',
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ event_card.__globals__ }}",
        "{{ (event_card | attr('__closure__'))[0] }}",
        "{{ '{0.__globals__}'.format(quote) }}",
        "{% set x = {} %}{{ x.update(a=1) }}",
        "{{ self._TemplateReference__context.environment }}",
    ],
)
def test_a_page_can_neither_read_files_nor_run_programs(shortcodes: Shortcodes, page: str) -> None:
    found = finding(shortcodes, f"# A page\n\n{page}\n")
    assert (found.code, found.position.file, found.position.line) == ("page-macro", "docs/about/index.md", 3)
