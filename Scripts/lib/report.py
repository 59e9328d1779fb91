"""report.py COMMAND...: runs the test runner and passes its output and its exit code on.

Leaves out the start of each case of a parameterised test (thousands), and ends with what was
skipped, and why, what failed, and the runner's summary. A sanitizer's report fails the run
although every test has passed; the last line says so.
"""

import re
import signal
import subprocess
import sys

CASE = re.compile(r"^\S+ Test case passing .* started\.$")
FAILED = re.compile(r"^\S+ (Test .+ failed after .*)$")
SKIPPED = re.compile(r'^\S+ (?P<what>(?:Test|Suite) .+?) skipped(?:: "(?P<why>.*)")?\.?$')
REPORT = re.compile(r"(?:WARNING|ERROR): \w+Sanitizer: ")
SUMMARY = re.compile(r"^\S+ Test run with \d+ tests? .*(?:passed|failed) after")

runner = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
signal.signal(signal.SIGTERM, lambda *_: runner.terminate())

skipped, failed, summary, reports = [], [], None, 0
for raw in runner.stdout:
    line = raw.decode(errors="replace").rstrip("\n")
    if SUMMARY.match(line):
        summary = line
        continue
    if CASE.match(line):
        continue
    if match := SKIPPED.match(line):
        skipped.append(f"  {match['what']}: {match['why'] or 'no reason given'}")
    elif match := FAILED.match(line):
        failed.append(f"  {match[1]}")
    reports += bool(REPORT.search(line))
    print(line, flush=True)

status = runner.wait()
print(f"Skipped: {len(skipped)}", *sorted(skipped), sep="\n")
print(f"Failed: {len(failed)}", *sorted(failed), sep="\n")
print(summary or f"The test runner ended without a summary (exit code {status}).", flush=True)
if summary and status and not failed:
    print(f"But it ended with exit code {status}; reports of a sanitizer: {reports}", flush=True)
sys.exit(status if status >= 0 else 128 - status)
