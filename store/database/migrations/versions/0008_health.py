"""Remember since when a source fails, brings nothing or is quiet."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add four columns of sources."""
    moments = ("failing_since", "empty_since", "news_at")
    for name in moments:
        op.add_column(
            "source", sa.Column(name, sa.DateTime(timezone=True), nullable=True)
        )
    op.add_column("source", sa.Column("last_status", sa.Integer(), nullable=True))
