"""Remember by which vocabulary the stored articles have their tags."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add a table of one row."""
    op.create_table(
        "vocabulary",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("done_to", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_vocabulary")),
    )
