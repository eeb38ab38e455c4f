"""One service as many processes, on one database of PostgreSQL."""
