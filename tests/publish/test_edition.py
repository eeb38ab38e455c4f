"""What settings publish, defaults filled in."""

from __future__ import annotations

from config.settings import Settings
from config.values import ContentChoice
from publish.edition import Edition, build_edition
from publish.feed_name import FeedKind, FeedName, topic_feed
from store.once import Once


def make_published(**topic: object) -> Edition:
    settings = Settings.model_validate(
        {
            "publish": {"authority": "paper.example,2026", "limit": 20},
            "sources": {
                "paper": {"title": "The Paper", "url": "https://paper.example/feed"},
                "untitled": {"url": "https://untitled.example/feed"},
            },
            "tags": {"mali": {"title": "Mali", "kind": "place"}},
            "searches": {
                "gas": "gas OR oil",
                "ports": {"title": "Ports", "match": "port*", "limit": 5},
            },
            "topics": {"mali": {"title": "Mali", "match": "about:mali", **topic}},
        }
    )
    return build_edition(settings, base_url="https://paper.example/")


def test_a_topic_inherits_what_it_does_not_say() -> None:
    rules = make_published().topics["mali"]

    assert (rules.name.slug, rules.title, rules.description) == ("mali", "Mali", "Mali")
    assert (rules.limit, rules.content) == (20, ContentChoice.EXCERPT)
    assert rules.once == Once()


def test_a_topic_has_its_own_way() -> None:
    rules = make_published(
        description="All of Mali", limit=3, content="full", collapse="none"
    ).topics["mali"]

    assert rules.description == "All of Mali"
    assert (rules.limit, rules.content) == (3, ContentChoice.FULL)
    assert rules.once is None


def test_a_topic_that_was_renamed_keeps_its_identity() -> None:
    edition = make_published(formerly=["oldest", "older"], digest="weekly")
    mali, digest = topic_feed("mali"), FeedName(FeedKind.DIGEST, "mali")

    assert edition.successors == {topic_feed("oldest"): mali, topic_feed("older"): mali}
    rules = [edition.rules_of(name) for name in (mali, digest)]
    assert [each and each.first_name for each in rules] == [
        topic_feed("oldest"),
        FeedName(FeedKind.DIGEST, "oldest"),
    ]


def test_a_digest_is_shown_as_its_topic_is() -> None:
    edition = make_published(digest="daily", limit=7)

    rules = edition.rules_of(FeedName(FeedKind.DIGEST, "mali"))

    assert rules is not None
    assert (rules.title, rules.limit) == ("Mali: daily digest", 7)
    assert make_published().rules_of(FeedName(FeedKind.DIGEST, "mali")) is None


def test_a_search_is_called_by_its_name_unless_it_has_a_title() -> None:
    searches = make_published().searches

    assert [(rules.title, rules.limit) for rules in searches.values()] == [
        ("gas", 20),
        ("Ports", 5),
    ]
    assert [name.path for name in (rules.name for rules in searches.values())] == [
        "searches/gas",
        "searches/ports",
    ]


def test_the_health_feed_is_off_unless_it_is_switched_on() -> None:
    assert not make_published().has_health_feed


def test_names_for_people_come_from_the_configuration() -> None:
    edition = make_published()

    assert edition.tag_titles == {"mali": "Mali"}
    assert edition.source_titles == {"paper": "The Paper", "untitled": "untitled"}
    assert edition.addresses.authority == "paper.example,2026"
    assert edition.content is ContentChoice.EXCERPT
