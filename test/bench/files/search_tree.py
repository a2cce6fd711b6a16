"""MLflow's own side: searches a file store for each line that it reads, and answers with the time and what it found.

Usage: search_tree.py FOLDER
"""

import json
import os
import sys
import time

# MLflow 3.13 and later refuse file stores otherwise.
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

from mlflow.entities import ViewType
from mlflow.store.tracking.file_store import FileStore

store = FileStore(sys.argv[1])
for line in sys.stdin:
    count = json.loads(line)["count"]
    start = time.perf_counter()
    found = store.search_runs(["1"], "", ViewType.ACTIVE_ONLY, max_results=count)
    print(json.dumps({"ms": (time.perf_counter() - start) * 1000, "found": len(found)}), flush=True)
