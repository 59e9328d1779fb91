"""report.py COMMAND...: runs the test runner and passes its output and its exit code on.

Keeps the runner's summary back until the end and lists before it what was skipped, and why.
"""

import re
import signal
import subprocess
import sys

SKIPPED = re.compile(r'(?P<what>(?:Test|Suite) .+?) skipped(?:: "(?P<why>.*)")?\.?$')
SUMMARY = re.compile(r"Test run with \d+ tests? .*(?:passed|failed)")

runner = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
signal.signal(signal.SIGTERM, lambda *_: runner.terminate())

skipped, summary = [], None
for raw in runner.stdout:
    line = raw.decode(errors="replace").rstrip("\n")
    if SUMMARY.search(line):
        summary = line
        continue
    if match := SKIPPED.search(line):
        skipped.append(f"  {match['what']}: {match['why'] or 'no reason given'}")
    print(line, flush=True)

status = runner.wait()
print(f"Skipped: {len(skipped)}", *sorted(skipped), sep="\n")
print(summary or f"The test runner ended without a summary (exit code {status}).")
sys.exit(status if status >= 0 else 128 - status)
