"""Runs a command on a terminal of its own, and types once it has said what is waited for. Reads JSON: command, size
(lines, columns), steps (what is waited for, what is typed). Writes JSON: status, screen (all that was shown), left (steps
that nothing came of). It waits for output alone, never for a time."""

import fcntl
import json
import os
import pty
import re
import struct
import sys
import termios

task = json.load(sys.stdin)
child, terminal = pty.fork()
if child == 0:
    # The size is there before the command asks for it.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *task["size"], 0, 0))
    os.execvp(task["command"][0], task["command"])

steps, screen, seen = task["steps"], b"", 0
while True:
    try:
        some = os.read(terminal, 1 << 16)
    except OSError:  # Linux: the command has ended
        break
    if not some:
        break
    screen += some
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen[seen:].decode(errors="replace"))
    if steps and steps[0][0] in said:
        seen = len(screen)
        os.write(terminal, steps.pop(0)[1].encode())

_, status = os.waitpid(child, 0)
json.dump({"status": os.waitstatus_to_exitcode(status), "screen": screen.decode(errors="replace"), "left": steps}, sys.stdout)
