"""Keep which sources are being polled by one of many workers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add a table and a column."""
    op.create_table(
        "lease",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"], ["source.slug"], name=op.f("fk_lease_source")
        ),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_lease")),
    )
    op.add_column(
        "host", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True)
    )
