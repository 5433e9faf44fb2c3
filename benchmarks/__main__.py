"""`make bench`: what coach does a second, beside what bounds it or does the like, in one table."""

import argparse
import logging
from collections.abc import Iterator

from benchmarks import delivering, peers, planning, sdk, webhooks
from benchmarks.rounds import Case, measure, table
from benchmarks.stores import Store, stores

ROUNDS = 3
SIZES = {"plan": 2_000, "deliver": 800, "peers": 600, "sdk": 600, "inbound": 400}


def cases(store: Store, share: float) -> Iterator[Case]:
    """All that is measured on one kind of database; `share` of the usual sizes."""
    size = {name: max(4, int(usual * share)) for name, usual in SIZES.items()}
    yield from planning.cases(store, size["plan"])
    yield from delivering.cases(store, size["deliver"])
    yield from peers.cases(store, size["peers"])
    yield from sdk.cases(store, size["sdk"])
    yield from webhooks.cases(store, size["inbound"])


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each pair is measured")
    parser.add_argument("--share", type=float, default=1.0, help="of the usual number of rows")
    parser.add_argument("--only", default="", help="what to measure: the start of its name")
    asked = parser.parse_args()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with stores() as both:
        every = (case for store in both for case in cases(store, asked.share))
        outcomes = []
        for case in every:
            if case.what.startswith(asked.only):
                outcomes.append(measure(case, asked.rounds))
                print(table(outcomes[-1:]).splitlines()[-1], flush=True)
    print(table(outcomes))


if __name__ == "__main__":
    main()
