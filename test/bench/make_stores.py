"""Writes two stores of many runs below a folder: sqlite/mlflow.db in MLflow's own schema, files/mlruns in its layout.

Usage: make_stores.py FOLDER RUNS
"""

import json
import math
import sqlite3
import sys
from pathlib import Path

METRICS, POINTS, PARAMS, TAGS = 10, 20, 10, 5
EXPERIMENT = "many-runs"
START = 1_700_000_000_000


def run_of(index):
    """What one run logged: id, name, start, history per metric, params, tags."""
    start = START + index * 60_000
    metrics = {
        f"metric_{key}": [(start + step * 1000, math.exp(-step / (key + 5)) + index / 1000, step) for step in range(POINTS)]
        for key in range(METRICS)
    }
    params = {f"param_{key}": f"value-{(index * 7 + key) % 13}" for key in range(PARAMS)}
    name = f"bench-run-{index:04}"
    tags = {"mlflow.runName": name, "mlflow.user": "ada", "mlflow.source.type": "LOCAL", "team": "vision", "n": str(index)}
    assert len(tags) == TAGS
    return f"{index:032x}", name, start, metrics, params, tags


def fill_sqlite(folder, count):
    """MLflow makes the tables; the rows go in at once, because its client needs a minute for a thousand runs."""
    from mlflow.tracking import MlflowClient

    folder.mkdir(parents=True)
    file = folder / "mlflow.db"
    artifacts = folder / "artifacts"
    experiment = MlflowClient(f"sqlite:///{file}").create_experiment(EXPERIMENT, artifact_location=str(artifacts))
    database = sqlite3.connect(file)
    insert = lambda table, columns, rows: database.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({','.join('?' * (columns.count(',') + 1))})", rows
    )
    for index in range(count):
        run_id, name, start, metrics, params, tags = run_of(index)
        insert(
            "runs",
            "run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time,"
            "source_version, lifecycle_stage, artifact_uri, experiment_id",
            [(run_id, name, "LOCAL", "", "", "ada", "FINISHED", start, start + 30_000, "", "active",
              str(artifacts / run_id / "artifacts"), int(experiment))],
        )  # fmt: skip
        points = [(key, value, time, run_id, step, 0) for key, line in metrics.items() for time, value, step in line]
        insert("metrics", "key, value, timestamp, run_uuid, step, is_nan", points)
        insert("latest_metrics", "key, value, timestamp, run_uuid, step, is_nan", points[POINTS - 1 :: POINTS])
        insert("params", "run_uuid, key, value", [(run_id, *pair) for pair in params.items()])
        insert("tags", "run_uuid, key, value", [(run_id, *pair) for pair in tags.items()])
    database.commit()
    database.close()


def fill_files(folder, count):
    root = folder / "mlruns" / "1"
    meta(root, artifact_location=str(root), creation_time=START, experiment_id="1", last_update_time=START,
         lifecycle_stage="active", name=EXPERIMENT)  # fmt: skip
    for index in range(count):
        run_id, name, start, metrics, params, tags = run_of(index)
        run = root / run_id
        meta(run, artifact_uri=str(run / "artifacts"), end_time=start + 30_000, entry_point_name="", experiment_id="1",
             lifecycle_stage="active", run_id=run_id, run_name=name, run_uuid=run_id, source_name="", source_type=4,
             source_version="", start_time=start, status=3, tags=[], user_id="ada")  # fmt: skip
        lines = {key: "".join(f"{time} {value} {step}\n" for time, value, step in line) for key, line in metrics.items()}
        for kind, entries in (("metrics", lines), ("params", params), ("tags", tags)):
            (run / kind).mkdir()
            for key, text in entries.items():
                (run / kind / key).write_text(text)


def meta(folder, **fields):
    """JSON values are YAML too."""
    folder.mkdir(parents=True)
    (folder / "meta.yaml").write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items()))


if __name__ == "__main__":
    base, runs = Path(sys.argv[1]), int(sys.argv[2])
    fill_sqlite(base / "sqlite", runs)
    fill_files(base / "files", runs)
