"""Writes databases of many runs into a folder, each in the schema that the installed MLflow makes.

Usage: make_databases.py FOLDER

table.db    1,000 runs x 41 cells (20 metrics, 15 params, 6 tags)
small.db    1,000 runs x 20 metrics, 2 params, 3 tags
big.db      100,000 runs of the same
history.db  50 runs x 10,000 points x 2 metrics
old.db      the same without the index that MLflow 3.13 brought

Metrics of the first three have their latest values only: nothing that lists runs reads their points.
"""

import hashlib
import math
import shutil
import sqlite3
import sys
from pathlib import Path

START = 1_700_000_000_000
EXPERIMENT = 1


def make_schema(file):
    from mlflow.tracking import MlflowClient

    MlflowClient(f"sqlite:///{file}").create_experiment("many-runs", artifact_location=str(file.parent / "artifacts"))


def run_id(index):
    """As random as MLflow's own, so that their order is not that of the rows."""
    return hashlib.md5(str(index).encode()).hexdigest()


def fill(file, runs, metrics, params, tags, points=0):
    database = sqlite3.connect(file)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -1000000")
    insert(
        database,
        "runs",
        "run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time, source_version,"
        "lifecycle_stage, artifact_uri, experiment_id",
        (
            (run_id(i), f"run-{i:06}", "UNKNOWN", "", "", "ada", "FINISHED", START + i * 60_000, START + i * 60_000 + 30_000,
             "", "active", f"/models/{EXPERIMENT}/{run_id(i)}/artifacts", EXPERIMENT)
            for i in range(runs)
        ),
    )  # fmt: skip
    insert(
        database,
        "latest_metrics",
        "key, value, timestamp, step, is_nan, run_uuid",
        (
            (f"metric_{k:02}", value_of(i, k), START + i * 60_000, max(points - 1, 10), 0, run_id(i))
            for i in range(runs)
            for k in range(metrics)
        ),
    )
    insert(database, "params", "key, value, run_uuid", cells(runs, "param", params))
    insert(database, "tags", "key, value, run_uuid", cells(runs, "tag", tags))
    insert(
        database,
        "metrics",
        "key, value, timestamp, run_uuid, step, is_nan",
        (
            (f"metric_{k:02}", math.exp(-step / 4000) + i / 100, START + step * 1000 + i, run_id(i), step, 0)
            for i in range(runs)
            for step in range(points)
            for k in range(metrics)
        ),
    )
    database.commit()
    database.close()


def value_of(run, metric):
    return ((run * 7919 + metric * 104_729) % 1_000_003) / 1_000_003


def cells(runs, kind, count):
    return ((f"{kind}_{k:02}", f"value-{(i * 7 + k) % 13}", run_id(i)) for i in range(runs) for k in range(count))


def insert(database, table, columns, rows):
    marks = ",".join("?" * (columns.count(",") + 1))
    database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def main(folder):
    schema = folder / "schema.db"
    make_schema(schema)
    old = folder / "schema-old.db"
    shutil.copy(schema, old)
    with sqlite3.connect(old) as database:
        database.execute("DROP INDEX index_metrics_run_uuid_key_step")
    for name, base, shape in (
        ("table.db", schema, (1000, 20, 15, 6)),
        ("small.db", schema, (1000, 20, 2, 3)),
        ("big.db", schema, (100_000, 20, 2, 3)),
        ("history.db", schema, (50, 2, 2, 3, 10_000)),
        ("old.db", old, (50, 2, 2, 3, 10_000)),
    ):
        shutil.copy(base, folder / name)
        fill(folder / name, *shape)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
