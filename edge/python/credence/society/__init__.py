"""The society: people who do not exist, and what programmes of scoring do to them.

For those who study scoring. The same people live the same months, with the same luck, without any
programme and under each one; the differences are the programme's. Nothing here can open a record
of real people: the module is not linked with the store.
"""

from credence.society._ensemble import ensemble, ensemble_plan
from credence.society._findings import (
    FileError,
    Finding,
    PlanError,
    ProgrammeError,
    SocietyWarning,
    WorldError,
)
from credence.society._plans import ExperimentResult, merge, plan
from credence.society._prototype import MARKS, NO_POINTS, SPHERES, People
from credence.society._published import Check, Validation, published_models, validate
from credence.society._run import Difference, Result, run
from credence.society._tables import ResultTable
from credence.society._world import Programme, Rules, World, measures, parameters, presets

__all__ = [
    "MARKS",
    "NO_POINTS",
    "SPHERES",
    "Check",
    "Difference",
    "ExperimentResult",
    "FileError",
    "Finding",
    "People",
    "PlanError",
    "Programme",
    "ProgrammeError",
    "Result",
    "ResultTable",
    "Rules",
    "SocietyWarning",
    "Validation",
    "World",
    "WorldError",
    "ensemble",
    "ensemble_plan",
    "measures",
    "merge",
    "parameters",
    "plan",
    "presets",
    "published_models",
    "run",
    "validate",
]
