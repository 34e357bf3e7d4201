"""Runs a program with some of its streams on a terminal, for tests/terminal.rs.

Reads what to do as JSON from standard input, prints what came as JSON: `screen` (the bytes for the terminal), `out` and `err`.
"""

import json
import os
import pty
import struct
import subprocess
import sys
import threading
import time
from fcntl import ioctl
from termios import TIOCSWINSZ

wanted = json.load(sys.stdin)
screen, terminal = pty.openpty()
ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", 40, wanted["width"], 0, 0))
streams = {name: terminal if wanted[name] == "terminal" else subprocess.PIPE for name in ("stdout", "stderr")}
if wanted["stdout"].startswith("/"):
    streams["stdout"] = open(wanted["stdout"], "wb")
child = subprocess.Popen(
    wanted["command"], cwd=wanted["folder"], env={**os.environ, **wanted["environment"]}, stdin=subprocess.PIPE, **streams
)
os.close(terminal)
came = {"screen": b"", "stdout": b"", "stderr": b""}


def read(name, take):
    while True:
        try:
            more = take(1 << 16)
        except OSError:
            break
        if not more:
            break
        came[name] += more


readers = [threading.Thread(target=read, args=("screen", lambda size: os.read(screen, size)))]
for name in ("stdout", "stderr"):
    stream = getattr(child, name)
    if stream:
        readers.append(threading.Thread(target=read, args=(name, stream.read1)))
for reader in readers:
    reader.start()
for text, seconds in wanted["input"]:
    child.stdin.write(text.encode())
    child.stdin.flush()
    time.sleep(seconds)
child.stdin.close()
status = child.wait()
for reader in readers:
    reader.join()
json.dump({"status": status, **{name: text.decode() for name, text in came.items()}}, sys.stdout)
