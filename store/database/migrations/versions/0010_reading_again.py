"""Remember by which rules each source was read, and when to read it again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add two columns of sources."""
    op.add_column("source", sa.Column("read_by", sa.String(length=32), nullable=True))
    op.add_column(
        "source",
        sa.Column("read_again_at", sa.DateTime(timezone=True), nullable=True),
    )
