"""Remember each source's rhythm and wishes, and how hosts are to be treated."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add three columns of sources, and a table of hosts."""
    op.add_column("source", sa.Column("rhythm", sa.JSON(), nullable=True))
    op.add_column("source", sa.Column("asked", sa.JSON(), nullable=True))
    op.add_column(
        "source",
        sa.Column("windows_missed", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_table(
        "host",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host")),
    )
