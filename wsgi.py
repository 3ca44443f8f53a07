"""Composition root: the only module that knows every room."""

from flask import Flask

import grading
import incubator
import registry
from core import app as factory
from core import config

ROOMS = (registry, grading, incubator)


def create_app(settings: config.Settings | None = None) -> Flask:
    """Return the whole application, with settings from the environment unless given."""
    return factory.create_app(settings or config.from_environment(), ROOMS)


def __getattr__(name: str) -> Flask:
    """Make `app` on first use, so that importing this module needs no settings."""
    if name != "app":
        raise AttributeError(name)
    globals()["app"] = made = create_app()
    return made
