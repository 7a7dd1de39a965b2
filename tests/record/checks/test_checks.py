"""Rules across fields and files: what they let pass, what counts as known, and what is said only once.

What each rule refuses, and in which words, is in records/broken/.
"""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from diplomatic_timeline.model.diagnostics import Diagnostic
from diplomatic_timeline.record.checks.check import Check
from diplomatic_timeline.record.checks.registry import CHECKS
from diplomatic_timeline.record.loader import read_folder
from helpers.edits import replace
from helpers.records import BROKEN

TALKS = "2021/2021-03-01-port-vale.yml"
FERRY = "2021/2021-05-ferry.yml"
PEOPLE = "registry/people.yml"
ISSUES = "registry/issues.yml"

Edit = tuple[str, str, str]
"""A file, a text in it, and what stands there instead."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a sound record that a test may change."""
    return Path(shutil.copytree(BROKEN / "_base", tmp_path / "events"))


def found(folder: Path, *edits: Edit) -> list[Diagnostic]:
    """Return what is found in the record after some edits, but that sources are not pinned."""
    for name, old, new in edits:
        replace(folder / name, old, new)
    return [d for d in read_folder(folder).diagnostics if d.code != "unpinned"]


def test_every_check_says_what_it_holds_true_and_every_one_in_the_folder_is_run() -> None:
    assert [check.find.__name__ for check in CHECKS if not (check.find.__doc__ or "").strip()] == []
    package = "diplomatic_timeline.record.checks"
    modules = [import_module(f"{package}.{m.name}") for m in iter_modules(import_module(package).__path__)]
    checks = [value for m in modules for value in vars(m).values() if isinstance(value, Check)]
    assert len(checks) > 10
    assert set(checks) == set(CHECKS)


# What rules let pass and what they refuse, by one field of one record: a template of the edit, and the
# values for which there is no finding, and for which there is that one.
TERM = "dates: 2019-01-15/2023-06-30"
SAID = "    date: {}\n    occasion: Speech\n    text: We"
FIELDS: list[tuple[str, str, str, str, list[str], list[str]]] = [
    (PEOPLE, TERM, "dates: {}", "post-outside-dates",
     ["2021-03-01", "2021-03-01/2021-03-05", "2021-02-28/2021-03-01", "../2021-03-01", "2021/2021"], []),
    (TALKS, "    text: We", SAID, "quote-after-source",
     ["2021-03-02", "2021-03", "2021", "2021-02-20/2021-03-05", "2021-03-02~"], []),
    (TALKS, "due: 2021-06", "due: {}", "due-before-event",
     ["2021-03-01", "2021-03", "2021", "2021-03-01/..", "2020/2021"], []),
    (TALKS, "date: 2021-03-01", "date: {}", "missing-date-basis",
     ["2021-03-01", "2021-03-01/2021-03-02"],
     ["2021-03", "2021-03-01~", "2021-03-01?", "2021-03-01/..", "2021-03-XX", "202X"]),
    (TALKS, "kind: talks", "kind: talks\ntimezone: {}", "unknown-timezone",
     ["Asia/Shanghai", "America/Argentina/Buenos_Aires", "UTC"],
     ["Asia", "../../etc/passwd", "/etc/localtime", "zone.tab", "x" * 300, "北京"]),
    (TALKS, "status: open", "status: {}", "status-without-evidence",
     ["open", "unknown"], ["fulfilled", "partly", "lapsed", "superseded", "disputed"]),
    (TALKS, "text: We count the fish before we share them.", "text: '{} the fish before we share them.'",
     "open-bracket",
     ["We [the ministers] count", "[...] We count", "We [...] count [...]", "We count. [Applause]",
      "[W]e count"],
     ["We [count", "We count]", "We [[count]", "We [...] count [", "]["]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "sound", "refused"), FIELDS, ids=lambda v: str(v)[:20]
)
def test_a_value_of_one_field(
    folder: Path, name: str, old: str, new: str, code: str, sound: list[str], refused: list[str]
) -> None:
    before = (folder / name).read_text(encoding="utf-8")
    for value, expected in [*((v, False) for v in sound), *((v, True) for v in refused)]:
        codes = [d.code for d in found(folder, (name, old, new.format(value)))]
        assert (code in codes) is expected, value
        assert expected or codes == [], value
        (folder / name).write_text(before, encoding="utf-8")


TWICE = (
    "    - title: Foreign Minister\n",
    "    - title: Foreign Minister\n      dates: 2010/2012\n    - title: Foreign Minister\n",
)
QUOTED = (TALKS, "        quotes: [holm-count]", "        quotes: [holm-count, brandt-ferry]")
FULFILLED = "status: fulfilled\n    evidence: "
EDITS: dict[str, tuple[str, list[Edit]]] = {
    "a post without dates is held on any day": ("", [(PEOPLE, f"      {TERM}\n", "")]),
    "a post may be held twice": ("", [(PEOPLE, *TWICE)]),
    "the post of a quote is that of the day on which it was said": (
        "post-outside-dates", [(TALKS, "    text: We", SAID.format("2018-01"))],
    ),
    "a source of no exact date counts with its last day": (
        "",
        [("registry/sources.yml", "published: 2021-03-02", "published: 2021"),
         (TALKS, "    text: We", SAID.format("2021-12-31"))],
    ),
    "what is not in a registry is not also missing at the event": (
        "unknown-source unknown-issue",
        [(FERRY, "    issues: [transport]", "    issues: [transport, trade]"),
         (TALKS, "    source: gazette-2021", "    source: gazette-1921")],
    ),
    "a person of an unknown party is one finding": (
        "unknown-party", [(PEOPLE, "party: sudmark", "party: sudmarc")],
    ),
    "an issue below a cycle is not part of it": (
        "issue-cycle", [(ISSUES, "  name: The sea\n", "  name: The sea\n  parent: sea\n")],
    ),
    "the same id may be a quote's and a commitment's": ("", [(TALKS, "id: vale-count", "id: holm-count")]),
    "a record that does not validate can still be referred to": (
        "unknown-field unknown-value",
        [(PEOPLE, "party: norland", "prty: norland"), ("registry/sources.yml", "kind: press", "kind: paper")],
    ),
    "so can an event": ("unknown-value", [(FERRY, "kind: measure", "kind: mesure"), QUOTED]),
    "the references of an event that does not validate are looked up all the same": (
        "unknown-value unknown-speaker",
        [(FERRY, "kind: measure", "kind: mesure"), (FERRY, "via: vale-radio", "via: vale-tv")],
    ),
    "an event that cannot be read leaves references to its quotes open": (
        "unclosed-quote", [QUOTED, (FERRY, "title: The ferry", 'title: "The ferry')],
    ),
    "so do quotes without an id": (
        "missing-field", [QUOTED, (FERRY, "  - id: brandt-ferry\n    speaker", "  - speaker")],
    ),
    "so do quotes that are no list": (
        "wrong-type",
        [QUOTED, (FERRY, "quotes:\n  - id: brandt-ferry", "quotes:\n    id: brandt-ferry")],
    ),
    "so do quotes that stand twice": (
        "duplicate-key", [QUOTED, (FERRY, "sources: [radio-2021]", "sources: [radio-2021]\nquotes: []")],
    ),
    "an id that is badly written is reported where it stands alone": (
        "bad-id", [("registry/parties.yml", "sudmark:", "Sud_mark:")],
    ),
    "a reference that is no id is one finding": (
        "unknown-speaker", [(FERRY, "speaker: otto-brandt", "speaker: Otto Brandt")],
    ),
    "a position may rest on a quote of another event": ("", [QUOTED]),
    "evidence is an event or a source": (
        "", [(TALKS, "status: open", FULFILLED + "[2021-05-ferry, radio-2021]")],
    ),
    "an organization may speak": (
        "", [(FERRY, "speaker: otto-brandt\n    post: Chancellor", "speaker: vale-radio")],
    ),
    "what does not follow from a wrong date is told beside it": (
        "id-date status-without-evidence",
        [(TALKS, "date: 2021-03-01", "date: 2011-03-01"), (TALKS, "status: open", "status: fulfilled")],
    ),
    "a date that contradicts the file's name alone is a warning": (
        "id-date", [(FERRY, "date: 2021-05", "date: 2021-04")],
    ),
    "whom the registry lacks is told once for an event": (
        "unknown-person",
        [(TALKS, "person: eva-holm", "person: josep-roca"),
         (TALKS, "speaker: eva-holm", "speaker: josep-roca")],
    ),
    "a misspelt name is told wherever it is to be mended": (
        "unknown-person unknown-speaker",
        [(TALKS, "person: eva-holm", "person: eva-hulm"), (TALKS, "speaker: eva-holm", "speaker: eva-hulm")],
    ),
    "every reference of a list is looked up": (
        "unknown-party unknown-party", [(TALKS, "[norland, sudmark]", "[norlan, sudmarc, norland]")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("codes", "edits"), EDITS.values(), ids=EDITS)
def test_an_edit_has_these_findings(folder: Path, codes: str, edits: list[Edit]) -> None:
    assert [d.code for d in found(folder, *edits)] == codes.split()


@pytest.mark.parametrize("kind", ["parties", "people", "organizations", "places", "issues", "sources"])
def test_a_registry_that_cannot_be_read_leaves_references_into_it_open(folder: Path, kind: str) -> None:
    (folder / "registry" / f"{kind}.yml").write_text('x: "\n', encoding="utf-8")
    assert [d.code for d in found(folder)] == ["unclosed-quote"]


def test_what_the_event_does_not_list_is_reported_even_if_a_registry_cannot_be_read(folder: Path) -> None:
    (folder / ISSUES).write_text("- list\n", encoding="utf-8")
    edit = (FERRY, "    issues: [transport]", "    issues: [transport, fishing]")
    assert [d.code for d in found(folder, edit)] == ["issue-not-at-event", "wrong-type"]


def test_two_events_may_name_the_same_things_but_an_id_in_three_places_is_reported_twice(
    folder: Path,
) -> None:
    second = "2021/2021-05-second-ferry.yml"
    shutil.copyfile(folder / FERRY, folder / second)
    assert found(folder, (second, "id: brandt-ferry", "id: brandt-again")) == []
    replace(folder / second, "id: brandt-again", "id: holm-count")
    codes = [d.code for d in found(folder, (FERRY, "id: brandt-ferry", "id: holm-count"))]
    assert codes == ["duplicate-id", "duplicate-id"]


MESSAGES: dict[str, tuple[int, list[Edit], str, str]] = {
    "every term of a post is named where none fits": (
        1,
        [(PEOPLE, *TWICE), (PEOPLE, "2019-01-15/2023-06-30", "2022/2023")],
        "Eva Holm held this post 2010/2012, 2022/2023; the date here is 2021-03-01",
        "",
    ),
    "a cycle of issues is reported once": (
        1,
        [(ISSUES, "  name: The sea\n", "  name: The sea\n  parent: transport\n")],
        "the issue is its own ancestor: sea → transport → sea",
        "",
    ),
    "who speaks for another party is worth a warning": (
        2,
        [(PEOPLE, "family_name: Holm\n  party: norland", "family_name: Holm\n  party: sudmark")],
        "warning[party-differs]",
        "",
    ),
    "and is told of the dates where it is one of dates": (
        2,
        [(PEOPLE, "family_name: Holm\n  party: norland",
          "family_name: Holm\n  party:\n    - party: norland\n      until: 1999")],
        "does not belong to 'norland' on 2021",
        "",
    ),
    "the day on which an event ended is part of its date": (
        1,
        [(TALKS, "kind: talks", "end_date: 2021-03-02\nkind: talks")],
        "unknown-field",
        "'date: 2021-03-18/2021-03-19'",
    ),
    "an organization cannot take part in a person's place": (
        1,
        [(TALKS, "person: eva-holm", "person: vale-radio")],
        "unknown-person",
        "'vale-radio' is the id of an organization; add it to events/registry/people.yml",
    ),
    "an old id is answered with the new one": (
        1,
        [(TALKS, "status: open", FULFILLED + "[2021-port-vale]")],
        "unknown-evidence",
        "it is an old id of '2021-03-01-port-vale': write that",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("count", "edits", "said", "help"), MESSAGES.values(), ids=MESSAGES)
def test_a_finding_says_what_helps(folder: Path, count: int, edits: list[Edit], said: str, help: str) -> None:
    diagnostics = found(folder, *edits)
    assert len(diagnostics) == count
    for d in diagnostics:
        assert said in f"{d.severity}[{d.code}] {d.message}"
        assert help in d.help
