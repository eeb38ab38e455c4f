from __future__ import annotations

import json
import re
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.end_to_end.service import UNREACHABLE, feed_handler, rss, serving
from tests.rekkas.conftest import Run

LEAD = "Escalating tensions : Mali-Algeria border conflict analyzed"


def test_init_writes_a_configuration_that_is_good(run: Run, folder: Path) -> None:
    (folder / "rekkas.yaml").unlink()

    written = run("init")
    checked = run("check")

    assert written.exit_code == 0
    assert checked.exit_code == 0
    assert "12 topics" in checked.output


def test_init_writes_over_nothing_unless_told(run: Run, folder: Path) -> None:
    before = (folder / "rekkas.yaml").read_text()

    refused = run("init")
    unchanged = (folder / "rekkas.yaml").read_text() == before
    forced = run("init", "--force")

    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert unchanged
    assert forced.exit_code == 0


def test_init_says_what_comes_next(run: Run, folder: Path) -> None:
    written = run("init", "--config", "my news.yaml")

    assert (folder / "my news.yaml").is_file()
    assert "rekkas check --config 'my news.yaml'" in written.stderr


def test_init_names_a_file_it_cannot_write(run: Run) -> None:
    refused = run("init", "--config", "no/such/folder/rekkas.yaml")

    assert refused.exit_code == 2
    assert "cannot be written" in refused.stderr


def test_check_counts_what_is_configured(run: Run) -> None:
    shown = run("check")

    assert "2 sources (1 enabled), 64 tags, 12 topics" in shown.output


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_config_is_taken_before_and_after_the_command(
    run: Run, folder: Path, *, before: bool
) -> None:
    other = folder / "other.yaml"
    other.write_text("include: ['catalogue:tags']\n")
    option = ("--config", str(other))

    shown = run(*option, "check") if before else run("check", *option)

    assert f"{other} is good" in shown.output


COMMANDS = {
    "check": ("check",),
    "schema": ("schema",),
    "ingest": ("ingest", "daily8"),
    "status": ("status",),
    "a list": ("source", "list"),
}


@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "second", "third"])
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_config_is_taken_anywhere(
    run: Run, folder: Path, command: tuple[str, ...], place: int
) -> None:
    (folder / "rekkas.yaml").rename(folder / "other.yaml")
    words = (*command[:place], "--config", "other.yaml", *command[place:])

    shown = run(*words)

    assert shown.exit_code == 0, shown.output


def test_a_configuration_that_is_not_there_is_named(run: Run) -> None:
    shown = run("check", "--config", "nowhere.yaml")

    assert shown.exit_code == 2
    assert "nowhere.yaml" in shown.stderr


def test_schema_is_json(run: Run) -> None:
    schema = json.loads(run("schema").stdout)

    assert schema["title"] == "rekkas.yaml"


def test_ingest_tells_machines_a_line_a_source(run: Run) -> None:
    shown = run("ingest", "--json")

    (line,) = map(json.loads, shown.stdout.splitlines())
    assert shown.exit_code == 0
    assert line["source"] == "daily8"
    assert line["outcome"] == "recorded"
    assert (line["entries"], line["new"], line["health"]) == (4, 4, "ok")


def test_ingesting_again_finds_nothing_new(run: Run) -> None:
    run("ingest")

    line = json.loads(run("ingest", "--json").stdout)

    assert (line["outcome"], line["new"]) == ("not_modified", 0)


def test_ingest_due_leaves_out_what_is_not_due(run: Run) -> None:
    first = run("ingest", "--due", "--json")
    second = run("ingest", "--due", "--json")

    assert len(first.stdout.splitlines()) == 1
    assert second.stdout == ""


def test_a_source_that_is_switched_off_can_be_named(run: Run) -> None:
    shown = run("ingest", "silent", "--json")

    line = json.loads(shown.stdout)
    assert shown.exit_code == 1
    assert line["failure"]["kind"] == "connect"
    assert "silent" in shown.stderr


def test_a_source_named_twice_is_polled_once(run: Run) -> None:
    shown = run("ingest", "daily8", "daily8", "--json")

    assert len(shown.stdout.splitlines()) == 1


def test_what_is_left_out_is_counted(run: Run, folder: Path) -> None:
    item = "<item><category>alone</category></item>"
    feed = f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>"
    with serving(feed_handler({"/feed": feed.encode()})) as address:
        (folder / "rekkas.yaml").write_text(
            "fetch: {allow_private: [127.0.0.1]}\n"
            f"sources: {{f: {{url: {address}/feed}}}}"
        )

        shown = run("ingest")

    assert "entries left out: 1" in shown.stderr


def test_a_candidate_that_was_read_is_named(run: Run, folder: Path) -> None:
    with serving(feed_handler({"/new": rss("Paper", {"1": "A school"})})) as address:
        (folder / "rekkas.yaml").write_text(
            "fetch: {allow_private: [127.0.0.1], per_host: {spacing: 0s}}\n"
            f"sources: {{f: {{url: {address}/old, candidates: ['{address}/new']}}}}"
        )

        shown = run("ingest")

    assert shown.exit_code == 0
    assert f"f: its url fails, {address}/new was read in its place" in shown.stderr


def test_marks_in_a_title_are_shown_as_they_are(run: Run, folder: Path) -> None:
    (folder / "rekkas.yaml").write_text(
        "topics: {x: {title: 'A [/b] and [red]', match: title:school}}"
    )

    shown = run("topic", "list")

    assert shown.exit_code == 0
    assert "A [/b] and [red]" in shown.stdout


def test_a_row_stays_a_line_for_other_programs(run: Run, folder: Path) -> None:
    title = "word " * 30
    (folder / "rekkas.yaml").write_text(
        f"topics: {{x: {{title: '{title}', match: title:school}}}}"
    )

    shown = run("topic", "list")

    assert len(shown.stdout.splitlines()) == 2


def test_status_says_what_is_wrong_with_a_source(run: Run, folder: Path) -> None:
    (folder / "rekkas.yaml").write_text(
        "fetch: {allow_private: ['127.0.0.1:9']}\n"
        f"sources: {{silent: {{url: {UNREACHABLE}/feed}}}}"
    )
    run("ingest")

    shown = run("status").stdout

    assert "1 source: 1 failing" in shown
    # However long it took from one command to the next.
    assert re.search(
        r"silent: failing for \d+ s\n  No connection to 127\.0\.0\.1", shown
    )


def test_a_source_nobody_configured_is_a_usage_error(run: Run) -> None:
    shown = run("ingest", "daily")

    assert shown.exit_code == 2
    assert "did you mean daily8?" in shown.stderr


def test_a_source_unlike_any_other_points_to_the_list(run: Run) -> None:
    shown = run("ingest", "zzz")

    assert "rekkas source list" in shown.stderr


def test_sources_are_listed_with_how_they_fare(run: Run) -> None:
    run("ingest")

    rows = {
        row["source"]: row for row in json.loads(run("source", "list", "--json").stdout)
    }
    text = run("source", "list").stdout

    assert rows["daily8"]["outcome"] == "recorded"
    assert rows["silent"]["outcome"] is None
    assert rows["silent"]["enabled"] is False
    assert "daily8" in text


def test_topics_are_listed_with_their_sizes(run: Run) -> None:
    run("ingest")

    rows = {
        row["topic"]: row for row in json.loads(run("topic", "list", "--json").stdout)
    }

    assert rows["western-sahara"]["articles"] == 2
    assert rows["libya"]["articles"] == 0
    assert rows["libya"]["latest_at"] is None
    assert "western-sahara" in run("topic", "list").stdout


def test_status_tells_of_enabled_sources_and_topics(run: Run) -> None:
    run("ingest")

    facts = json.loads(run("status", "--json").stdout)
    text = run("status").stdout

    assert [row["source"] for row in facts["sources"]] == ["daily8"]
    assert facts["database"].endswith("rekkas.db")
    assert "western-sahara" in text


def test_an_article_is_shown_with_its_reasons(run: Run) -> None:
    run("ingest")
    facts = [
        json.loads(run("article", "show", str(number), "--json").stdout)
        for number in range(1, 5)
    ]

    (lead,) = [one for one in facts if one["title"] == LEAD]

    assert lead["published_at"] is None
    assert lead["source"] == "daily8"
    assert lead["tags"]["mali"]["strength"] == "about"
    assert "title: Mali" in lead["tags"]["mali"]["words"]
    assert lead["topics"]["mali-algeria"] == ["about:mali", "about:algeria"]
    (sighting,) = lead["sightings"]
    assert sighting["reason"] == "first with this guid, address and title"
    assert f"title: {LEAD}" in run("article", "show", str(lead["id"])).stdout


def test_an_article_that_is_not_there_is_a_usage_error(run: Run) -> None:
    shown = run("article", "show", "99")

    assert shown.exit_code == 2
    assert "no article 99" in shown.stderr


@pytest.mark.parametrize("number", ["0", str(2**63), "first"])
def test_what_is_no_number_of_an_article_is_a_usage_error(
    run: Run, number: str
) -> None:
    assert run("article", "show", number).exit_code == 2


def test_a_database_that_cannot_be_opened_exits_with_three(
    run: Run, folder: Path
) -> None:
    (folder / "rekkas.db").write_text("notes " * 500)

    for command in (["ingest"], ["status"], ["run"]):
        shown = run(*command)

        assert shown.exit_code == 3
        assert "no SQLite database" in shown.stderr


def test_search_finds_stored_articles_by_an_expression(run: Run) -> None:
    run("ingest")

    found = json.loads(run("search", "about:mali", "-football", "--json").stdout)
    text = run("search", "topic:mali-algeria").stdout

    assert [row["title"] for row in found] == [LEAD]
    assert LEAD in text


SEARCH_MISTAKES = {
    "a mistake is shown under its place": ("a (b", "  ^ the parenthesis"),
    "a topic nobody configured is named": ("topic:moon", "no topic is named moon"),
}


@pytest.mark.parametrize("case", SEARCH_MISTAKES.values(), ids=SEARCH_MISTAKES.keys())
def test_search_mistake(case: tuple[str, str], run: Run) -> None:
    expression, words = case

    shown = run("search", expression)

    assert shown.exit_code == 2
    assert words in shown.stderr


class Gone(BaseHTTPRequestHandler):
    """A publisher who has left."""

    def do_GET(self) -> None:
        self.send_error(410)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_source_that_is_gone_is_asked_again_when_it_is_woken(
    run: Run, folder: Path
) -> None:
    with serving(Gone) as address:
        (folder / "rekkas.yaml").write_text(
            "fetch: {allow_private: [127.0.0.1], per_host: {spacing: 0s}}\n"
            f"sources: {{left: {{url: {address}/feed}}}}"
        )
        first = json.loads(run("ingest", "--json").stdout)
        second = run("ingest", "--json")
        woken = run("source", "wake", "left")
        third = run("ingest", "--json")
    listed = json.loads(run("source", "list", "--json").stdout)

    assert (first["status"], first["due_at"]) == (410, None)
    assert second.stdout == ""
    assert woken.exit_code == 0
    assert json.loads(third.stdout)["status"] == 410
    assert listed[0]["due_at"] is None


def test_a_host_gets_no_more_requests_a_day_than_its_budget(
    run: Run, folder: Path
) -> None:
    with serving(Gone) as address:
        (folder / "rekkas.yaml").write_text(
            "fetch: {allow_private: [127.0.0.1], per_host: {spacing: 0s},\n"
            "  hosts: {127.0.0.1: {daily_budget: 1}}}\n"
            f"sources: {{one: {{url: {address}/a}}, two: {{url: {address}/b}}}}"
        )
        shown = run("ingest", "--json")
        again = run("ingest", "two", "--json")
    lines = [json.loads(line) for line in shown.stdout.splitlines()]
    line = json.loads(again.stdout)

    assert sorted(line["outcome"] for line in lines) == ["failed", "postponed"]
    assert len({tuple(line) for line in lines}) == 1
    assert (line["outcome"], again.exit_code) == ("postponed", 0)
    assert "two: its host is left alone until " in again.stderr


def test_search_marks_what_was_looked_for_and_orders_by_date(run: Run) -> None:
    run("ingest")

    found = json.loads(run("search", "algeria", "--by", "date", "--json").stdout)
    text = run("search", "algeria", "--limit", "1", "--since", "2025-01-01").stdout
    recent = run("search", "algeria", "--since", "1h", "--json").stdout

    moments = [row["published_at"] for row in found if row["published_at"]]
    assert moments == sorted(moments, reverse=True)
    assert all(
        row["title"][start:end].startswith("Algeria")
        for row in found
        for start, end in row["title_hits"]
    )
    assert "«Algeria" in text
    # Without a date it counts when an article was first seen.
    assert [row["published_at"] for row in json.loads(recent)] == [None]


def test_a_mistake_in_a_long_expression_is_shown_with_what_is_near(run: Run) -> None:
    shown = run("search", "mali " * 100 + "titel:\tx" + " mali" * 100)

    assert shown.exit_code == 2
    place, line, told = shown.stderr.splitlines()
    assert place == "Error: a mistake at column 501:"
    assert len(line) < 150
    assert line[told.index("^") :].startswith("titel: x mali")
    assert "^ unknown field `titel:`, did you mean `title:`?" in told


def test_a_since_that_is_no_time_is_refused(run: Run) -> None:
    shown = run("search", "mali", "--since", "yesterday")

    assert shown.exit_code == 2
    assert "no span such as 7d" in shown.stderr


def test_topic_test_counts_what_would_match_and_says_why(run: Run) -> None:
    run("ingest")

    counted = json.loads(
        run("topic", "test", "about:mali", "-football", "--json").stdout
    )
    text = run("topic", "test", "about:mali").stdout

    assert counted["count"] == 1
    assert counted["is_all"] is True
    assert counted["articles"][0]["title"] == LEAD
    assert counted["articles"][0]["reason"] == ["about:mali", "NOT football"]
    assert "articles that match: 1\n" in text
    assert LEAD in text


def test_topic_explain_says_of_each_clause_whether_it_holds(run: Run) -> None:
    run("ingest")
    article = json.loads(run("search", "about:mali", "--json").stdout)[0]
    shown = json.loads(run("article", "show", str(article["article"]), "--json").stdout)
    names = [
        str(article["article"]),
        shown["uid"],
        f"tag:rekkas.localhost,2026:article/{shown['uid']}",
        f"http://127.0.0.1:8080/articles/{article['article']}",
    ]

    told = [
        json.loads(run("topic", "explain", "mali-algeria", name, "--json").stdout)
        for name in names
    ]
    text = run("topic", "explain", "mali-algeria", names[0]).stdout
    other = run("topic", "explain", "libya", names[0]).stdout

    assert all(one == told[0] for one in told)
    assert told[0]["matches"] is told[0]["is_shown"] is True
    parts = told[0]["explanation"]["parts"]
    assert [(part["clause"], part["holds"]) for part in parts] == [
        ("about:mali", True),
        ("about:algeria", True),
    ]
    place, start, end = parts[0]["hits"][0]
    assert (place, LEAD[start:end]) == ("title", "Mali")
    assert "topic mali-algeria: the article belongs" in text
    assert "title: Escalating tensions : «Mali»-Algeria border" in text
    assert "topic libya: the article does not belong" in other


def test_topic_explain_names_what_is_not_there(run: Run) -> None:
    topic = run("topic", "explain", "mali-algerie", "1")
    article = run("topic", "explain", "mali-algeria", "1")

    assert (topic.exit_code, article.exit_code) == (2, 2)
    assert "did you mean mali-algeria?" in topic.stderr
    assert "there is no article 1" in article.stderr


def test_topic_rebuild_shows_what_changes_and_changes_it(
    run: Run, folder: Path
) -> None:
    run("ingest")
    changed = (folder / "rekkas.yaml").read_text() + (
        "\ntopics:\n  western-sahara: {title: Western Sahara, "
        "match: 'about:mali about:algeria'}\n"
    )
    (folder / "rekkas.yaml").write_text(changed)

    would = run("topic", "rebuild", "western-sahara", "--dry-run").stdout
    again = json.loads(
        run("topic", "rebuild", "western-sahara", "--dry-run", "--json").stdout
    )
    done = run("topic", "rebuild", "western-sahara").stdout
    after = json.loads(run("topic", "rebuild", "--dry-run", "--json").stdout)

    assert "western-sahara: 1 would enter," in would
    assert f"{LEAD}  (about:mali, about:algeria)" in would
    assert again[0]["entering"] == 1
    assert again[0]["leaving"] == len(again[0]["leave"]) > 0
    assert "western-sahara: 1 enter," in done
    assert [row["entering"] + row["leaving"] for row in after] == [0] * 12
    rows = json.loads(run("topic", "list", "--json").stdout)
    sizes = {row["topic"]: (row["articles"], row["state"]) for row in rows}
    assert sizes["western-sahara"] == (1, "decided")
