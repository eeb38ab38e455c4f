"""Find articles by time, tag and source at once; remember how far topics are decided."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the moment of an article, what searches are narrowed by, two columns."""
    op.add_column(
        "article",
        sa.Column(
            "moment",
            sa.DateTime(timezone=True),
            sa.Computed("coalesce(published_at, first_seen_at)"),
        ),
    )
    op.create_index("ix_article_moment_id", "article", ["moment", "id"])
    op.create_index("ix_article_origin", "article", ["origin"])
    op.create_index("ix_sighting_source_article", "sighting", ["source", "article"])
    op.drop_index("ix_article_tag_tag_article", "article_tag")
    op.create_index(
        "ix_article_tag_tag_strength_article",
        "article_tag",
        ["tag", "strength", "article"],
    )
    op.add_column("topic", sa.Column("deciding", sa.String(length=64)))
    op.add_column("topic", sa.Column("reached", sa.Integer()))
