"""What a run says at its end: figures, and a table of what was broken. Ids, and no words of anybody's."""

from collections import Counter
from collections.abc import Iterator, Mapping

from tests.torture.judge import Judgement
from tests.torture.run import Ended

MOST, MOST_LINES = 40, 8  # findings, and lines of logs, that are told one by one


def report(kind: str, ended: Ended, judgement: Judgement, seconds: float) -> Iterator[str]:
    """Line by line; the last one is the judgement."""
    evidence = ended.evidence
    left = sum(call.sid is not None for call in evidence.calls)
    yield f"{kind}: {len(ended.kills)} kills, {left} texts, {len(evidence.heard)} replies, {seconds:.0f} s"
    yield _counted("died", Counter(ended.kills))
    yield _counted("faults", Counter(call.fault for call in evidence.calls if call.fault))
    yield _counted("texts", Counter(text.state for text in evidence.texts))
    yield from (f"  log: {count} x {line}" for line, count in Counter(ended.complaints).most_common(MOST_LINES))
    if not ended.settled:
        yield "  something was still left to do at the end"
    yield from (f"  {ending}" for ending in ended.endings)
    yield from (f"  BROKEN {finding.rule}: {finding.of}: {finding.what}" for finding in judgement.broken[:MOST])
    if len(judgement.broken) > MOST:
        yield f"  BROKEN and {len(judgement.broken) - MOST} more"
    yield f"  {judgement.line}"


def _counted(title: str, counts: Mapping[str, int]) -> str:
    most_first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return f"  {title}: " + ", ".join(f"{name} {count}" for name, count in most_first)
