"""Keep answers of sources as they came, for reading them again."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "response",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_response")),
    )
    op.create_table(
        "capture",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("links", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["response.digest"], name=op.f("fk_capture_digest")
        ),
        sa.ForeignKeyConstraint(
            ["source"], ["source.slug"], name=op.f("fk_capture_source")
        ),
        sa.PrimaryKeyConstraint("source", "captured_at", name=op.f("pk_capture")),
    )
    for column in ("captured_at", "digest"):
        op.create_index(op.f(f"ix_capture_{column}"), "capture", [column])
