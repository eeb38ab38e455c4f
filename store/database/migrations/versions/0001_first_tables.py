"""The first tables."""

import sqlalchemy as sa
from alembic import op

from store.database.migrations.word_index import MAKE_WORD_INDEX

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of version 0.1."""
    op.create_table(
        "change",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint('"only" = 1', name=op.f("ck_change_one_row")),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_change")),
    )
    op.create_table(
        "source",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("home", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("validators_url", sa.Text(), nullable=True),
        sa.Column("body_digest", sa.String(length=64), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interval_seconds", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_success_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_outcome", sa.String(length=32), nullable=True),
        sa.Column("last_detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_due_at"), "source", ["due_at"], unique=False)
    op.create_table(
        "topic",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("decided", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_topic")),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=24), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=True),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("carrier", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("content_html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=3), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_precision", sa.String(length=8), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("duplicate_of", sa.Integer(), nullable=True),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("enclosures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier"], ["source.slug"], name=op.f("fk_article_carrier")
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["article.id"], name=op.f("fk_article_duplicate_of")
        ),
        sa.ForeignKeyConstraint(
            ["origin"], ["source.slug"], name=op.f("fk_article_origin")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("uid", name=op.f("uq_article_uid")),
    )
    op.create_index(
        op.f("ix_article_canonical_url"),
        "article",
        ["canonical_url"],
        unique=False,
        postgresql_using="hash",
    )
    op.create_index(
        op.f("ix_article_duplicate_of"), "article", ["duplicate_of"], unique=False
    )
    op.create_index(
        op.f("ix_article_title_key"),
        "article",
        ["title_key"],
        unique=False,
        postgresql_using="hash",
    )
    op.create_table(
        "article_tag",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.Column("strength", sa.String(length=8), nullable=False),
        sa.Column("hits", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name=op.f("fk_article_tag_article")
        ),
        sa.PrimaryKeyConstraint("article", "tag", name=op.f("pk_article_tag")),
    )
    op.create_index(
        "ix_article_tag_tag_article", "article_tag", ["tag", "article"], unique=False
    )
    op.create_table(
        "publication",
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name=op.f("fk_publication_article")
        ),
        sa.ForeignKeyConstraint(
            ["topic"], ["topic.slug"], name=op.f("fk_publication_topic")
        ),
        sa.PrimaryKeyConstraint("topic", "position", name=op.f("pk_publication")),
    )
    op.create_index("ix_publication_article", "publication", ["article"], unique=False)
    op.create_index(
        "uq_publication_topic_article", "publication", ["topic", "article"], unique=True
    )
    op.create_table(
        "revision",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content_html", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name=op.f("fk_revision_article")
        ),
        sa.PrimaryKeyConstraint("article", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "sighting",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("entry_key", sa.Text(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name=op.f("fk_sighting_article")
        ),
        sa.ForeignKeyConstraint(
            ["source"], ["source.slug"], name=op.f("fk_sighting_source")
        ),
        sa.PrimaryKeyConstraint("source", "entry_key", name=op.f("pk_sighting")),
    )
    op.create_index(op.f("ix_sighting_article"), "sighting", ["article"], unique=False)
    op.create_table(
        "signature",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name=op.f("fk_signature_article")
        ),
        sa.PrimaryKeyConstraint("article", "band", name=op.f("pk_signature")),
    )
    op.create_index(
        "ix_signature_value_band", "signature", ["value", "band"], unique=False
    )
    for statement in MAKE_WORD_INDEX[op.get_bind().dialect.name]:
        op.execute(statement)
    op.execute('INSERT INTO change ("only", number) VALUES (1, 0)')
