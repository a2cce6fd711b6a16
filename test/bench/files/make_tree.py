"""Writes a file store of many runs as MLflow's client leaves it (mlflow.md §2): 51 files and 4 folders each.

Usage: make_tree.py FOLDER RUNS
"""

import hashlib
import math
import sys
from pathlib import Path

METRICS, POINTS, PARAMS, TAGS = 20, 100, 20, 10
EXPERIMENT = "1"
START = 1_700_000_000_000


def main(root, count):
    folder = root / EXPERIMENT
    folder.mkdir(parents=True)
    (root / ".trash").mkdir()
    (folder / "meta.yaml").write_text(
        f"artifact_location: {folder.as_uri()}\ncreation_time: {START}\nexperiment_id: '{EXPERIMENT}'\n"
        f"last_update_time: {START}\nlifecycle_stage: active\nname: many-runs\n"
    )
    for index in range(count):
        write_run(folder, index)


def write_run(experiment, index):
    run_id = hashlib.md5(str(index).encode()).hexdigest()
    run, start = experiment / run_id, START + index * 60_000
    for name in ("artifacts", "metrics", "params", "tags"):
        (run / name).mkdir(parents=True)
    (run / "meta.yaml").write_text(
        f"artifact_uri: {run.as_uri()}/artifacts\nend_time: {start + 50_000}\nentry_point_name: ''\n"
        f"experiment_id: '{EXPERIMENT}'\nlifecycle_stage: active\nrun_id: {run_id}\nrun_name: bench-run-{index:04}\n"
        f"source_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: {start}\nstatus: 3\ntags: []\nuser_id: ada\n"
    )
    for key in range(METRICS):
        lines = (f"{start + step * 500} {curve(index, key, step)!r} {step}\n" for step in range(POINTS))
        (run / "metrics" / f"metric_{key:02}").write_text("".join(lines))
    for key in range(PARAMS):
        (run / "params" / f"param_{key:02}").write_text(param(index, key))
    tags = {"mlflow.runName": f"bench-run-{index:04}", "mlflow.user": "ada", "mlflow.source.type": "LOCAL"}
    tags |= {"mlflow.source.name": "train.py", "mlflow.source.git.commit": hashlib.sha1(run_id.encode()).hexdigest()}
    tags |= {f"tag_{key}": param(index, key + PARAMS) for key in range(TAGS - len(tags))}
    for key, value in tags.items():
        (run / "tags" / key).write_text(value)


def curve(index, key, step):
    return math.exp(-step / (10 + key)) + math.sin(index * 7919 + key * 31 + step) / 50


def param(index, key):
    """Every fourth is drawn from a range, as a random search does; the others are choices."""
    return repr(abs(math.sin(index * 31 + key))) if key % 4 == 0 else f"choice-{(index * 7 + key) % 13}"


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]))
