"""The steps from one shape of the tables to the next, applied on start."""

HEAD = "0020"
"""The newest step; kept beside the steps so that a start needs no Alembic."""
