"""Look near-duplicates up by sketches; keep why an entry is which article.

Signatures of before were digests of whole texts, of no use beside sketches: what was
stored before is found by its copies no more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table of signatures anew, and add three columns of reasons."""
    op.drop_table("signature")
    op.create_table(
        "signature",
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["article.id"], name=op.f("fk_signature_article")
        ),
        sa.PrimaryKeyConstraint("value", "article", name=op.f("pk_signature")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_signature_article"), "signature", ["article"])
    op.add_column("article", sa.Column("duplicate_reason", sa.Text(), nullable=True))
    op.add_column("sighting", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("revision", sa.Column("reason", sa.Text(), nullable=True))
