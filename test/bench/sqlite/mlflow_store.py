"""Answers questions about one database by MLflow's own store, in ms as JSON lines.

Usage: mlflow_store.py FILE
"""

import json
import sys
import time

from mlflow.entities import ViewType
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

store = SqlAlchemyStore(f"sqlite:///{sys.argv[1]}", "/tmp")


def search(count):
    return store.search_runs(["1"], "", ViewType.ACTIVE_ONLY, max_results=count)


def answer(what, count, key=None):
    runs = search(count) if what == "histories" else []
    start = time.perf_counter()
    if what == "search":
        found = len(search(count))
    else:
        found = sum(len(store.get_metric_history(run.info.run_id, key)) for run in runs)
    return {"ms": (time.perf_counter() - start) * 1000, "found": found}


for line in sys.stdin:
    print(json.dumps(answer(**json.loads(line))), flush=True)
