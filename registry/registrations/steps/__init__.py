"""The steps of a registration, with their legal basis."""

from registry.registrations.steps.decision import DECISION, ENDINGS
from registry.registrations.steps.examination import EXAMINATION
from registry.registrations.steps.intake import INTAKE

TRANSITIONS = (*INTAKE, *EXAMINATION, *DECISION, *ENDINGS)
