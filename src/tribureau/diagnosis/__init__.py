"""What `tribureau doctor` looks at: every setting and everything that Tribureau depends on."""

from tribureau.diagnosis.examination import examine
from tribureau.diagnosis.findings import Finding, State

__all__ = ["Finding", "State", "examine"]
