"""The database: tables as rows, queries by noun, one transaction a decision."""
