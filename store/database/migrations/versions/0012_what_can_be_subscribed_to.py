"""Find the articles of a language in the order they were stored."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add an index."""
    op.create_index("ix_article_language_id", "article", ["language", "id"])
