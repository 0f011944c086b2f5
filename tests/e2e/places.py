#!/usr/bin/env python3
"""The workshop where files cannot be read and places cannot be written: a disk that is full, a folder that is read-only,
an output that is the input. Each says where, what and how to mend it, ends with the documented code, and costs nothing
that was there before.
  tests/e2e/places.py CREDENCE
"""
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

CREDENCE = os.path.realpath(sys.argv[1])
USAGE, BAD_INPUT, WORLD = 2, 3, 74
NOBODY = 65534
BYTES_LEFT = 512  # of a disk that is full: less than any answer here needs


def as_nobody():
    """Rights are tried by one who has none: root may read and write everything."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def on_full_disk():
    """The limit of a file's size stands for the end of the disk: more bytes are an error of writing, wherever."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (BYTES_LEFT, BYTES_LEFT))


def everything():
    """Each file with its content, as far as it is one."""
    found = {}
    for folder, _, names in os.walk("."):
        for name in names:
            path = os.path.join(folder, name)
            if stat.S_ISREG(os.stat(path).st_mode):
                found[path] = open(path, "rb").read()
    return found


def refused(arguments, code, path, before=None, words="", lines="", out=subprocess.PIPE):
    """Runs the command; what it says names the place and a way on, and nothing was changed."""
    held = everything()
    done = subprocess.run([CREDENCE] + arguments, input=lines, text=True, stdout=out, stderr=subprocess.PIPE,
                          preexec_fn=before)
    said = done.stderr
    shown = f"{arguments}: {done.returncode}\n{said}"
    assert done.returncode == code, shown
    assert "error[" in said and path in said and words in said, shown
    helped = [line for line in said.splitlines() if "= help: " in line]
    assert helped and all(line.split("= help: ")[1] for line in helped), shown
    assert everything() == held, f"{shown}\nfiles changed: {set(everything().items()) ^ set(held.items())}"
    return said


def unreadable():
    """What is there and may not be read is no slip of who named it."""
    for arguments in (["bin", "secret.csv", "--target", "bad"],
                      ["bin", "secret.csv", "--target", "bad", "--streaming"],
                      ["bin", "secret.csv", "--target", "bad", "--interactive"],
                      ["train", "secret.csv", "--target", "bad"],
                      ["validate", "secret.csv", "--target", "bad", "--card", "card.toml", "--out", "open/pack.html"],
                      ["score", "secret.csv", "--card", "card.toml"]):
        refused(arguments, WORLD, "secret.csv", as_nobody, "Permission denied")
    for arguments in (["train", "table.csv", "--target", "bad", "--plan", "secret.toml"],
                      ["bin", "table.csv", "--target", "bad", "--interactive", "--plan", "secret.toml"],
                      ["bin", "table.csv", "--target", "bad", "--interactive", "--plan", "closed/plan.toml"],
                      ["export", "--card", "secret.toml", "--to", "sqlite"],
                      ["score", "table.csv", "--card", "secret.toml"],
                      ["validate", "table.csv", "--target", "bad", "--card", "secret.toml", "--out", "open/p.html"]):
        path = "closed/plan.toml" if "closed/plan.toml" in arguments else "secret.toml"
        refused(arguments, WORLD, path, as_nobody, "Permission denied")
    refused(["score", "nowhere.csv", "--card", "card.toml"], BAD_INPUT, "nowhere.csv")
    refused(["bin", "open", "--target", "bad"], BAD_INPUT, "open")


def outputs(path):
    """Each command that writes a file, with that file."""
    return [["train", "table.csv", "--target", "bad", "--out", path],
            ["train", "table.csv", "--target", "bad", "--report", path],
            ["score", "table.csv", "--card", "card.toml", "--out", path],
            ["export", "--card", "card.toml", "--to", "sqlite", "--out", path]]


def packs(path):
    return [["validate", "table.csv", "--target", "bad", "--card", "card.toml", "--out", f"{path}.{ending}"]
            for ending in ("html", "json", "xlsx")]


def unwritable():
    for place in ("shut/answer", "closed/answer"):
        for arguments in outputs(place) + packs(place):
            refused(arguments, WORLD, place, as_nobody, "Permission denied")
    for arguments in outputs("shut/old"):
        refused(arguments, WORLD, "shut/old", as_nobody, "Permission denied")
    for arguments in outputs("open"):
        refused(arguments, WORLD, "open", words="Is a directory")
    for arguments in outputs("table.csv/answer") + packs("table.csv/answer"):
        refused(arguments, WORLD, "table.csv/answer", words="Not a directory")
    for arguments in outputs("none/answer") + packs("none/answer"):
        refused(arguments, WORLD, "none/answer", words="No such file or directory")


def full():
    """A device that is full, and files on a disk that is: what was there stays, and no half file is left."""
    for arguments in outputs("/dev/full"):
        refused(arguments, WORLD, "/dev/full", words="No space left on device")
    for path in ("open/new", "open/old"):
        for arguments in outputs(path) + packs(path):
            refused(arguments, WORLD, path, on_full_disk)
    for arguments in (["bin", "table.csv", "--target", "bad"], ["bin", "table.csv", "--target", "bad", "--json"],
                      ["bin", "table.csv", "--target", "bad", "--interactive", "--lines"],
                      ["train", "table.csv", "--target", "bad"], ["score", "table.csv", "--card", "card.toml"],
                      ["export", "--card", "card.toml", "--to", "c"]):
        with open("/dev/full", "w") as device:
            refused(arguments, WORLD, "standard output", words="No space left on device", out=device)


def over_its_input():
    for arguments in (["score", "table.csv", "--card", "card.toml", "--out", "table.csv"],
                      ["score", "table.csv", "--card", "card.toml", "--out", "same.csv"],
                      ["train", "table.csv", "--target", "bad", "--out", "table.csv"],
                      ["train", "table.csv", "--target", "bad", "--plan", "plan.toml", "--report", "plan.toml"],
                      ["train", "table.csv", "--target", "bad", "--out", "both", "--report", "./both"],
                      ["train", "table.csv", "--target", "bad", "--out", "open/old", "--report", "open/old"],
                      ["export", "--card", "card.toml", "--to", "c", "--out", "card.toml"],
                      ["export", "--card", "card.toml", "--to", "c", "--out", "card-link.toml"],
                      ["import", "card.pmml", "--from", "pmml", "--out", "card.pmml"],
                      ["validate", "table.csv", "--target", "bad", "--card", "card.toml", "--development", "same.html",
                       "--out", "same.html"]):
        refused(arguments, USAGE, arguments[-1], words="usage.out")
    for arguments in outputs(""):
        refused(arguments, USAGE, "the answer's file has no name", words="usage.out")


def beside_a_draft():
    """What stands where an answer is drafted may be a link to something that is dear; and a new answer is its owner's."""
    for path, arguments in ((arguments[-1], arguments) for arguments in outputs("open/new") + packs("open/new")):
        os.symlink(os.path.abspath("table.csv"), path + ".partial")
        held = open("table.csv", "rb").read()
        subprocess.run([CREDENCE] + arguments, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert open("table.csv", "rb").read() == held, f"{arguments}: written through a link"
        assert not os.path.islink(path), arguments
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600, (arguments, oct(os.stat(path).st_mode))
        os.remove(path)


DECISIONS = ["join 2", 'because "the tariff"']


def desk(lines, plan, before, language="en"):
    command = [CREDENCE, "bin", "table.csv", "--target", "bad", "--variable", "open_loans", "--interactive", "--plan",
               plan, "--lang", language]
    return subprocess.run(command, input="".join(line + "\n" for line in lines), text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, preexec_fn=before)


def desk_keeps_its_work():
    """A plan that cannot be written costs no decision: the next place gets all of them."""
    for plan, before in (("shut/plan.toml", as_nobody), ("shut/none.toml", as_nobody), ("closed/none.toml", as_nobody),
                         ("none/plan.toml", None), ("open", None)):
        if plan == "open":
            done = desk(DECISIONS, plan, before)
            assert done.returncode == BAD_INPUT and "open" in done.stderr, done.stderr
            continue
        if plan == "closed/none.toml":
            # Nobody can tell whether it is there, so it is not begun.
            done = desk(DECISIONS, plan, before)
            assert done.returncode == WORLD and "Permission denied" in done.stderr, done.stderr
            continue
        held = everything()
        rescued = tempfile.mktemp(dir="open", suffix=".toml")
        done = desk(DECISIONS + ["write", "quit", f"write {rescued}", "quit"], plan, before)
        assert done.returncode == 1, (done.returncode, done.stderr)
        assert f"error[file.write]: {plan}: " in done.stderr and "nothing is lost" in done.stderr, done.stderr
        assert "decided and not written: open_loans" in done.stderr, done.stderr
        text = open(rescued).read()
        assert "the tariff" in text and "open_loans" in text, text
        assert {**everything(), **held} == everything(), "what was there stays"
        os.remove(rescued)
    held = everything()
    done = desk(DECISIONS + ['because "' + "x" * 600 + '"', "write", "quit without writing"], "plan.toml", on_full_disk)
    assert "error[file.write]: plan.toml: " in done.stderr, done.stderr
    assert everything() == held, "the plan that was read is as it was"
    done = desk(["joindre 2", 'motif "le tarif"', "écrire", "quitter sans écrire"], "none/plan.toml", None, "fr")
    assert "le plan n'a pas pu être écrit : none/plan.toml: " in done.stderr, done.stderr
    assert "rien n'est perdu ; écrivez ailleurs" in done.stderr, done.stderr


def make_places():
    subprocess.run([CREDENCE, "sample", "--table", "table.csv", "--rows", "1500", "--seed", "1"], check=True,
                   stdout=subprocess.PIPE)
    subprocess.run([CREDENCE, "train", "table.csv", "--target", "bad", "--out", "card.toml"], check=True,
                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    subprocess.run([CREDENCE, "export", "--card", "card.toml", "--to", "pmml", "--out", "card.pmml"], check=True,
                   stdout=subprocess.PIPE)
    os.link("table.csv", "same.csv")
    os.link("table.csv", "same.html")
    os.symlink("card.toml", "card-link.toml")
    for name in ("open", "shut", "closed"):
        os.mkdir(name)
    for path in ("secret.csv", "secret.toml", "plan.toml", "shut/plan.toml", "closed/plan.toml"):
        with open(path, "w") as file:
            file.write('id = "mine"\n' if path.endswith("toml") else open("table.csv").read())
    for path in ("shut/old", "open/old", "open/old.html", "open/old.json", "open/old.xlsx"):
        with open(path, "w") as file:
            file.write("from before\n")
    for path in ("table.csv", "card.toml", "plan.toml", "shut/plan.toml", "shut/old"):
        os.chmod(path, 0o644)
    for path in ("secret.csv", "secret.toml"):
        os.chmod(path, 0o000)
    for path, mode in ((".", 0o755), ("open", 0o777), ("shut", 0o555), ("closed", 0o000)):
        os.chmod(path, mode)


def main():
    global CREDENCE
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as program:
        # Whoever has no rights may not reach the folder in which it was built.
        os.chmod(program, 0o755)
        CREDENCE = shutil.copy(CREDENCE, program)
        os.chdir(folder)
        make_places()
        try:
            unreadable()
            unwritable()
            full()
            over_its_input()
            beside_a_draft()
            desk_keeps_its_work()
        finally:
            for path in ("shut", "closed"):
                os.chmod(path, 0o700)
            os.chdir("/")
    print("places: done")


main()
