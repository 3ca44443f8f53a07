"""What happens when a registration moves: papers are issued, the register is written."""

from registry.registrations.actions import acceptance, decision, entry
from registry.registrations.actions.draft import open_registration

__all__ = ["acceptance", "decision", "entry", "open_registration"]
