"""Credence for Python: optimal bins, cards of whole points, explanations and exact recourse.

y = 1 is bad (the event), a high score is safe, and the weight of evidence is
ln(share of goods / share of bads).
"""

from credence._advice import Change, Explanation, Recourse, Rule, Way, explain, recourse
from credence._audit import AuditPart, RecourseAudit, audit_recourse
from credence._binner import OptimalBinner
from credence._binning import Binning
from credence._card import Card, import_card
from credence._errors import CharterWarning, InputError
from credence._rejects import RejectInference, infer_rejects
from credence._sample import sample_table
from credence._scorecard import Scorecard
from credence._validation import Validation, validate

__version__ = "0.1.0"

__all__ = [
    "AuditPart",
    "Binning",
    "Card",
    "Change",
    "CharterWarning",
    "Explanation",
    "InputError",
    "OptimalBinner",
    "Recourse",
    "RecourseAudit",
    "RejectInference",
    "Rule",
    "Scorecard",
    "Validation",
    "Way",
    "audit_recourse",
    "explain",
    "import_card",
    "infer_rejects",
    "recourse",
    "sample_table",
    "validate",
]
