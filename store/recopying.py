"""Whether known articles are copies by the rules of today.

Acts inside the caller's transaction; who is a copy of whom `identify.originals` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from store.article import ArticleId
from store.copying import Copying
from store.database import articles, departures, signatures
from store.database.engine import Connection
from store.identify.document import DecidedEntry
from store.identify.identity import Revised
from store.identify.originals import Copied, DuplicateRules, share_in_common


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyingAgain:
    """The known articles that a source carries, and what they are copies of."""

    connection: Connection
    source: str
    rules: DuplicateRules

    def copy_again(
        self, decided: Sequence[DecidedEntry]
    ) -> Iterator[tuple[ArticleId, Copied | None]]:
        """Each article that is a copy otherwise than before; None if of no other."""
        numbers = [one.article_id for one in decided]
        before = signatures.load_originals(self.connection, numbers)
        copying = Copying(self.connection, self.source, self.rules)
        copying.prepare([_looked_at(one) for one in decided])
        for number in sorted(numbers):
            copied, original = self._in_order(copying.find(number)), before[number]
            if copied is not None and copied.original != original:
                signatures.set_free(self.connection, copied.original)
                signatures.follow(self.connection, copied)
                yield number, copied
            elif copied is None and original and self._is_free(number, original):
                signatures.set_free(self.connection, number)
                yield number, None
        self._sketch(copying, numbers)

    def _in_order(self, copied: Copied | None) -> Copied | None:
        """The same with the one that was first as the original, if none is preferred.

        What was found is for a text that came last, and these came at any time.
        """
        if copied is None or copied.original < copied.copy:
            return copied
        pair = signatures.load_texts(self.connection, (copied.original, copied.copy))
        ranks = {self.rules.rank(text.carrier) for text, _ in pair}
        if len(ranks) > 1:
            return copied
        return replace(copied, original=copied.copy, copy=copied.original)

    def _sketch(self, copying: Copying, numbers: Sequence[ArticleId]) -> None:
        """Let those be found that came while their source had no copies."""
        sketched = signatures.find_sketched(self.connection, numbers)
        rows = [row for row in copying.rows if row["article"] not in sketched]
        articles.add_rows(self.connection, {"signature": rows})

    def _is_free(self, number: ArticleId, original: ArticleId) -> bool:
        """Whether nothing that its original stands for has a text in common with it.

        A text that has left cannot be compared: what was decided by it stays.
        """
        family = signatures.find_family(self.connection, original)
        if departures.load_cut(self.connection, family):
            return False
        loaded = signatures.load_texts(self.connection, family)
        texts = {text.article_id: text for text, _ in loaded}
        own = texts.pop(number)
        return all(
            share_in_common(own, other, self.rules) is None for other in texts.values()
        )


def _looked_at(one: DecidedEntry) -> DecidedEntry:
    """The entry, as a revision: its text is compared with what is stored."""
    identity = Revised(article_id=one.article_id, reason=one.identity.reason)
    return replace(one, identity=identity)
