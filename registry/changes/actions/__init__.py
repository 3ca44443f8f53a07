"""What happens when a change moves: the draft is filled, papers are issued, the register is written."""

from registry.changes.actions import acceptance, decision
from registry.changes.actions.draft import open_change

__all__ = ["acceptance", "decision", "open_change"]
