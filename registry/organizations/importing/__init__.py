"""Bringing a register that an office keeps as a file into the platform, row by checked row."""

from registry.organizations.importing.reading import FileRefused
from registry.organizations.importing.reasons import Problem, Reason
from registry.organizations.importing.running import Report, run

__all__ = ["FileRefused", "Problem", "Reason", "Report", "run"]
