"""How each database is told to keep the index of words; the steps ask for it once."""

MAKE_WORD_INDEX = {
    # Our terms are words already: the ascii tokeniser leaves every other letter alone.
    "sqlite": (
        "CREATE VIRTUAL TABLE article_words "
        "USING fts5(forms, tokenize='ascii', detail='none', prefix='3')",
    ),
    # Forms that are too many for a tsvector are NULL, and found by another index.
    "postgresql": (
        "CREATE TABLE article_words (rowid BIGINT PRIMARY KEY, forms TSVECTOR)",
        "CREATE INDEX ix_article_words_forms ON article_words USING gin (forms)",
        "CREATE INDEX ix_article_words_too_many ON article_words (rowid) "
        "WHERE forms IS NULL",
    ),
}
