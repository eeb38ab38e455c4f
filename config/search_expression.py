"""Expressions that a reader types: read, their names checked, their topics expanded."""

from __future__ import annotations

from config.check_expressions import check_names
from config.defined import Defined
from config.errors import ExpressionError
from config.expansion import expand_topics
from config.expression import Expression
from config.expression_parser import parse_expression
from config.settings import Settings
from config.topic_settings import topic_expression


class SearchLanguage:
    """The topic language with the names of one configuration."""

    def __init__(self, settings: Settings) -> None:
        self._defined = Defined(
            sources=frozenset(settings.sources),
            tags=frozenset(settings.tags),
            topics=frozenset(settings.topics),
        )
        self._topics = {
            slug: topic_expression(topic) for slug, topic in settings.topics.items()
        }

    def read(self, text: str) -> Expression:
        """What was typed, without any topic in it.

        Raises:
            ExpressionError: it is no expression, or names what is not defined.
        """
        expression = parse_expression(text)
        for finding in check_names(expression, (), self._defined):
            raise ExpressionError(finding.message, column=finding.column or 1)
        return expand_topics(expression, self._topics)
