"""Replay sources under a rule: what it costs in polls, and in delay."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from benchmarks.replay.rules import DAY, LONGEST, SHORTEST, MakeRule, Rule, Seen

WINDOW = 20
"""Entries that a document holds; what more articles push out is lost."""

WARM_UP = 14 * DAY
"""Polled and learnt from, but not counted."""

_CLOSE_ENOUGH = 0.005  # to the budget
_TRIES = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What polling some sources together came to; delays in minutes, in order."""

    polls_a_day: float
    delays: Sequence[float]
    lost: int

    @property
    def mean(self) -> float:
        """The mean delay in minutes."""
        return sum(self.delays) / len(self.delays)

    @property
    def cost(self) -> float:
        """Polls a day times mean delay: the same at any budget for a fixed interval."""
        return self.polls_a_day * self.mean

    def percentile(self, share: float) -> float:
        """The delay that so great a share of the articles stays under."""
        return self.delays[min(int(len(self.delays) * share), len(self.delays) - 1)]


def replay_to_budget(
    sources: Sequence[Sequence[float]], make_rule: MakeRule, polls_a_day: float
) -> Result:
    """The sources under the rule, one scale for all of them found for the budget.

    The closest result where the rule cannot be held to it.
    """
    scale, results = 1.0, []
    low, high = 0.0, 0.0  # scales known to ask too often, and too seldom
    for _ in range(_TRIES):
        result = replay(sources, make_rule, scale)
        results.append(result)
        ratio = result.polls_a_day / polls_a_day
        if abs(ratio - 1) < _CLOSE_ENOUGH:
            break
        low, high = (scale, high) if ratio > 1 else (low, scale)
        guess = scale * ratio
        is_inside = guess > low and (not high or guess < high)
        scale = guess if is_inside else (low + high) / 2
    return min(results, key=lambda one: abs(one.polls_a_day - polls_a_day))


def replay(
    sources: Sequence[Sequence[float]], make_rule: MakeRule, scale: float
) -> Result:
    """The sources under the rule, each article found by the first poll after it."""
    parts = [_replay_one(times, make_rule(scale)) for times in sources]
    return Result(
        polls_a_day=sum(part.polls_a_day for part in parts),
        delays=sorted(delay for part in parts for delay in part.delays),
        lost=sum(part.lost for part in parts),
    )


def _replay_one(times: Sequence[float], rule: Rule) -> Result:
    """One source from the midnight before its first article to its last one."""
    now = floor(times[0] / DAY) * DAY
    counted_from, end = now + WARM_UP, times[-1]
    polls, seen, lost = 0, 0, 0
    delays: list[float] = []
    while now <= end:
        published = bisect_right(times, now)
        oldest = max(published - WINDOW, 0)
        new = times[max(seen, oldest) : published]
        if now >= counted_from:
            polls += 1
            delays += [now - time for time in new if time >= counted_from]
            lost += sum(time >= counted_from for time in times[seen:oldest])
        seen = published
        wait = rule(Seen(now=now, new=new, window=times[oldest:published]))
        # The times are stamped by the minute, so polls are on whole minutes too.
        now += ceil(min(max(wait, SHORTEST), LONGEST) - 1e-6)
    polls_a_day = polls / ((end - counted_from) / DAY)
    return Result(polls_a_day=polls_a_day, delays=delays, lost=lost)
