"""Logs metrics into a database for some seconds as MLflow's client does; tells how long its commits took, as JSON lines.

Usage: writer.py FILE
"""

import json
import sqlite3
import sys
import time

METRICS, PERIOD = 5, 0.01

# A writer waits for readers as long as Python's driver does by itself: 5 s.
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA foreign_keys = ON")
connection.execute(
    "INSERT OR IGNORE INTO runs (run_uuid, name, source_type, user_id, status, start_time, lifecycle_stage, experiment_id) "
    "VALUES ('writer', 'writer', 'UNKNOWN', 'ada', 'RUNNING', 1, 'active', 0)"
)


def log(step):
    rows = [(f"loss_{i}", 1 / (step + 1), step, step) for i in range(METRICS)]
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SELECT lifecycle_stage FROM runs WHERE run_uuid = 'writer'").fetchall()
    connection.executemany(
        "INSERT INTO metrics (key, value, timestamp, step, run_uuid, is_nan) VALUES (?, ?, ?, ?, 'writer', 0)", rows
    )
    connection.execute("SELECT * FROM latest_metrics WHERE run_uuid = 'writer'").fetchall()
    connection.executemany(
        "INSERT OR REPLACE INTO latest_metrics (key, value, timestamp, step, run_uuid, is_nan) "
        "VALUES (?, ?, ?, ?, 'writer', 0)",
        rows,
    )
    connection.execute("COMMIT")


def write(first, seconds):
    times, errors = [], 0
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        try:
            log(first + len(times))
        except sqlite3.OperationalError:
            errors += 1
            connection.rollback()
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(max(0, PERIOD - (time.perf_counter() - start)))
    return sorted(times), errors


step = 0
for line in sys.stdin:
    times, errors = write(step, json.loads(line)["seconds"])
    step += len(times)
    print(json.dumps({"p99": times[int(len(times) * 0.99)], "commits": len(times), "errors": errors}), flush=True)
