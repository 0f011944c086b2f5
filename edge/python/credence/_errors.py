"""What goes wrong, and what the charter sets apart."""

from __future__ import annotations


class InputError(ValueError):
    """Something that was given cannot be used.

    Attributes
    ----------
    code : str
        Stable and searchable: ``"binning.one_class"``.
    message : str
        What is wrong, and where.
    help : str
        How to mend it; may be empty.
    """

    def __init__(self, code: str, message: str, help: str = "") -> None:
        super().__init__(code, message, help)
        self.code = code
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message} ({self.help})" if self.help else self.message


class CharterWarning(UserWarning):
    """A column was set apart, because its name says that no score may read it.

    The charter's article stands in the message; ``credence explain A03`` tells it in full.
    """
