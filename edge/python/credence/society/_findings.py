"""What a check has to say about a file of the society."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from credence._errors import InputError

if TYPE_CHECKING:
    from credence.society._native import FindingRow


class Finding(NamedTuple):
    """One finding: what is wrong with a file, where, and how to mend it.

    ``str`` gives ``file:line:column: error[code]: message (help)``. Lines and columns count from
    1; 0 is unknown.
    """

    severity: str
    code: str
    file: str
    line: int
    column: int
    message: str
    help: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        mend = f" ({self.help})" if self.help else ""
        return f"{place}: {self.severity}[{self.code}]: {self.message}{mend}"


class FileError(InputError):
    """A file that cannot be used, with everything that is wrong with it.

    Attributes
    ----------
    findings : list of Finding
        All of them, warnings too.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        wrong = [finding for finding in findings if finding.severity == "error"]
        shown = "\n".join(str(finding) for finding in wrong)
        super().__init__(wrong[0].code if wrong else "input.file", shown)
        self.findings = list(findings)

    def __reduce__(self) -> tuple[type[FileError], tuple[list[Finding]]]:
        return type(self), (self.findings,)


class WorldError(FileError):
    """A world file that cannot be used."""


class ProgrammeError(FileError):
    """A programme, or the card that it asks for, that cannot be used."""


class PlanError(FileError):
    """A plan of runs that cannot be used."""


class SocietyWarning(UserWarning):
    """A file that can be used, and says something that is hardly meant."""


def checked(rows: Sequence[FindingRow], error: type[FileError]) -> None:
    """Raises when a finding is an error, and warns of the others."""
    findings = [Finding("error" if row[0] else "warning", *row[1:]) for row in rows]
    if any(finding.severity == "error" for finding in findings):
        raise error(findings)
    for finding in findings:
        warnings.warn(str(finding), SocietyWarning, stacklevel=4)
