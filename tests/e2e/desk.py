#!/usr/bin/env python3
"""The desk of bins under a pseudo-terminal: keys are pressed, the window changes its size, signals come. The terminal's
settings are the same afterwards whichever way it ends, and the plan that it wrote trains with exactly these bins.
  tests/e2e/desk.py CREDENCE
"""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import tomllib

CREDENCE = os.path.realpath(sys.argv[1])
PATIENCE = 60  # seconds until what must come is given up


class Terminal:
    """A child on a terminal of its own, and the picture that it has drawn."""

    def __init__(self, arguments, columns=100, rows=30, language="en"):
        self.master, self.slave = pty.openpty()
        self.resize(columns, rows)
        self.before = termios.tcgetattr(self.slave)
        environment = dict(os.environ, TERM="xterm", LC_ALL="C.UTF-8")
        command = [CREDENCE, "bin", "applicants.csv", "--target", "bad", "--special", "-9", "-7", "--interactive",
                   "--lang", language] + arguments
        self.child = subprocess.Popen(command, stdin=self.slave, stdout=self.slave, stderr=subprocess.PIPE,
                                      env=environment, start_new_session=True, preexec_fn=self.take_terminal)
        self.seen = ""

    def take_terminal(self):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def picture(self):
        """The lines of the last picture that is whole: each starts at home and ends with 'erase below'."""
        whole = re.findall(r"\x1b\[H((?:(?!\x1b\[H).)*)\x1b\[J", self.seen, re.S)
        return [line.replace("\x1b[K", "").rstrip("\r") for line in whole[-1].split("\r\n")] if whole else []

    def read(self, seconds):
        if select.select([self.master], [], [], seconds)[0]:
            try:
                self.seen += os.read(self.master, 65536).decode("utf-8", "replace")
            except OSError:
                pass

    def press(self, keys, until):
        """Presses keys and waits for a picture in which the text stands."""
        self.seen = ""
        os.write(self.master, keys.encode())
        return self.wait(until)

    def wait(self, until):
        end = time.monotonic() + PATIENCE
        while not any(until in line for line in self.picture()):
            if time.monotonic() > end or self.child.poll() is not None:
                raise SystemExit(f"FAILED: `{until}` did not come; the picture is\n" + "\n".join(self.picture()))
            self.read(0.2)
        return self.picture()

    def ended(self, code):
        end = time.monotonic() + PATIENCE
        while self.child.poll() is None:
            assert time.monotonic() < end, "it did not end"
            self.read(0.05)
        assert self.child.returncode == code, (self.child.returncode, self.child.stderr.read())
        after = termios.tcgetattr(self.slave)
        assert after == self.before, "the terminal's settings were not restored"
        self.read(0)
        assert "\x1b[?7h" in self.seen, "lines would be cut from now on"
        os.close(self.master)
        os.close(self.slave)

    def is_raw(self):
        return not termios.tcgetattr(self.slave)[3] & termios.ICANON


UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"


def bins_by_hand():
    """Keys and lines, and the plan that comes of them."""
    desk = Terminal(["--plan", "bins.toml"])
    desk.wait("utilisation (1 of 12)")
    assert desk.is_raw(), "the control: the settings must differ while it runs"
    desk.press(DOWN, ">  2")
    picture = desk.press("j", "bins 8 -> 7")
    assert any("7 bins by hand, without a reason" in line for line in picture), picture
    desk.press("u", "8 bins: the optimum")
    desk.press("r", "7 bins by hand")
    desk.press("w", "without a reason: utilisation")
    desk.press(":becausf\x7fe the tariff changes there\r", "because: the tariff changes there")
    desk.press(":split 1 at 12.5\r", "bins 7 -> 8")
    desk.press(RIGHT, "months_since_arrears (2 of 12)")
    desk.press(":go loan_purpose\r", "loan_purpose (8 of 12)")
    desk.press("s", "desk.cut")
    desk.press(":take car\r", "nothing changes")
    desk.press(":join 1 3\r", "5 bins by hand")
    desk.press(":because alike\r", "because: alike")
    desk.press(LEFT, "housing (7 of 12)")
    desk.press("-", "3 bins: the optimum")
    desk.press(":leave out\r", "left out of the card")
    desk.press("t", "trend none")
    desk.press("?", "a bin with the next")
    desk.press(" ", "quit")
    desk.press(" ", "housing (7 of 12)")
    desk.press("q", "decided and not written: utilisation, housing, loan_purpose")
    desk.press("w", "variables decided: 3")
    os.write(desk.master, b"q")
    desk.ended(0)
    plan = tomllib.load(open("bins.toml", "rb"))
    own = {one["name"]: one for one in plan["variable"]}
    assert list(own) == ["utilisation", "housing", "loan_purpose"], own
    assert own["utilisation"]["bins"]["edges"][0] == 12.5 and len(own["utilisation"]["bins"]["edges"]) == 7
    assert own["housing"]["leave_out"] and own["housing"]["max_bins"] == 3
    return own


def trains_with(own):
    command = [CREDENCE, "train", "applicants.csv", "--target", "bad", "--special", "-9", "-7", "--plan", "bins.toml",
               "--out", "card.toml", "--report", "report.json"]
    subprocess.run(command, check=True, stdout=subprocess.PIPE)
    card = {one["id"]: one for one in tomllib.load(open("card.toml", "rb"))["feature"]}
    assert "housing" not in card
    edges = [one["below"] for one in card["utilisation"]["bins"] if "below" in one]
    assert edges == own["utilisation"]["bins"]["edges"], card["utilisation"]
    groups = [one["is"] for one in card["loan_purpose"]["bins"] if "is" in one]
    assert groups == own["loan_purpose"]["bins"]["groups"], card["loan_purpose"]
    report = json.dumps(json.load(open("report.json")))
    assert "the tariff changes there" in report, "the reason stands in the report"


def sizes():
    """Every size has a picture that fits it, and a new size has a new one at once."""
    desk = Terminal([])
    desk.wait("utilisation (1 of 12)")
    for columns, rows in [(80, 24), (40, 24), (40, 12), (20, 6), (5, 2), (200, 60), (100, 30)]:
        desk.seen = ""
        desk.resize(columns, rows)
        end = time.monotonic() + PATIENCE
        while not desk.picture():
            assert time.monotonic() < end, "no new picture for a new size"
            desk.read(0.1)
        picture = desk.picture()
        assert len(picture) <= rows, (rows, picture)
        if columns >= 40:
            assert max(len(line) for line in picture) <= columns, (columns, picture)
            assert any(re.match(r"> +1 ", line) for line in picture), (columns, rows, picture)
    os.write(desk.master, b"q")
    desk.ended(0)


def ways_out():
    """However it ends, the settings come back; what is not written is asked about first."""
    desk = Terminal([])
    desk.wait("utilisation (1 of 12)")
    desk.press("j", "bins 8 -> 7")
    desk.press("\x03", "q again leaves without writing")
    desk.press(DOWN, "> ")
    desk.press("\x03", "decided and not written: utilisation")
    os.write(desk.master, b"\x03")
    desk.ended(0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGABRT):
        desk = Terminal([])
        desk.wait("utilisation (1 of 12)")
        assert desk.is_raw()
        desk.child.send_signal(number)
        desk.ended(0 if number == signal.SIGINT else -number)
    stopped = Terminal([])
    stopped.wait("utilisation (1 of 12)")
    stopped.child.send_signal(signal.SIGTSTP)
    os.waitpid(stopped.child.pid, os.WUNTRACED)
    assert not stopped.is_raw(), "a stopped desk leaves the terminal to others"
    stopped.seen = ""
    stopped.child.send_signal(signal.SIGCONT)
    stopped.wait("utilisation (1 of 12)")
    assert stopped.is_raw()
    os.write(stopped.master, b"q")
    stopped.ended(0)


def in_french():
    desk = Terminal([], language="fr")
    desk.wait("utilisation (1 sur 12)")
    desk.press(":classes 40\r", "aucun découpage")
    desk.press("j", "7 classes à la main")
    desk.press("q", "décidé et non écrit : utilisation")
    os.write(desk.master, b"q")
    desk.ended(0)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        subprocess.run([CREDENCE, "sample", "--table", "applicants.csv", "--rows", "4000", "--seed", "1"], check=True,
                       stdout=subprocess.PIPE)
        trains_with(bins_by_hand())
        sizes()
        ways_out()
        in_french()
    print("desk: done")


main()
