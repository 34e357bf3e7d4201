"""Runs commands and tells what they took.

A process counts as having had the memory of the one that started it. So a small one is started first, which starts all
others; it is this file, run as a program.
"""

import json
import os
import subprocess
import sys
import time
from typing import NamedTuple


class Took(NamedTuple):
    """Seconds of wall time and of CPU time, mebibytes at the peak, and the exit status."""

    wall: float
    cpu: float
    peak: float
    status: int


class Starter:
    """A small process that starts others."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-E", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, command, stdin=os.devnull):
        """Starts `command`, which reads the file `stdin` and whose output goes nowhere."""
        self.process.stdin.write(json.dumps([stdin, *map(str, command)]) + "\n")
        self.process.stdin.flush()

    def took(self):
        """What the command took that was started last."""
        return Took(*json.loads(self.process.stdout.readline()))

    def run(self, command):
        self.start(command)
        return self.took()


def serve():
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for line in sys.stdin:
        stdin, *command = json.loads(line)
        start = time.perf_counter()
        child = os.fork()
        if child == 0:
            os.dup2(os.open(stdin, os.O_RDONLY), 0)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            os.execv(command[0], command)
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - start
        took = [wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)]
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    serve()
