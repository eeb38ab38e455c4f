"""What a play must lead to, and the check that it did."""

from __future__ import annotations

from dataclasses import dataclass

from tests.scenarios.play import Played


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The end of a play; what is None does not matter.

    `outcomes` are those of the visits in their order: recorded, not_modified, or the
    kind of failure. `titles` are kept at the end, in the order of being recorded.
    `paths` are the addresses that were asked. `detail` is a part of the last failure's.
    """

    outcomes: tuple[str, ...] | None = None
    titles: tuple[str, ...] | None = None
    paths: tuple[str, ...] | None = None
    detail: str | None = None


def check(played: Played, expected: Expected) -> None:
    """Compare what came of a play with what must."""
    outcomes = tuple(
        report["failure"]["kind"] if report["failure"] else report["outcome"]
        for report in played.reports
    )
    if expected.outcomes is not None:
        assert outcomes == expected.outcomes, played.reports
    if expected.titles is not None:
        assert tuple(played.titles) == expected.titles
    if expected.paths is not None:
        assert tuple(one.target for one in played.requests) == expected.paths
    if expected.detail is not None:
        assert expected.detail in played.last["failure"]["detail"]
