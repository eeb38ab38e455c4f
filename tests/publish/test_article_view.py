"""What the page of an article says."""

from __future__ import annotations

from dataclasses import replace

from config.values import ContentChoice
from publish.web.article_view import (
    ArticleView,
    CopyView,
    RevisionView,
    SightingView,
    TagView,
    TopicView,
    describe_article,
)
from publish.web.pages import Pages
from publish.web.wording import Quote
from store.article import (
    Article,
    ArticleId,
    Place,
    Reason,
    StoryId,
    Strength,
    TagHit,
    TagMatch,
    TopicMembership,
)
from tests.publish.factories import (
    LATER,
    SEEN_AT,
    make_article,
    make_dossier,
    make_edition,
    make_related,
    make_revision,
)


def describe(article: Article, **changes: object) -> ArticleView:
    return describe_article(make_dossier(article, **changes), make_edition())


def test_it_says_what_the_article_is() -> None:
    view = describe(make_article(author="Mary O'Neill"))

    assert (view.title, view.author) == ("Ministers meet in Bamako (1)", "Mary O'Neill")
    assert (view.credit.title, view.link) == ("The Paper", "https://paper.example/1")
    assert (view.date, view.language) == ("20 November 2026, 09:01 UTC", "English")
    assert (view.language_tag, view.direction) == ("en", "ltr")


def test_an_article_of_no_known_language_is_left_to_the_browser() -> None:
    view = describe(make_article(language=None))

    assert (view.language, view.language_tag, view.direction) == (None, None, "auto")


def test_the_text_of_others_is_shown_as_an_excerpt() -> None:
    view = describe(make_article())

    assert (view.content_html, view.summary) == ("", "They spoke of the border.")


def test_a_text_that_nobody_else_shows_is_shown_whole() -> None:
    view = describe(make_article(link=None))

    assert (view.link, view.content_html) == (None, "<p>They spoke of the border.</p>")


def test_the_operator_may_show_every_text_whole() -> None:
    edition = replace(make_edition(), content=ContentChoice.FULL)

    view = describe_article(make_dossier(make_article()), edition)

    assert view.content_html == "<p>They spoke of the border.</p>"


def test_the_text_is_made_safe_once_more() -> None:
    view = describe(make_article(link=None, content_html="<script>a</script><p>b</p>"))

    assert view.content_html == "<p>b</p>"


def test_headings_of_the_text_stand_below_the_title() -> None:
    text = "<h1>One</h1><p>1</p><h4>Two</h4>"

    view = describe(make_article(link=None, content_html=text))

    assert view.content_html == "<h2>One</h2><p>1</p><h2>Two</h2>"


def test_a_copy_names_the_article_that_it_repeats() -> None:
    reason = "97 of 100 words"
    copy = make_article(2, duplicate_of=ArticleId(1), duplicate_reason=reason)

    assert describe(copy).copy == CopyView(number=1, reason=reason)
    assert describe(make_article()).copy is None


def test_tags_are_shown_with_their_reasons() -> None:
    hit = TagHit(place=Place.TEXT, start=18, end=24)
    tag = TagMatch(tag="mali", strength=Strength.ABOUT, hits=(hit,) * 5)

    view = describe(make_article(text="They spoke of the border.", tags=(tag,)))

    quotation = Quote(before="They spoke of the ", hit="border", after=".")
    assert view.tags == (
        TagView(title="Mali", strength="about", quotes=(quotation,) * 3, more=2),
    )


def test_a_hit_in_the_title_is_quoted_from_the_title() -> None:
    view = describe(make_article())

    assert view.tags[0].quotes == (
        Quote(before="Ministers meet in ", hit="Bamako", after=" (1)"),
    )


def test_a_category_of_the_publisher_is_named_as_such() -> None:
    hit = TagHit(place=Place.CATEGORY, start=6, end=10)
    tag = TagMatch(tag="mali", strength=Strength.ABOUT, hits=(hit,))

    view = describe(make_article(categories=("Sport", "Mali"), tags=(tag,)))

    assert view.tags[0].quotes == (
        Quote(before="publisher’s category: ", hit="Mali", after=""),
    )


def test_a_tag_that_left_the_vocabulary_shows_its_slug() -> None:
    tag = TagMatch(tag="gone", strength=Strength.MENTIONS, hits=())

    assert describe(make_article(tags=(tag,))).tags[0].title == "gone"


def test_topics_are_shown_with_their_clauses() -> None:
    assert describe(make_article()).topics == (
        TopicView(
            slug="mali-algeria",
            title="Mali–Algeria",
            clauses=("about:mali", "about:algeria"),
        ),
    )


def test_a_topic_that_is_published_no_more_is_not_shown() -> None:
    gone = TopicMembership(
        topic="gone", position=1, matched_at=SEEN_AT, reason=Reason(clauses=())
    )

    assert describe(make_article(), memberships=(gone,)).topics == ()


def test_sightings_name_their_source() -> None:
    dossier = make_dossier(make_article())
    stranger = replace(
        dossier.sightings[0], source="stranger", link="javascript:alert(1)"
    )

    view = describe(make_article(), sightings=(*dossier.sightings, stranger))

    seen = "23 November 2026, 08:30 UTC"
    assert view.sightings == (
        SightingView(
            source="The Paper",
            source_slug="paper",
            link="https://paper.example/1",
            first_seen=seen,
            last_seen=seen,
        ),
        SightingView(
            source="stranger",
            source_slug="stranger",
            link=None,
            first_seen=seen,
            last_seen=seen,
        ),
    )


def test_the_page_is_as_old_as_its_last_change() -> None:
    revision = make_revision()

    view = describe(make_article(), revisions=(revision,))

    until = RevisionView(title="Earlier", until="24 November 2026, 12:00 UTC")
    assert (view.revisions, view.updated_at) == ((until,), revision.seen_at)


def test_an_article_that_nothing_refers_to_is_as_old_as_its_first_sight() -> None:
    view = describe(make_article(), sightings=(), memberships=())

    assert view.updated_at == SEEN_AT


def test_related_articles_are_those_of_the_story_and_the_nearest() -> None:
    related = (make_related(2, is_same_story=True, language="ar"), make_related(3))

    view = describe(make_article(), related=related)

    (mate,), (near,) = view.story, view.nearest
    assert (mate.number, mate.source, mate.language) == (2, "The Paper", "Arabic")
    assert (mate.language_tag, mate.direction) == ("ar", "rtl")
    assert (near.number, near.title) == (3, "Talks <go> on")
    assert view.updated_at == LATER


def test_the_page_links_to_related_articles() -> None:
    related = (make_related(2, is_same_story=True), make_related(3, language=None))

    article = make_article(story=StoryId(1))
    page = Pages(make_edition()).article(describe(article, related=related))

    shown = page.decode()
    assert ">The same story</h2>" in shown
    assert ">Much like it</h2>" in shown
    assert 'href="../stories/1"' in shown
    assert '<a href="../articles/3" dir="auto">Talks &lt;go&gt; on</a>' in shown


def test_a_page_without_related_articles_has_no_heading_for_them() -> None:
    page = Pages(make_edition()).article(describe(make_article()))

    assert "The same story" not in page.decode()
