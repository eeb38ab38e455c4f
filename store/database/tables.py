"""The tables, as SQLAlchemy Core; migrations are held equal to them by a test."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from store.database.utc_datetime import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

change = Table(
    # One row: a number that grows with every change a reader could see.
    "change",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    CheckConstraint('"only" = 1', name="one_row"),
)

source = Table(
    "source",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("home", Text),
    Column("address", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("validators_url", Text),
    Column("body_digest", String(64)),
    Column("max_age_seconds", Integer),
    Column("moved_to", Text),
    Column("moved_since", UtcDateTime),
    Column("adopted_url", Text),
    Column("gone_at", UtcDateTime),
    Column("due_at", UtcDateTime, index=True),
    Column("interval_seconds", Integer),
    Column("failures", Integer, nullable=False, default=0),
    Column("last_polled_at", UtcDateTime),
    Column("last_success_at", UtcDateTime),
    Column("last_outcome", String(32)),
    Column("last_detail", Text),
    Column("last_status", Integer),
    Column("failing_since", UtcDateTime),
    Column("empty_since", UtcDateTime),
    Column("news_at", UtcDateTime),
    Column("in_use_url", Text),
    Column("in_use_instead_of", Text),
    Column("own_asked_at", UtcDateTime),
    Column("rhythm", JSON(none_as_null=True)),
    Column("asked", JSON(none_as_null=True)),
    Column("windows_missed", Integer, nullable=False, server_default="0"),
    Column("read_by", String(32)),
    Column("read_again_at", UtcDateTime),
    Column("told", String(8)),  # the condition that the health feed told last
)

health_change = Table(
    # What operators were told of a source.
    "health_change",
    metadata,
    Column("source", ForeignKey("source.slug"), primary_key=True),
    Column("noted_at", UtcDateTime, primary_key=True, index=True),
    Column("condition", String(8), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("advice", Text, nullable=False),
)

configuration_trouble = Table(
    # What operators were told of their configuration.
    "configuration_trouble",
    metadata,
    Column("noted_at", UtcDateTime, primary_key=True),
    Column("problems", JSON, nullable=False),
    Column("count", Integer, nullable=False),
)

host = Table(
    # A host, or a domain, that is to be left alone until a time, or whose requests of
    # a day are counted.
    "host",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("rests_until", UtcDateTime),
    Column("spent_until", UtcDateTime),
    Column("asked_at", UtcDateTime),  # the last time by a worker, one of many
)

lease = Table(
    # A source that is not to be offered to a worker before a time: one polls it, or its
    # host is to be left alone.
    "lease",
    metadata,
    Column("source", ForeignKey("source.slug"), primary_key=True),
    Column("worker", Text),
    Column("until", UtcDateTime, nullable=False),
)

article = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("uid", String(24), nullable=False, unique=True),
    # By what articles are ordered: when one was published, else first seen.
    Column("moment", UtcDateTime, Computed("coalesce(published_at, first_seen_at)")),
    Column("canonical_url", Text),
    Column("page_url", Text),  # what its page says its address is
    Column("title_key", Text, nullable=False),
    Column("carrier", ForeignKey("source.slug"), nullable=False),
    Column("origin", ForeignKey("source.slug"), nullable=False, index=True),
    Column("credit", Text),
    Column("link", Text),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("content_html", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author", Text),
    Column("language", String(3)),
    Column("published_at", UtcDateTime),
    Column("published_precision", String(8)),
    Column("updated_at", UtcDateTime),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("revised_at", UtcDateTime),
    Column("content_digest", String(64), nullable=False),
    Column("duplicate_of", ForeignKey("article.id"), index=True),
    Column("duplicate_reason", Text),
    Column("story_id", Integer, index=True),
    Column("categories", JSON, nullable=False),
    Column("enclosures", JSON, nullable=False),
    Column("rights", Text),
    Column("comments_url", Text),
    Column("comment_count", Integer),
    Column("image_url", Text),
    Column("text_left_at", UtcDateTime),  # when the text was let go of
    Index("ix_article_moment_id", "moment", "id"),
    Index("ix_article_revised_at", "revised_at"),
    Index("ix_article_language_id", "language", "id"),
    # Addresses and titles may be longer than what PostgreSQL orders in an index.
    *(
        Index(f"ix_article_{name}", name, postgresql_using="hash")
        for name in ("canonical_url", "page_url", "title_key")
    ),
)

departed = Table(
    # By what an article that is kept no longer is known if it comes again.
    "departed",
    metadata,
    Column("key", String(32), primary_key=True),
)

story = Table(
    # Its number is that of the article that told it first.
    "story",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last_told_at", UtcDateTime, nullable=False, index=True),
)

gist = Table(
    # What an article said when it joined its story, as terms; gone once that is over.
    "gist",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("story", ForeignKey("story.id"), nullable=False, index=True),
    Column("told_at", UtcDateTime, nullable=False),
    Column("language", String(3)),
    Column("headline", Text, nullable=False),
    Column("text", Text, nullable=False),
)

sighting = Table(
    # `entry_key` is the guid where there is one, else the address, else the title.
    "sighting",
    metadata,
    Column("source", ForeignKey("source.slug"), primary_key=True),
    Column("entry_key", Text, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False, index=True),
    Column("guid", Text),
    Column("link", Text),
    Column("reason", Text),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Index("ix_sighting_source_article", "source", "article"),
)

last_entry = Table(
    # The entries of each source's last document, by what they read like, so that one
    # which comes again unchanged is recognised without being cleaned. `guid`, `url`
    # and `title_key` are all its keys, `entry_key` the one of its sighting.
    "last_entry",
    metadata,
    Column("source", ForeignKey("source.slug"), primary_key=True),
    Column("digest", String(32), primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False, index=True),
    Column("entry_key", Text, nullable=False),
    Column("guid", Text),
    Column("url", Text),
    Column("title_key", Text, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("content_html", Text, nullable=False),
    Column("reason", Text),
    Column("seen_at", UtcDateTime, nullable=False),
)

signature = Table(
    # The articles whose texts share a value may be copies of each other. A row in
    # its index is all there is of it.
    "signature",
    metadata,
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    Column("article", ForeignKey("article.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

article_tag = Table(
    # `hits` is a list of [place, start, end], offsets in characters.
    "article_tag",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("tag", String(64), primary_key=True),
    Column("strength", String(8), nullable=False),
    Column("hits", JSON, nullable=False),
    Index("ix_article_tag_tag_strength_article", "tag", "strength", "article"),
)

vocabulary = Table(
    # One row: the articles up to `done_to`, or all, have their tags by this digest.
    "vocabulary",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("done_to", Integer),
)

topic = Table(
    # `decided` is the digest of the rule by which the stored articles were decided.
    # While another rule takes its place, `deciding` is that one's digest, and those
    # up to the number `reached` are decided by it.
    "topic",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("decided", String(64), nullable=False),
    Column("deciding", String(64)),
    Column("reached", Integer),
)

digest = Table(
    # What a topic got in a day or a week that is over; never changed. `entries` is a
    # list of [article, title, link, source, language].
    "digest",
    metadata,
    Column("topic", ForeignKey("topic.slug"), primary_key=True),
    Column("name", String(10), primary_key=True),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("entries", JSON, nullable=False),
)

publication = Table(
    # Append-only. `withdrawn_at` is set when a changed topic no longer holds the
    # article: it keeps its place but is shown no more.
    "publication",
    metadata,
    Column("topic", ForeignKey("topic.slug"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("matched_at", UtcDateTime, nullable=False),
    Column("reason", JSON, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    # The archive page that has it; none while it is new, not shown, or a copy.
    Column("page", Integer),
    Index("uq_publication_topic_article", "topic", "article", unique=True),
    Index("ix_publication_article", "article"),
)
Index(
    "ix_publication_not_archived",
    publication.c.topic,
    publication.c.position,
    sqlite_where=publication.c.page.is_(None),
    postgresql_where=publication.c.page.is_(None),
)

archive_page = Table(
    # Written once and never again. What `body` says, only the one who closed it knows.
    "archive_page",
    metadata,
    Column("topic", ForeignKey("topic.slug"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("first_position", Integer, nullable=False),
    Column("last_position", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

response = Table(
    # A document as a source answered with it, compressed, by the SHA-256 of its bytes.
    "response",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

capture = Table(
    # When a source answered with a document, and what it said of it.
    "capture",
    metadata,
    Column("source", ForeignKey("source.slug"), primary_key=True),
    Column("captured_at", UtcDateTime, primary_key=True, index=True),
    Column("digest", ForeignKey("response.digest"), nullable=False, index=True),
    Column("status", Integer),
    Column("final_url", Text),
    Column("content_type", Text),
    Column("links", Text, nullable=False),
)

subscription = Table(
    # What we asked a source's hub for. `token` is the address at which it calls;
    # `lease_until` is set once the hub has confirmed, `due_at` is when it is asked.
    "subscription",
    metadata,
    Column("source", ForeignKey("source.slug"), primary_key=True),
    Column("hub", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("token", String(64), nullable=False, unique=True),
    Column("secret", String(64), nullable=False),
    Column("lease_until", UtcDateTime),
    Column("failures", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
)

follower = Table(
    # Who is told at once when a feed changes: a hub, or a subscriber of our own hub
    # until its lease is over. `known` is the tag of what it was told last; `due_at` is
    # set while there is something that it does not know.
    "follower",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("receiver", Text, primary_key=True),
    Column("host", Text, nullable=False, index=True),
    Column("secret", Text),
    Column("lease_until", UtcDateTime),
    Column("known", Text),
    Column("failures", Integer, nullable=False),
    Column("due_at", UtcDateTime, index=True),
    Index("ix_follower_topic", "topic"),
)
