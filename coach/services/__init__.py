"""Verbs: one use case a file. Rules are asked of the domain, rows of storage; `now` is always given."""
