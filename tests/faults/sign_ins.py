"""500 sign-ins at once and one reader, on a server of their own with the settings as they come (but for the limits by address,
for all come from one). The reader is a process of its own; whoever is refused tries again when the answer says. Standard library
only."""

import http.client
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

PARALLEL, SECONDS, MOST = 500, 20, 0.100


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {key: value for key, value in os.environ.items() if not key.startswith("NORM_PORTAL_")}
        surroundings |= {
            "NORM_PORTAL_DATA_DIR": folder,
            "NORM_PORTAL_SERVER__LISTEN": "127.0.0.1:0",
            "NORM_PORTAL_LIMITS__ON": "false",
            "NORM_PORTAL_LOG__LEVEL": "error",
        }
        server = subprocess.Popen([program, "serve"], env=surroundings, stdout=subprocess.PIPE, text=True)
        try:
            line = next(line for line in server.stdout if line.startswith("Norm Portal answers at"))
            return measure(server.pid, re.search(r"//([^/]+)", line).group(1))
        finally:
            server.kill()
            server.wait()


def peak(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) >> 10


def page(connection, path):
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def sign_ins(host, is_over, told):
    """All the hands, in one process: counts of answers by status."""
    statuses, lock = {}, threading.Lock()

    def sign_in():
        connection = http.client.HTTPConnection(host, timeout=60)
        while not is_over.is_set():
            again = 0
            try:
                answer, text = page(connection, "/sign-in")
                fields = {"csrf": re.search(r'name="csrf" value="([^"]+)"', text).group(1)}
                fields |= {"email": "nobody@example.org", "password": "not the right one"}
                headers = {"content-type": "application/x-www-form-urlencoded"}
                headers["cookie"] = answer.getheader("set-cookie", "").split(";")[0]
                connection.request("POST", "/sign-in", urllib.parse.urlencode(fields), headers)
                answer = connection.getresponse()
                answer.read()
                outcome, again = answer.status, int(answer.getheader("retry-after", "0"))
            except (OSError, http.client.HTTPException, AttributeError):
                connection.close()
                outcome, again = "no answer", 1
            with lock:
                statuses[outcome] = statuses.get(outcome, 0) + 1
            is_over.wait(again)

    hands = [threading.Thread(target=sign_in) for _ in range(PARALLEL)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    told.put(statuses)


def measure(pid, host):
    reader = http.client.HTTPConnection(host, timeout=60)
    page(reader, "/norms/botnets")
    before, is_over, told = peak(pid), multiprocessing.Event(), multiprocessing.Queue()
    crowd = multiprocessing.Process(target=sign_ins, args=(host, is_over, told))
    crowd.start()
    took, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        began = time.monotonic()
        answer, _ = page(reader, "/norms/botnets")
        took.append(time.monotonic() - began)
        assert answer.status == 200, answer.status
        time.sleep(0.005)
    is_over.set()
    statuses = told.get()
    crowd.join()
    took.sort()
    p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
    print(f"{len(took)} pages read: p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, longest {took[-1] * 1000:.1f} ms")
    print(f"sign-ins by status: {statuses}; memory grew by {peak(pid) - before} MiB")
    return 0 if p99 < MOST else 1


sys.exit(main(sys.argv[1]))
