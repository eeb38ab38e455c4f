"""Keep digests, and what operators were told; find the articles of a language."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add an index, a column and two tables."""
    op.create_index("ix_article_language_id", "article", ["language", "id"])
    op.add_column("source", sa.Column("told", sa.String(length=8), nullable=True))
    op.create_table(
        "health_change",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("condition", sa.String(length=8), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"], ["source.slug"], name=op.f("fk_health_change_source")
        ),
        sa.PrimaryKeyConstraint(
            "source", "noted_at", name=op.f("pk_health_change")
        ),
    )
    op.create_index("ix_health_change_noted_at", "health_change", ["noted_at"])
    op.create_table(
        "digest",
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=10), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic"], ["topic.slug"], name=op.f("fk_digest_topic")
        ),
        sa.PrimaryKeyConstraint("topic", "name", name=op.f("pk_digest")),
    )
