"""`timeline stats`: the page on balance, on the terminal."""

from __future__ import annotations

import json

from click.testing import CliRunner

from diplomatic_timeline.cli.main import main
from helpers.records import SMALL


def test_what_the_record_has_and_lacks_is_printed_as_text_and_as_json() -> None:
    result = CliRunner().invoke(main, ["stats", "--events", str(SMALL)])
    assert result.exit_code == 0, result.output
    assert "Arland" in result.output
    assert "Quotes that are not proven: 6" in result.output
    assert result.output.endswith("timeline stats --all\n")
    result = CliRunner().invoke(main, ["stats", "--json", "--events", str(SMALL)])
    told = json.loads(result.output)
    assert told["parties"][0]["id"] == "arland"
    assert told["issues"][0].keys() == {
        "id", "name", "events", "quotes", "positions", "commitments", "sources",
    }  # fmt: skip
    assert len(told["missing"]["unproven"]) == 6
    assert told["missing"]["unproven"][0].keys() == {"id", "name", "url", "what"}
