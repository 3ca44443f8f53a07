"""The history of the tables, one numbered step after the other, each way."""
