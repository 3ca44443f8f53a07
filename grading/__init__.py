"""Grading: evaluation grades and credit, decided by a committee."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the room."""
