"""Asks in turn with a known and an unknown address and compares how long the answers took, by the place of each in the order of
all (Mann and Whitney): 0.5 means that the times say nothing. Standard library only."""

import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

SAMPLES = 500
# Chance alone leaves a share of 0.5 by more than this once in a thousand runs.
MOST = 3.3 * (1 / (6 * SAMPLES)) ** 0.5
KNOWN, WORD = "stakeholder@example.org", "long and quite unlikely words 7"


class Browser:
    def __init__(self, host):
        self.connection, self.cookie = http.client.HTTPConnection(host, timeout=60), ""

    def ask(self, method, path, fields=None):
        body = urllib.parse.urlencode(fields) if fields else None
        headers = {"cookie": self.cookie, "content-type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        took = time.perf_counter() - began
        if answer.getheader("set-cookie"):
            self.cookie = answer.getheader("set-cookie").split(";")[0]
        return answer.status, text, took


FORMS = {
    "/sign-in": {"password": WORD},
    "/password/reset": {},
    "/register": {
        "name": "Somebody New", "password": WORD, "stakeholder_group": "civil-society", "country": "NL",
        "organisation": "Example", "on_behalf_of": "organisation",
    },
}


def measure(browser, path):
    times, statuses = {True: [], False: []}, {True: set(), False: set()}
    token = re.search(r'name="csrf" value="([^"]+)"', browser.ask("GET", path)[1]).group(1)
    order = [True, False] * SAMPLES
    random.shuffle(order)
    for number, is_known in enumerate(order):
        address = KNOWN if is_known else f"nobody{number}@example.org"
        status, _, took = browser.ask("POST", path, {"csrf": token, "email": address} | FORMS[path])
        times[is_known].append(took)
        statuses[is_known].add(status)
    return times, statuses


def share(some, others):
    """How often one of `some` took longer than one of `others`."""
    everything = sorted([(took, True) for took in some] + [(took, False) for took in others])
    ranks = sum(place for place, (_, is_some) in enumerate(everything, 1) if is_some)
    return (ranks - len(some) * (len(some) + 1) / 2) / (len(some) * len(others))


def main(program):
    is_told = False
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {key: value for key, value in os.environ.items() if not key.startswith("NORM_PORTAL_")}
        surroundings |= {
            "NORM_PORTAL_DATA_DIR": folder,
            "NORM_PORTAL_SERVER__LISTEN": "127.0.0.1:0",
            "NORM_PORTAL_LIMITS__ON": "false",
            "NORM_PORTAL_LOG__LEVEL": "error",
        }
        command = [program, "demo", "--comments", "20"]
        server = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)
        try:
            line = next(line for line in server.stdout if line.startswith("Norm Portal answers at"))
            browser = Browser(re.search(r"//([^/]+)", line).group(1))
            for path in FORMS:
                times, statuses = measure(browser, path)
                middle = {kind: sorted(took)[SAMPLES // 2] * 1000 for kind, took in times.items()}
                found = share(times[True], times[False])
                same = statuses[True] == statuses[False]
                is_told |= abs(found - 0.5) > MOST or not same
                print(f"{path}: known {middle[True]:.2f} ms, unknown {middle[False]:.2f} ms; known took longer in "
                      f"{found:.3f} of pairs (0.5 +- {MOST:.3f}); statuses {statuses[True]} {statuses[False]}")
        finally:
            server.kill()
            server.wait()
    return 1 if is_told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
