"""`timeline new`: events, what they refer to and what they hold, by options or by questions."""

from __future__ import annotations

import shutil
from difflib import ndiff
from pathlib import Path

import pytest

from diplomatic_timeline.cli.questions import KINDS
from diplomatic_timeline.record.loader import read_folder
from helpers.commands import timeline
from helpers.records import SMALL

LIMA = "events/2024/2024-11-16-lima.yml"


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(SMALL, tmp_path / "events"))


def codes(events: Path) -> list[str]:
    """Return the codes of the errors in a record."""
    return [d.code for d in read_folder(events).diagnostics if d.severity == "error"]


def test_what_is_left_open_of_an_event_is_todo_and_named_at_once(events: Path) -> None:
    result = timeline("new", "event", "2024-11-16-lima", "--title", 'Talks on "fish"')
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"2024-11-16-lima stands in {LIMA}\n")
    assert Path(LIMA).read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../schema/event.schema.json\n"
        'title: Talks on "fish"\n'
        "date: 2024-11-16\n"
        "kind: todo\n"
        "level: todo\n"
        "summary: todo\n"
        "issues:\n"
        "  - issue: todo\n"
        "sources: [todo]\n"
    )
    assert codes(events) == ["todo"] * 5
    assert result.output.count("error[todo]") == 5


def test_an_event_and_all_that_it_needs_are_made_without_opening_a_file(events: Path) -> None:
    source = "the-strait-times-2024-11-17-ministers-in-lima"
    for command in (
        "person|--name|Eva Rask|--party|belmark|--post|Minister of Ports|--dates|2023/..",
        "place|--name|Lima|--within|Peru",
        "organization|--name|Port Office|--party|arland",
        "issue|--name|Pilots: who pays|--description|Who pays the pilots of the Sound.",
        "source|--title|Ministers in Lima|--publisher|The Strait Times|--published|2024-11-17|--kind|press",
        "event|2024-11-16-lima|--title|Ministers meet|--kind|meeting|--level|minister|--place|lima"
        "|--summary|They met.|--participants|eva-rask, bo-lindqvist|--issues|pilots-who-pays|--sources|"
        + source,
        "quote|2024-11-16-lima|--speaker|eva-rask|--text|We pay for our own pilots and for no others."
        "|--rendering|as-spoken",
        "commitment|2024-11-16-lima|--made-by|belmark,arland|--statement|Meet again.|--due|2025",
    ):
        result = timeline("new", *command.split("|"))
        assert result.exit_code == 0, result.output
    reading = read_folder(events)
    assert {d.code for d in reading.diagnostics} == {"unpinned"}
    event = reading.corpus.events["2024-11-16-lima"]
    assert [(p.person, p.party) for p in event.participants] == [
        ("eva-rask", "belmark"),
        ("bo-lindqvist", "belmark"),
    ]
    (quote,) = event.quotes
    assert (quote.post, quote.party, quote.issues) == ("Minister of Ports", "belmark", ("pilots-who-pays",))
    assert quote.source == source
    (commitment,) = event.commitments
    assert (commitment.status, commitment.made_by) == ("open", ("belmark", "arland"))


def test_on_a_terminal_each_answer_is_asked_for_until_it_can_be_used(events: Path) -> None:
    answers = [
        "Talks in Lima",
        "2024-02-30",  # no day
        "2024-11-16",
        "quarrel",  # no kind
        "talks",
        "minister",
        "saltholm",
        "They met.",
        "",
        "herring",  # no issue
        "herring-quota",
        "todo",
        "",
    ]
    result = timeline("new", "event", "--ask", input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "date: " in result.output.partition("Kind (")[0]
    assert "'quarrel' is none of its words; write one of: visit, meeting, talks" in result.output
    assert "there is no 'herring' in the record; did you mean 'herring-quota'?" in result.output
    assert "Id (it never changes) [2024-11-16-talks-in-lima]" in result.output
    assert codes(events) == ["todo"]


def test_comments_and_all_else_in_a_file_stay_as_they_are(events: Path) -> None:
    file = events / "1996/1996-04-02-saltholm.yml"
    before = "# ours\n" + file.read_text(encoding="utf-8").replace(
        "commitments:", "\n# a word on promises\ncommitments:   # below"
    )
    file.write_text(before, encoding="utf-8")
    arguments = (
        "--speaker",
        "ada-thorn",
        "--text",
        "It's: a # bargain, [we] say",
        "--prefix",
        "I tell you that",
    )
    result = timeline("new", "quote", file.stem, "thorn-bargain", *arguments, "--rendering", "written")
    assert result.exit_code == 0, result.output
    after = file.read_text(encoding="utf-8")
    changes = [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-?"]
    assert changes[0] == "+   - id: thorn-bargain"
    assert {line[0] for line in changes} == {"+"}
    assert [d.code for d in read_folder(events).diagnostics if d.severity == "error"] == ["todo", "todo"]


def test_a_first_quotation_stands_where_the_model_has_its_list(events: Path) -> None:
    assert timeline("new", "event", "2024-11-16-lima", "--title", "Talks").exit_code == 0
    assert timeline("new", "quote", "2024-11-16-lima", "q", "--text", "Some words.").exit_code == 0
    text = Path(LIMA).read_text(encoding="utf-8")
    assert (
        text.index("issues:\n  - issue: todo\n") < text.index("quotes:\n  - id: q\n") < text.index("sources:")
    )


@pytest.mark.parametrize("folder", ["events", "records"])
def test_a_new_file_names_its_schema_to_text_editors(events: Path, folder: str) -> None:
    events.rename(events.with_name(folder))
    (Path(folder) / "registry/places.yml").unlink()
    for command in (("event", "2024-11-16-lima", "--title", "Talks"), ("place", "lima", "--name", "Lima")):
        assert timeline("new", *command, "--events", folder).exit_code == 0
    for file, schema in (("2024/2024-11-16-lima.yml", "event"), ("registry/places.yml", "places")):
        first = Path(folder, file).read_text(encoding="utf-8").partition("\n")[0]
        assert first == f"# yaml-language-server: $schema=../schema/{schema}.schema.json"


def test_a_registry_that_lists_nothing_yet_takes_its_first_entry(events: Path) -> None:
    file = events / "registry/places.yml"
    file.write_text("# none yet\n{}\n", encoding="utf-8")
    assert timeline("new", "place", "--name", "Lima").exit_code == 0
    assert file.read_text(encoding="utf-8") == "# none yet\nlima:\n  name: Lima\n"


def test_what_has_a_todo_in_it_can_be_referred_to_all_the_same(events: Path) -> None:
    assert "error[todo]" in timeline("new", "person", "eva-rask", "--name", "Eva Rask").output
    assert timeline("new", "person", "eva-rask", "--name", "Eva Rask").exit_code == 2
    result = timeline("new", "event", "2024-11-16-lima", "--title", "T", "--participants", "eva-rask")
    assert result.exit_code == 0, result.output
    assert "  - person: eva-rask\n    party: todo\n    post: todo\n" in Path(LIMA).read_text(encoding="utf-8")


def test_an_id_that_is_made_is_free(events: Path) -> None:
    for id in ("lima", "lima-2"):
        assert timeline("new", "place", "--name", "Lima").output.startswith(f"{id} stands in")


def test_a_date_may_be_given_apart_from_the_id(events: Path) -> None:
    result = timeline("new", "event", "lima", "--title", "Talks", "--date", "2024-11~")
    assert result.exit_code == 0, result.output
    assert "date: 2024-11~" in (events / "2024/lima.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("event", "2024-11-16-Lima"), "is no id: use small letters"),
        (("event", "lima"), "give --date, or let the id begin with the date"),
        (("event", "2024-13-01-lima"), "there is no month 13"),
        (("event", "lima", "--date", "16.11.2024"), "write '2024-11-16'"),
        (("event", "lima", "--date", "todo"), "date:"),
        (("event", "1996-04-02-saltholm"), "is taken already; an id belongs to one record"),
        (("event", "2024-x", "--kind", "talk"), "'talk' is none of its words; did you mean 'talks'?"),
        (
            ("event", "2024-x", "--place", "salthom"),
            "there is no 'salthom' in the record; did you mean 'saltholm'?",
        ),
        (("quote", "1996-04-02-saltholn"), "there is no event '1996-04-02-saltholn'; did you mean"),
        (("quote", "1996-04-02-saltholm", "lin-no-ship"), "is taken already"),
        (("source", "x", "--url", "lima"), "url: "),
        (("person", "--name", "王毅"), "give ID"),
        (("place", "--name", "two\nlines"), "has a line end"),
        (("place", "a" * 260, "--name", "x"), "100 at most"),
        (("place", "x", "--name", "\udcff"), "is no UTF-8 text"),
    ],
)
def test_misuse_is_answered_with_what_to_write(
    events: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = {path: path.read_bytes() for path in events.rglob("*.yml")}
    result = timeline("new", *arguments)
    assert result.exit_code == 2, result.output
    assert message in " ".join(result.output.split())
    assert {path: path.read_bytes() for path in events.rglob("*.yml")} == before


def test_a_list_that_would_lose_its_comment_is_left_to_its_editor(events: Path) -> None:
    file = events / "1997/1997-grey-skerry.yml"
    file.write_text(file.read_text(encoding="utf-8") + "commitments: [{id: x}]  # mine\n", encoding="utf-8")
    before = file.read_bytes()
    result = timeline("new", "commitment", "1997-grey-skerry", "--statement", "Go.")
    assert result.exit_code == 1
    assert "edit it by hand" in result.output
    assert file.read_bytes() == before


def test_an_event_is_not_started_through_a_link(events: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (events / "2024").symlink_to(tmp_path / "elsewhere")
    result = timeline("new", "event", "2024-11-16-lima", "--title", "Talks")
    assert result.exit_code == 1
    assert "nothing is written through it" in result.output
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_is_an_option_too(kind: str) -> None:
    said = timeline("new", kind, "--help").output
    for name in KINDS[kind].asked.split():
        assert f"--{name.replace('_', '-')} " in said


def test_a_record_is_found_by_its_names_too(events: Path) -> None:
    result = timeline("new", "person", "--name", "Eva Rask", "--family-name", "Rask", "--party", "Arlandic")
    assert result.exit_code == 0, result.output
    assert read_folder(events).corpus.people["eva-rask"].party_at() == "arland"


def test_a_misspelt_source_is_one_finding_however_often_it_is_relied_on(events: Path) -> None:
    file = events / "1996/1996-04-02-saltholm.yml"
    text = file.read_text(encoding="utf-8")
    head, found, rest = text.rpartition("\nsources:")
    file.write_text(
        head + found + rest.replace("lantern-1996-04-04", "lantern-1996-04-4", 1), encoding="utf-8"
    )
    assert codes(events) == ["unknown-source"]
