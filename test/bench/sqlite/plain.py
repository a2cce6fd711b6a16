"""Answers questions about one database by Python's sqlite3 alone, in ms as JSON lines.

Usage: plain.py FILE
"""

import json
import sqlite3
import sys
import time

connection = sqlite3.connect(sys.argv[1])
run_columns = "run_uuid, name, experiment_id, user_id, status, start_time, end_time, artifact_uri, lifecycle_stage"
cells = "SELECT run_uuid, key, value{} FROM {}"

questions = {
    "tables": [
        f"SELECT {run_columns} FROM runs",
        cells.format(", is_nan", "latest_metrics"),
        cells.format("", "params"),
        cells.format("", "tags"),
    ],
    "newest": [
        f"SELECT {run_columns} FROM runs WHERE experiment_id = 1 AND lifecycle_stage = 'active' "
        "ORDER BY start_time DESC LIMIT 50"
    ],
    "key": ["SELECT run_uuid, value, is_nan FROM latest_metrics WHERE key = 'metric_07'"],
    # A commit that moves data_version, as any other program's.
    "write": ["INSERT OR REPLACE INTO experiment_tags (key, value, experiment_id) VALUES ('bench', random(), 1)"],
}

for line in sys.stdin:
    statements = questions[json.loads(line)["what"]]
    start = time.perf_counter()
    rows = sum(len(connection.execute(statement).fetchall()) for statement in statements)
    ms = (time.perf_counter() - start) * 1000
    connection.commit()
    print(json.dumps({"ms": ms, "rows": rows}), flush=True)
