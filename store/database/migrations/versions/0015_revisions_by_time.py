"""Find the articles that were revised last."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add an index, which 0013 made for a while."""
    op.create_index(
        "ix_article_revised_at", "article", ["revised_at"], if_not_exists=True
    )
