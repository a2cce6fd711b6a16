"""Times MLflow's own search over a file store, after one that is not counted; prints ms as JSON.

Usage: search_tree.py FOLDER RUNS
"""

import json
import sys
import time

from mlflow.entities import ViewType
from mlflow.store.tracking.file_store import FileStore

store, runs = FileStore(sys.argv[1]), int(sys.argv[2])
times = []
for _ in range(6):
    start = time.perf_counter()
    found = store.search_runs(["1"], "", ViewType.ACTIVE_ONLY, max_results=runs)
    times.append((time.perf_counter() - start) * 1000)
    assert len(found) == runs
print(json.dumps(times[1:]))
