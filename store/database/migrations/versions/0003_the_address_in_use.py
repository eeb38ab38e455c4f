"""Remember which candidate answers in place of a source's own address."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add three columns of sources."""
    op.add_column("source", sa.Column("in_use_url", sa.Text(), nullable=True))
    op.add_column("source", sa.Column("in_use_instead_of", sa.Text(), nullable=True))
    op.add_column(
        "source", sa.Column("own_asked_at", sa.DateTime(timezone=True), nullable=True)
    )
