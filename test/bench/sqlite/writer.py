"""Logs metrics into a database for some seconds as MLflow's client does; tells how long its commits took, as JSON lines.

Usage: writer.py FILE
"""

import json
import sqlite3
import sys
import time

PERIOD = 0.01

# A writer waits for readers as long as Python's driver does by itself: 5 s.
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA foreign_keys = ON")
connection.execute(
    "INSERT OR IGNORE INTO runs (run_uuid, name, source_type, user_id, status, start_time, lifecycle_stage, experiment_id) "
    "VALUES ('writer', 'writer', 'UNKNOWN', 'ada', 'RUNNING', 1, 'active', 0)"
)


def log(step, metrics):
    rows = [(f"loss_{i}", 1 / (step + 1), step, step) for i in range(metrics)]
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


def write(first, seconds, metrics=5, storm=False):
    """A storm makes up for what it waited for, so that a hundred commits a second are asked for."""
    times, errors = [], 0
    begin = time.perf_counter()
    end = begin + seconds
    while (start := time.perf_counter()) < end:
        try:
            log(first + len(times), metrics)
        except sqlite3.OperationalError:
            errors += 1
            connection.rollback()
        times.append((time.perf_counter() - start) * 1000)
        due = begin + len(times) * PERIOD if storm else start + PERIOD
        time.sleep(max(0, due - time.perf_counter()))
    return sorted(times), errors


step = 0
for line in sys.stdin:
    question = json.loads(line)
    question.pop("what")
    times, errors = write(step, **question)
    step += len(times)
    rows = (len(times) - errors) * question.get("metrics", 5)
    print(json.dumps({"p99": times[int(len(times) * 0.99)], "rows": rows, "errors": errors}), flush=True)
