"""What a command is expected to print, in transcripts and in documents."""
import re


def fits(expected, got):
    """Whether the lines are the expected ones: [..] stands for anything within a line, a lone ... for any lines."""
    if not expected:
        return not got
    if expected[0] == "...":
        return any(fits(expected[1:], got[i:]) for i in range(len(got) + 1))
    if not got:
        return False
    pattern = ".*".join(re.escape(part) for part in expected[0].split("[..]"))
    return re.fullmatch(pattern, got[0]) is not None and fits(expected[1:], got[1:])
