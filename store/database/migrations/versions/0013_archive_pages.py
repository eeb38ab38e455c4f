"""Keep archive pages, and which page has a publication."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add a table, and the page of a publication."""
    op.create_table(
        "archive_page",
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_position", sa.Integer(), nullable=False),
        sa.Column("last_position", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic"], ["topic.slug"], name=op.f("fk_archive_page_topic")
        ),
        sa.PrimaryKeyConstraint("topic", "number", name=op.f("pk_archive_page")),
    )
    op.add_column("publication", sa.Column("page", sa.Integer(), nullable=True))
    op.create_index(
        "ix_publication_not_archived",
        "publication",
        ["topic", "position"],
        sqlite_where=sa.text("page IS NULL"),
        postgresql_where=sa.text("page IS NULL"),
    )
