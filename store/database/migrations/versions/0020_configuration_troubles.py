"""Keep what operators were told of their configuration."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "configuration_trouble",
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("noted_at", name=op.f("pk_configuration_trouble")),
    )
