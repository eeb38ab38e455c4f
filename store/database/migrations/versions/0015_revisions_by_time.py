"""Find the articles that were revised last."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add an index."""
    op.create_index("ix_article_revised_at", "article", ["revised_at"])
