"""Keep by what articles that have left are known, and which lost their text."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"


def upgrade() -> None:
    """Add a table and a column."""
    op.create_table(
        "departed",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_departed")),
    )
    op.add_column(
        "article", sa.Column("text_left_at", sa.DateTime(timezone=True), nullable=True)
    )
