"""Remember what entries read like; keep rights, comments and the picture."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add a table, and four columns of articles."""
    op.create_table(
        "last_entry",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name=op.f("fk_last_entry_article")
        ),
        sa.ForeignKeyConstraint(
            ["source"], ["source.slug"], name=op.f("fk_last_entry_source")
        ),
        sa.PrimaryKeyConstraint("source", "digest", name=op.f("pk_last_entry")),
    )
    op.create_index(
        op.f("ix_last_entry_article"), "last_entry", ["article"], unique=False
    )
    op.add_column("article", sa.Column("rights", sa.Text(), nullable=True))
    op.add_column("article", sa.Column("comments_url", sa.Text(), nullable=True))
    op.add_column("article", sa.Column("comment_count", sa.Integer(), nullable=True))
    op.add_column("article", sa.Column("image_url", sa.Text(), nullable=True))
