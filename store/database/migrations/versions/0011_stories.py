"""Keep stories, and what the articles of live ones say."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add two tables, and the story of an article."""
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_index("ix_story_last_told_at", "story", ["last_told_at"])
    op.create_table(
        "gist",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("story", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=True),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name=op.f("fk_gist_article")
        ),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name=op.f("fk_gist_story")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_gist")),
    )
    op.create_index("ix_gist_story", "gist", ["story"])
    op.add_column("article", sa.Column("story_id", sa.Integer(), nullable=True))
    op.create_index("ix_article_story_id", "article", ["story_id"])
