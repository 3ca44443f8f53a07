"""`flask keys`: one group for every key of an installation; what has a key adds its commands."""

from flask.cli import AppGroup

keys = AppGroup("keys", help="Keys of this installation: what encrypts, and what signs papers.")
