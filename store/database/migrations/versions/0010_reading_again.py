"""Remember how and when sources are read again, and what pages call themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add two columns of sources, and one of articles."""
    op.add_column("source", sa.Column("read_by", sa.String(length=32), nullable=True))
    op.add_column(
        "source",
        sa.Column("read_again_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column("article", sa.Column("page_url", sa.Text(), nullable=True))
    op.create_index(
        op.f("ix_article_page_url"), "article", ["page_url"], postgresql_using="hash"
    )
