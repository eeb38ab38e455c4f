"""What pages of stories, sources, parts of topics and the service say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from publish.selection import UPDATED_WHEN_EMPTY
from publish.web.about_view import Contact, describe_contact
from publish.web.feed_view import describe_filter, query_of, read_filter
from publish.web.plot import HEIGHT, Bar, plot_arrivals
from publish.web.source_view import (
    describe_source,
    describe_source_page,
    hide_secrets,
    latest_moment,
)
from publish.web.story_view import describe_story
from publish.web.wording import say_count
from store.article import (
    Condition,
    Precision,
    SourceDossier,
    StoryId,
    TopicFilter,
    TopicPart,
)
from tests.publish.factories import LATER, SEEN_AT, make_article, make_headline
from tests.publish.fake_subjects import REPORT

TODAY = date(2026, 11, 23)
PARTS = (
    TopicPart(origin="paper", origin_title="The Paper", language="en", count=3),
    TopicPart(origin="journal", origin_title="Le Journal", language="fr", count=4),
    TopicPart(origin="paper", origin_title="The Paper", language="fr", count=2),
    TopicPart(origin="radio", origin_title="Radio", language=None, count=1),
)

EVERY_SOURCE = [
    "The Paper 5 ?source=paper",
    "Le Journal 4 ?source=journal",
    "Radio 1 ?source=radio",
]


def labels(only: TopicFilter) -> tuple[list[str], list[str], str]:
    """The choices with their sizes and queries, and what is chosen."""
    view = describe_filter(PARTS, only)
    languages, sources = (
        [f"{one.label} {one.count} {one.query}" for one in choices]
        for choices in (view.languages, view.sources)
    )
    return languages, sources, view.chosen


def test_a_whole_topic_can_be_narrowed_by_each_part() -> None:
    assert labels(TopicFilter()) == (
        ["French 6 ?lang=fr", "English 3 ?lang=en"],
        EVERY_SOURCE,
        "",
    )


def test_what_is_chosen_narrows_the_other_choice_and_can_be_undone() -> None:
    assert labels(TopicFilter(language="fr")) == (
        ["French 6 ", "English 3 ?lang=en"],
        ["Le Journal 4 ?lang=fr&source=journal", "The Paper 2 ?lang=fr&source=paper"],
        "in French",
    )
    assert labels(TopicFilter(language="fr", origin="paper")) == (
        ["English 3 ?lang=en&source=paper", "French 2 ?source=paper"],
        ["Le Journal 4 ?lang=fr&source=journal", "The Paper 2 ?lang=fr"],
        "in French from The Paper",
    )


def test_a_source_that_is_not_there_is_named_as_it_was_asked_for() -> None:
    assert labels(TopicFilter(origin="nobody")) == (
        [],
        EVERY_SOURCE,
        "from nobody",
    )


QUERIES = {
    "nothing": ({}, TopicFilter()),
    "something else": ({"utm_source": "x"}, TopicFilter()),
    "what a form leaves empty": ({"lang": "", "source": ""}, TopicFilter()),
    "both": (
        {"lang": "fr", "source": "paper"},
        TopicFilter(language="fr", origin="paper"),
    ),
    "a language of capitals": ({"lang": "FR"}, None),
    "a language that is markup": ({"lang": "<b>"}, None),
    "a source with a way up": ({"source": "../paper"}, None),
    "a source of a thousand letters": ({"source": "a" * 1000}, None),
    "a source and a line's end": ({"source": "paper\n"}, None),
}


@pytest.mark.parametrize(("query", "expected"), QUERIES.values(), ids=QUERIES)
def test_a_query_asks_for_a_part(
    query: dict[str, str], expected: TopicFilter | None
) -> None:
    assert read_filter(query) == expected


def test_a_filter_survives_its_query() -> None:
    assert query_of(TopicFilter(origin="paper")) == "?source=paper"
    assert query_of(TopicFilter()) == ""


def test_a_story_says_who_told_it_when_and_in_which_languages() -> None:
    first = make_headline(make_article(4, title="Accord", language="fr"))
    again = make_headline(make_article(5, language=None, published_at=None))
    third = make_headline(make_article(6, origin_title="Radio", language="fr"))

    view = describe_story(StoryId(4), (first, again, third))

    assert (view.title, view.language_tag, view.direction) == ("Accord", "fr", "ltr")
    assert (view.sources, view.languages) == (("The Paper", "Radio"), ("French",))
    assert view.first == "20 November 2026, 09:04 UTC"
    assert view.last.endswith("first seen 23 November 2026, 08:30 UTC")
    assert [one.number for one in view.articles] == [4, 5, 6]
    assert view.articles[1].language is None
    assert view.updated_at == SEEN_AT


def test_a_story_is_dated_no_more_exactly_than_its_articles() -> None:
    article = make_article(4, published_precision=Precision.DAY)

    view = describe_story(StoryId(4), (make_headline(article),))

    assert (view.first, view.last) == ("20 November 2026", "20 November 2026")


def test_a_source_shows_no_secret() -> None:
    view = describe_source(REPORT)

    assert "secret" not in repr(view)
    assert view.home == "https://paper.example/"
    assert view.advice == "https://paper.example/feed?… answers nothing"


SECRETS = {
    "a name and a password": ("at https://a:b@x.example/f.", "at https://x.example/f."),
    "a key": ("to http://x.example/?key=1 now", "to http://x.example/?… now"),
    "a fragment": ("http://x.example/#token", "http://x.example/?…"),
    "an @ further on": ("https://x.example/@me", "https://x.example/@me"),
    "a password with an @": ("https://a:p@q@x.example/", "https://x.example/"),
    "no address": ("Write `every`, or ask a@b.example.",) * 2,
}


@pytest.mark.parametrize(("text", "shown"), SECRETS.values(), ids=SECRETS)
def test_addresses_lose_what_may_be_secret(text: str, shown: str) -> None:
    assert hide_secrets(text) == shown


@pytest.mark.parametrize("condition", Condition)
def test_every_condition_has_its_words(condition: Condition) -> None:
    view = describe_source(replace(REPORT, condition=condition))

    assert view.health
    assert (view.tone == "ill") is (condition not in (Condition.OK, Condition.NEW))


def test_a_source_that_was_never_asked_says_so() -> None:
    report = replace(
        REPORT, condition=Condition.NEW, since=None, last_polled_at=None, due_at=None
    )

    view = describe_source(report)

    assert (view.since, view.last_polled, view.due, view.tone) == (None,) * 3 + ("new",)


def test_the_page_of_a_source_is_as_old_as_its_last_news() -> None:
    dossier = SourceDossier(
        report=REPORT,
        languages=(("en", 2), (None, 1)),
        arrivals={TODAY: 3},
        latest=(make_headline(make_article(1, first_seen_at=LATER)),),
    )

    view = describe_source_page(dossier, today=TODAY)

    assert view.languages == (("English", 2), ("not known", 1))
    assert view.updated_at == LATER
    assert latest_moment([None]) == UPDATED_WHEN_EMPTY


def test_a_plot_has_a_bar_for_each_day_that_brought_something() -> None:
    arrivals = {TODAY: 500, TODAY - timedelta(days=13): 1, TODAY - timedelta(99): 7}

    plot = plot_arrivals(arrivals, last=TODAY, weeks=2)

    assert (plot.width, plot.height) == (14 * 12, HEIGHT)
    assert plot.bars == (
        Bar(x=1, y=94, width=10, height=2, label="10 November 2026: 1 article"),
        Bar(x=157, y=0, width=10, height=96, label="23 November 2026: 500 articles"),
    )
    assert [week.count for week in plot.weeks] == [1, 500]
    assert plot.weeks[0].days == "10 November 2026 – 16 November 2026"
    assert plot.summary == (
        "501 articles came in from 10 November 2026 to 23 November 2026. The busiest "
        "day, 23 November 2026, brought 500; 12 days brought none."
    )


def test_a_plot_of_nothing_says_so() -> None:
    plot = plot_arrivals({}, last=TODAY, weeks=6)

    assert plot.bars == ()
    assert plot.summary == "Nothing came in from 13 October 2026 to 23 November 2026."
    assert len(plot.weeks) == 6


CONTACTS = {
    "none": (None, None),
    "a page": (
        "https://paper.example/us",
        Contact(address="https://paper.example/us", text="https://paper.example/us"),
    ),
    "a mail address": (
        "a@b.example",
        Contact(address="mailto:a@b.example", text="a@b.example"),
    ),
    "a mail address with its scheme": (
        "mailto:a@b.example",
        Contact(address="mailto:a@b.example", text="a@b.example"),
    ),
    "what can be followed nowhere": ("javascript:alert(1)@x", None),
    "a word": ("ops", None),
}


@pytest.mark.parametrize(("written", "contact"), CONTACTS.values(), ids=CONTACTS)
def test_a_contact_is_a_link(written: str | None, contact: Contact | None) -> None:
    assert describe_contact(written) == contact


def test_numbers_of_things_are_said_in_words() -> None:
    said = [say_count(1, "article"), say_count(2000, "article"), say_count(0, "day")]

    assert said == ["1 article", "2,000 articles", "0 days"]


def test_a_date_is_no_more_exact_than_it_is_known() -> None:
    late = datetime.fromisoformat("2026-11-30T23:30:00-02:00")
    headline = make_headline(
        make_article(
            1, published_at=late, published_precision=Precision.MONTH, language="ar"
        )
    )

    view = describe_story(StoryId(1), (headline,)).articles[0]

    assert (view.date, view.direction) == ("December 2026", "rtl")
