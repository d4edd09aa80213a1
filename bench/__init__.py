"""Measures sitegen beside its peers on the same work; see ``docs/reference/benchmarks.md``."""
