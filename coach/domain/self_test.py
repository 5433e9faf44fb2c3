"""The self-test's own number and words: reserved, so that nothing it does reaches a person."""

PHONE = "+12025550199"
"""Of the block 555-0100 to 555-0199 that is never given out; live sending refuses all of it."""

TEXT = "coach self-test: I want to die"
"""Words that the rules must hear as danger."""
