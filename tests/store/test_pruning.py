"""Articles that nobody keeps any longer leave, and nothing else does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from config.expression_parser import parse_expression
from store.archive import Archive, PageRules
from store.article import Article, ArticleId, Publication
from store.keeping import check_database
from store.pruning import foresee, prune
from store.retag import retag_some
from store.retention import KeepRule, Pruned, Retention
from tests.factories import NOW, make_numbered
from tests.store.conftest import Shelf, make_rules

DAY = timedelta(days=1)
TEN_DAYS = KeepRule(age=10 * DAY)
LAST = 6  # the article that is there last, and stays in its source's document


def body(number: int) -> str:
    """A text of its own about the river and the bridge."""
    words = " ".join(f"word{number}x{place}" for place in range(60))
    return f"The river rose in the night, and the bridge was closed. {words}"


def publish(shelf: Shelf, *days: int, source: str = "yabiladi") -> None:
    """An article on each of these days, each alone in its document."""
    for day in days:
        entry = make_numbered(day, title=f"Morocco {day}", text=body(day))
        shelf.record(entry, source=source, now=NOW + day * DAY)


def run(shelf: Shelf, retention: Retention, *, day: int) -> Pruned:
    """Let leave what is due on a day."""
    now = NOW + day * DAY
    return sum(prune(shelf.database, retention, now=now), Pruned())


def titles(shelf: Shelf) -> list[str]:
    numbers = shelf.library.article_numbers()
    return sorted(find(shelf, number).title for number in numbers)


def find(shelf: Shelf, number: int) -> Article:
    dossier = shelf.library.find_article(ArticleId(number))
    assert dossier is not None
    return dossier.article


def close_pages(shelf: Shelf, size: int) -> None:
    def write(page: Sequence[Publication]) -> bytes:
        return ",".join(each.article.title for each in page).encode()

    rules = PageRules(topic="morocco", size=size, once=None)
    Archive(shelf.database).close_pages(rules, write)


def search(shelf: Shelf, words: str) -> list[str]:
    found = shelf.library.search(parse_expression(words), limit=20)
    return [match.article.title for match in found]


LEAVE = {
    "by age": (Retention(shared=TEN_DAYS), 15, ["Morocco 5", "Morocco 6"]),
    "by number": (
        Retention(shared=KeepRule(count=2)),
        14,
        ["Morocco 5", "Morocco 6"],
    ),
    "by whichever limit comes first": (
        Retention(shared=KeepRule(age=10 * DAY, count=1)),
        14,
        ["Morocco 6"],
    ),
    "by the rule of their own source": (
        Retention(sources={"yabiladi": TEN_DAYS}),
        15,
        ["Morocco 5", "Morocco 6"],
    ),
    "not by that of another": (
        Retention(sources={"daily8": KeepRule(count=1)}),
        99,
        [f"Morocco {day}" for day in range(1, 7)],
    ),
    "not where their own source keeps them": (
        Retention(shared=KeepRule(count=1), sources={"yabiladi": KeepRule()}),
        99,
        [f"Morocco {day}" for day in range(1, 7)],
    ),
    "never without a rule": (Retention(), 999, [f"Morocco {d}" for d in range(1, 7)]),
    "except what a topic keeps": (
        Retention(shared=KeepRule(count=1), topics={"morocco": KeepRule(count=3)}),
        14,
        ["Morocco 4", "Morocco 5", "Morocco 6"],
    ),
    "except what a topic keeps for longer": (
        Retention(shared=KeepRule(age=DAY), topics={"morocco": TEN_DAYS}),
        14,
        ["Morocco 4", "Morocco 5", "Morocco 6"],
    ),
    "except what a source carries": (
        Retention(shared=KeepRule(age=DAY)),
        999,
        ["Morocco 6"],
    ),
}


@pytest.mark.parametrize(("retention", "day", "left"), LEAVE.values(), ids=LEAVE)
def test_articles_leave(
    shelf: Shelf, retention: Retention, day: int, left: list[str]
) -> None:
    publish(shelf, *range(1, LAST + 1))
    foreseen = foresee(shelf.database, retention, now=NOW + day * DAY)

    pruned = run(shelf, retention, day=day)

    assert titles(shelf) == left
    assert pruned == foreseen == Pruned(articles=LAST - len(left))
    assert list(check_database(shelf.database)) == []
    assert run(shelf, retention, day=day) == Pruned()


def test_what_left_is_nowhere_any_more(shelf: Shelf) -> None:
    publish(shelf, *range(1, LAST + 1))
    run(shelf, Retention(shared=TEN_DAYS), day=15)

    assert shelf.titles("morocco") == ["Morocco 6", "Morocco 5"]
    assert search(shelf, "river") == ["Morocco 6", "Morocco 5"]


def test_what_left_does_not_come_again(shelf: Shelf) -> None:
    publish(shelf, *range(1, LAST + 1))
    run(shelf, Retention(shared=TEN_DAYS), day=15)
    publish(shelf, 3)

    assert titles(shelf) == ["Morocco 5", "Morocco 6"]


def test_what_left_without_an_address_does_not_come_again(shelf: Shelf) -> None:
    entries = [
        make_numbered(day, title=f"Morocco {day}", link=None, canonical_url=None)
        for day in (1, 2, 3)
    ]
    for day, entry in enumerate(entries):
        shelf.record(entry, now=NOW + day * DAY)
    run(shelf, Retention(shared=KeepRule(count=1)), day=9)
    shelf.record(entries[0], now=NOW + 9 * DAY)

    assert titles(shelf) == ["Morocco 3"]


def test_an_address_that_is_used_again_by_another_is_news(shelf: Shelf) -> None:
    publish(shelf, *range(1, LAST + 1))
    run(shelf, Retention(shared=TEN_DAYS), day=15)
    entry = make_numbered(99, title="Morocco 99", guid=make_numbered(1).guid)
    shelf.record(entry, now=NOW + 14 * DAY)

    assert "Morocco 99" in titles(shelf)


def test_an_archive_keeps_what_it_has(shelf: Shelf) -> None:
    publish(shelf, *range(1, LAST + 1))
    retention = Retention(shared=TEN_DAYS, archived=frozenset({"morocco"}))
    waits = run(shelf, retention, day=15)
    close_pages(shelf, size=3)
    pruned = run(shelf, retention, day=15)
    close_pages(shelf, size=3)

    archive = Archive(shelf.database)
    pages = [archive.find_page("morocco", number) for number in (1, 2, 3)]
    assert waits == Pruned()
    assert pruned == Pruned(articles=4)
    assert pages == [
        b"Morocco 1,Morocco 2,Morocco 3",
        b"Morocco 4,Morocco 5,Morocco 6",
        None,
    ]


def test_places_in_a_topic_are_never_given_twice(shelf: Shelf) -> None:
    publish(shelf, *range(1, LAST + 1))
    shelf.record(make_numbered(50, title="Elsewhere"), now=NOW + 7 * DAY)
    run(shelf, Retention(shared=KeepRule(count=1)), day=99)
    publish(shelf, 100)

    found = shelf.library.latest_publications("morocco", limit=9, once=None)
    assert [each.position for each in found] == [7, 6]


def test_an_original_leaves_after_its_copies(shelf: Shelf) -> None:
    text = body(1)
    for number, source in ((1, "yabiladi"), (2, "daily8")):
        entry = make_numbered(number, title=f"Morocco, river {number}", text=text)
        shelf.record(entry, source=source, now=NOW)
    publish(shelf, 3)
    publish(shelf, 4, source="daily8")
    retention = Retention(shared=KeepRule(age=DAY))
    first, second = (run(shelf, retention, day=9) for _ in range(2))

    assert first == second == Pruned(articles=1)
    assert titles(shelf) == ["Morocco 3", "Morocco 4"]


def moved(shelf: Shelf, day: int) -> Pruned:
    return run(shelf, Retention(shared=KeepRule(content=10 * DAY)), day=day)


def test_texts_leave_alone(shelf: Shelf) -> None:
    publish(shelf, *range(1, LAST + 1))
    foreseen = foresee(
        shelf.database,
        Retention(shared=KeepRule(content=10 * DAY)),
        now=NOW + 14 * DAY,
    )

    pruned = moved(shelf, day=14)

    article = find(shelf, 1)
    assert pruned == foreseen == Pruned(texts=3)
    assert (article.title, article.text, article.content_html) == ("Morocco 1", "", "")
    assert article.summary
    assert article.link
    assert moved(shelf, day=14) == Pruned()
    assert list(check_database(shelf.database)) == []


def test_what_lost_its_text_is_found_by_its_title(shelf: Shelf) -> None:
    publish(shelf, *range(1, LAST + 1))
    moved(shelf, day=14)

    assert "Morocco 1" not in search(shelf, "bridge")
    assert "Morocco 1" in search(shelf, "morocco")


def test_what_lost_its_text_is_recognised_and_keeps_its_place(shelf: Shelf) -> None:
    publish(shelf, *range(1, LAST + 1))
    before = shelf.titles("morocco")
    moved(shelf, day=14)
    publish(shelf, 2)

    assert shelf.titles("morocco") == before


def test_what_lost_its_text_keeps_its_tags(shelf: Shelf) -> None:
    entry = make_numbered(
        1, title="The river", text=f"Morocco, Morocco, Morocco. {body(1)}"
    )
    shelf.record(entry)
    publish(shelf, 2)
    moved(shelf, day=30)
    rules = make_rules(morocco=parse_expression("about:morocco"))
    while retag_some(shelf.database, rules):
        pass

    article = find(shelf, 1)
    assert article.text == ""
    assert [tag.tag for tag in article.tags] == ["morocco"]
    assert article.tags[0].hits == ()


def test_what_left_a_moment_before_a_date_is_told(shelf: Shelf) -> None:
    publish(shelf, 1, 2)
    just: datetime = NOW + 11 * DAY

    assert foresee(shelf.database, Retention(shared=TEN_DAYS), now=just) == Pruned()
