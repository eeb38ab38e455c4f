"""What settings publish, defaults filled in."""

from __future__ import annotations

from config.settings import Settings
from config.values import ContentChoice
from publish.edition import Edition, build_edition


def make_published(**topic: object) -> Edition:
    settings = Settings.model_validate(
        {
            "publish": {"authority": "paper.example,2026", "limit": 20},
            "sources": {
                "paper": {"title": "The Paper", "url": "https://paper.example/feed"},
                "untitled": {"url": "https://untitled.example/feed"},
            },
            "tags": {"mali": {"title": "Mali", "kind": "place"}},
            "topics": {"mali": {"title": "Mali", "match": "about:mali", **topic}},
        }
    )
    return build_edition(settings, base_url="https://paper.example/")


def test_a_topic_inherits_what_it_does_not_say() -> None:
    rules = make_published().topics["mali"]

    assert (rules.name.slug, rules.title, rules.description) == ("mali", "Mali", "Mali")
    assert (rules.limit, rules.content) == (20, ContentChoice.EXCERPT)
    assert rules.collapse


def test_a_topic_has_its_own_way() -> None:
    rules = make_published(
        description="All of Mali", limit=3, content="full", collapse="none"
    ).topics["mali"]

    assert rules.description == "All of Mali"
    assert (rules.limit, rules.content) == (3, ContentChoice.FULL)
    assert not rules.collapse


def test_names_for_people_come_from_the_configuration() -> None:
    edition = make_published()

    assert edition.tag_titles == {"mali": "Mali"}
    assert edition.source_titles == {"paper": "The Paper", "untitled": "untitled"}
    assert edition.addresses.authority == "paper.example,2026"
    assert edition.content is ContentChoice.EXCERPT
