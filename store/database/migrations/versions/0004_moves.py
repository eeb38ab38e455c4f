"""Remember where sources have moved, which are gone, and how long answers stay fresh."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add six columns of sources."""
    op.add_column("source", sa.Column("address", sa.Text(), nullable=True))
    op.add_column("source", sa.Column("max_age_seconds", sa.Integer(), nullable=True))
    op.add_column("source", sa.Column("moved_to", sa.Text(), nullable=True))
    op.add_column(
        "source", sa.Column("moved_since", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("source", sa.Column("adopted_url", sa.Text(), nullable=True))
    op.add_column(
        "source", sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True)
    )
