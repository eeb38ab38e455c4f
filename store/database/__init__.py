"""SQL: tables, migrations, reading and writing."""
