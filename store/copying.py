"""Which entries of one document copy a text that is stored, or each other.

Asks the database once for a document; who is a copy of whom is decided by
`identify.originals`.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.article import ArticleId
from store.database import signatures
from store.database.engine import Connection
from store.database.rows import Record
from store.identify.document import DecidedEntry
from store.identify.identity import New, Revised
from store.identify.keys import bare_title
from store.identify.near_duplicates import read_wording
from store.identify.originals import ArticleText, Copied, DuplicateRules, Originals


class Copying:
    """The copies in one document of a source; `rows` is what to keep of its texts."""

    def __init__(
        self, connection: Connection, source: str, rules: DuplicateRules
    ) -> None:
        self.rows: list[Record] = []
        self._connection = connection
        self._source = source
        self._originals = Originals(rules)
        self._is_off = rules.is_off(source)
        self._texts: dict[ArticleId, ArticleText] = {}
        self._copied: list[Copied] = []

    def prepare(self, decided: Sequence[DecidedEntry]) -> None:
        """Load whatever the texts that are new, or changed, may be copies of."""
        if self._is_off:
            return
        for one in decided:
            if isinstance(one.identity, New | Revised):
                self._texts[one.article_id] = self._text_of(one)
        wordings = [text.wording for text in self._texts.values()]
        values = frozenset[int]().union(*(wording.sketch for wording in wordings))
        for value, holder in signatures.find_holders(self._connection, values):
            self._originals.note(value, holder)
        worth_it = {
            holder
            for text in self._texts.values()
            for holder in self._originals.worth_comparing(text)
        }
        for text, root in signatures.load_texts(self._connection, worth_it):
            self._originals.put(text, root)

    def find(self, article_id: ArticleId) -> Copied | None:
        """Whose copy an article of the document is; known to later ones from now on."""
        text = self._texts.get(article_id)
        if text is None:
            return None
        copied = self._originals.find(text)
        self.rows.extend(
            {"value": value, "article": article_id}
            for value in sorted(self._originals.values_to_keep(text.wording))
        )
        self._originals.learn(text, copied)
        if copied is not None:
            self._copied.append(copied)
        return copied

    def follow(self) -> None:
        """Lead the copies of what became a copy to its original; all are stored."""
        for copied in self._copied:
            signatures.follow(self._connection, copied)

    def _text_of(self, one: DecidedEntry) -> ArticleText:
        return ArticleText(
            article_id=one.article_id,
            carrier=self._source,
            origin=one.entry.origin,
            title=bare_title(one.keys.title),
            wording=read_wording(one.entry.text),
        )
