"""Rules across fields and files: what they let pass, and what they say only once.

What they refuse is in records/broken/.
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
from helpers.records import BROKEN

BASE = BROKEN / "_base"
TALKS = "2021/2021-03-01-port-vale.yml"
FERRY = "2021/2021-05-ferry.yml"
PEOPLE = "registry/people.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a sound record that a test may change."""
    return Path(shutil.copytree(BASE, tmp_path / "events"))


def change(folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (folder / name).write_text(text, encoding="utf-8")


def found(folder: Path) -> list[Diagnostic]:
    return [d for d in read_folder(folder).diagnostics if d.code != "unpinned"]


def codes(folder: Path) -> list[str]:
    return [d.code for d in found(folder)]


def test_every_check_says_what_it_holds_true() -> None:
    assert [check.find.__name__ for check in CHECKS if not (check.find.__doc__ or "").strip()] == []


def test_every_check_in_a_file_of_the_folder_is_run() -> None:
    package = "diplomatic_timeline.record.checks"
    modules = [import_module(f"{package}.{m.name}") for m in iter_modules(import_module(package).__path__)]
    found = [value for m in modules for value in vars(m).values() if isinstance(value, Check)]
    assert len(found) > 10
    assert set(found) == set(CHECKS)


@pytest.mark.parametrize(
    "dates", ["2021-03-01", "2021-03-01/2021-03-05", "2021-02-28/2021-03-01", "../2021-03-01"]
)
def test_a_post_may_begin_or_end_on_the_day(folder: Path, dates: str) -> None:
    change(folder, PEOPLE, ("dates: 2019-01-15/2023-06-30", f"dates: {dates}"))
    assert codes(folder) == []


def test_a_post_dated_by_its_years_covers_their_days(folder: Path) -> None:
    change(folder, PEOPLE, ("dates: 2019-01-15/2023-06-30", "dates: 2021/2021"))
    assert codes(folder) == []


def test_a_post_without_dates_is_held_on_any_day(folder: Path) -> None:
    change(folder, PEOPLE, ("      dates: 2019-01-15/2023-06-30\n", ""))
    assert codes(folder) == []


def test_a_post_may_be_held_twice(folder: Path) -> None:
    twice = "    - title: Foreign Minister\n      dates: 2010/2012\n    - title: Foreign Minister\n"
    change(folder, PEOPLE, ("    - title: Foreign Minister\n", twice))
    assert codes(folder) == []


def test_every_term_of_a_post_is_named_where_none_fits(folder: Path) -> None:
    twice = "    - title: Foreign Minister\n      dates: 2010/2012\n    - title: Foreign Minister\n"
    change(folder, PEOPLE, ("    - title: Foreign Minister\n", twice), ("2019-01-15/2023-06-30", "2022/2023"))
    assert {d.message for d in found(folder)} == {
        "Eva Holm held this post 2010/2012, 2022/2023; the date here is 2021-03-01"
    }


def test_the_post_of_a_quote_is_that_of_the_day_on_which_it_was_said(folder: Path) -> None:
    change(
        folder,
        TALKS,
        ("    text: We", "    date: 2018-01\n    occasion: Speech\n    text: We"),
    )
    assert codes(folder) == ["post-outside-dates"]


@pytest.mark.parametrize("date", ["2021-03-02", "2021-03", "2021", "2021-02-20/2021-03-05", "2021-03-02~"])
def test_a_quote_may_be_dated_as_late_as_its_source(folder: Path, date: str) -> None:
    change(folder, TALKS, ("    text: We", f"    date: {date}\n    occasion: Speech\n    text: We"))
    assert codes(folder) == []


def test_a_source_of_no_exact_date_counts_with_its_last_day(folder: Path) -> None:
    change(folder, "registry/sources.yml", ("published: 2021-03-02", "published: 2021"))
    change(folder, TALKS, ("    text: We", "    date: 2021-12-31\n    occasion: Speech\n    text: We"))
    assert codes(folder) == []


@pytest.mark.parametrize("due", ["2021-03-01", "2021-03", "2021", "2021-03-01/..", "2020/2021"])
def test_a_commitment_may_be_due_on_the_day(folder: Path, due: str) -> None:
    change(folder, TALKS, ("due: 2021-06", f"due: {due}"))
    assert codes(folder) == []


@pytest.mark.parametrize("date", ["2021-03-01", "2021-03-01/2021-03-02"])
def test_an_exact_date_needs_no_basis(folder: Path, date: str) -> None:
    change(folder, TALKS, ("date: 2021-03-01", f"date: {date}"))
    assert codes(folder) == []


@pytest.mark.parametrize(
    "date", ["2021-03", "2021-03-01~", "2021-03-01?", "2021-03-01/..", "2021-03-XX", "202X"]
)
def test_any_other_date_needs_a_basis(folder: Path, date: str) -> None:
    change(folder, TALKS, ("date: 2021-03-01", f"date: {date}"))
    assert "missing-date-basis" in codes(folder)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Argentina/Buenos_Aires", "UTC"])
def test_a_zone_of_the_database_is_known(folder: Path, zone: str) -> None:
    change(folder, TALKS, ("kind: talks", f"kind: talks\ntimezone: {zone}"))
    assert codes(folder) == []


@pytest.mark.parametrize(
    "zone", ["Asia", "../../etc/passwd", "/etc/localtime", "zone.tab", "x" * 300, "北京"]
)
def test_what_is_no_zone_is_refused(folder: Path, zone: str) -> None:
    change(folder, TALKS, ("kind: talks", f"kind: talks\ntimezone: {zone}"))
    assert codes(folder) == ["unknown-timezone"]


@pytest.mark.parametrize("status", ["open", "unknown"])
def test_an_open_commitment_needs_no_evidence(folder: Path, status: str) -> None:
    change(folder, TALKS, ("status: open", f"status: {status}"))
    assert codes(folder) == []


@pytest.mark.parametrize("status", ["fulfilled", "partly", "lapsed", "superseded", "disputed"])
def test_a_settled_commitment_needs_evidence(folder: Path, status: str) -> None:
    change(folder, TALKS, ("status: open", f"status: {status}"))
    assert codes(folder) == ["status-without-evidence"]


def test_what_is_not_in_a_registry_is_not_also_missing_at_the_event(folder: Path) -> None:
    change(folder, FERRY, ("    issues: [transport]", "    issues: [transport, trade]"))
    change(folder, TALKS, ("    source: gazette-2021", "    source: gazette-1921"))
    assert codes(folder) == ["unknown-source", "unknown-issue"]


def test_what_the_event_does_not_list_is_reported_even_if_a_registry_cannot_be_read(folder: Path) -> None:
    change(folder, FERRY, ("    issues: [transport]", "    issues: [transport, fishing]"))
    (folder / "registry" / "issues.yml").write_text("- list\n", encoding="utf-8")
    assert codes(folder) == ["issue-not-at-event", "wrong-type"]


def test_a_person_of_an_unknown_party_is_one_finding(folder: Path) -> None:
    change(folder, PEOPLE, ("party: sudmark", "party: sudmarc"))
    assert codes(folder) == ["unknown-party"]


def test_a_cycle_of_issues_is_reported_once(folder: Path) -> None:
    change(folder, "registry/issues.yml", ("  name: The sea\n", "  name: The sea\n  parent: transport\n"))
    (finding,) = found(folder)
    assert finding.message == "the issue is its own ancestor: sea → transport → sea"


def test_an_issue_below_a_cycle_is_not_part_of_it(folder: Path) -> None:
    change(
        folder,
        "registry/issues.yml",
        ("  name: The sea\n", "  name: The sea\n  parent: sea\n"),
    )
    assert len(found(folder)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "We [the ministers] count",
        "[...] We count",
        "We [...] count [...]",
        "We count. [Applause]",
        "[W]e count",
    ],
)
def test_whole_brackets_are_let_pass(folder: Path, text: str) -> None:
    change(folder, TALKS, ("text: We count", f"text: '{text}"), ("share them.", "share them.'"))
    assert codes(folder) == []


@pytest.mark.parametrize("text", ["We [count", "We count]", "We [[count]", "We [...] count [", "]["])
def test_open_brackets_are_refused(folder: Path, text: str) -> None:
    change(folder, TALKS, ("text: We count", f"text: '{text}"), ("share them.", "share them.'"))
    assert codes(folder) == ["open-bracket"]


def test_the_same_id_may_be_a_quotes_and_a_commitments(folder: Path) -> None:
    change(folder, TALKS, ("id: vale-count", "id: holm-count"))
    assert codes(folder) == []


def test_the_same_id_in_three_places_is_reported_twice(folder: Path) -> None:
    change(folder, FERRY, ("id: brandt-ferry", "id: holm-count"))
    shutil.copyfile(folder / FERRY, folder / "2021" / "2021-05-second-ferry.yml")
    assert codes(folder) == ["duplicate-id", "duplicate-id"]


def test_two_events_may_name_the_same_things(folder: Path) -> None:
    shutil.copyfile(folder / FERRY, folder / "2021" / "2021-05-second-ferry.yml")
    change(folder, "2021/2021-05-second-ferry.yml", ("id: brandt-ferry", "id: brandt-again"))
    assert codes(folder) == []


def test_who_speaks_for_another_party_is_worth_a_warning(folder: Path) -> None:
    change(folder, PEOPLE, ("family_name: Holm\n  party: norland", "family_name: Holm\n  party: sudmark"))
    assert [(d.code, d.severity) for d in found(folder)] == [("party-differs", "warning")] * 2


def test_who_speaks_for_a_party_at_other_dates_is_told_of_the_dates(folder: Path) -> None:
    dated = "family_name: Holm\n  party:\n    - party: norland\n      until: 1999"
    change(folder, PEOPLE, ("family_name: Holm\n  party: norland", dated))
    assert all("does not belong to 'norland' on 2021" in d.message for d in found(folder))
    assert found(folder)
