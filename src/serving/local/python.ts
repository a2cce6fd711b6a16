import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { PythonInfo } from '../../domain/target';

/** Asks without importing MLflow's heavy parts; importing `mlflow` itself is the check that it works. */
const question = `
import importlib.util, json, mlflow
def has(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ImportError:
        return False
direct = has("uvicorn") and has("mlflow.pyfunc.scoring_server.app")
print(json.dumps({"version": mlflow.__version__, "direct": direct, "file": mlflow.__file__}))
`;

/** Importing MLflow without cached bytecode takes up to 12 s (deploy-verified.md), on slow disks more. */
const timeout = 60_000;

interface Probed {
  readonly info: PythonInfo;
  /** Where it has MLflow. */
  readonly file: string;
}

/** Which interpreters have MLflow. One that had it is asked again only once its MLflow is another file. */
export class Pythons {
  private readonly known = new Map<string, Probed & { readonly stamp: string | undefined }>();

  /** Runs it: only after the workspace is trusted. */
  async probe(python: string, signal?: AbortSignal): Promise<PythonInfo> {
    const known = this.known.get(python);
    if (known?.stamp !== undefined && known.stamp === (await stampOf(known.file))) return known.info;
    const found = await askPython(python, signal);
    this.known.set(python, { ...found, stamp: await stampOf(found.file) });
    return found.info;
  }
}

async function stampOf(file: string): Promise<string | undefined> {
  return stat(file).then(
    ({ ino, mtimeMs }) => `${ino} ${mtimeMs}`,
    () => undefined,
  );
}

async function askPython(python: string, signal?: AbortSignal): Promise<Probed> {
  const { error, stdout, stderr } = await new Promise<{ error: Error | null; stdout: string; stderr: string }>(
    (resolve) => {
      execFile(
        python,
        ['-c', question],
        { timeout, env: serverEnvironment(python), ...(signal && { signal }) },
        (failure, out, err) => {
          resolve({ error: failure, stdout: out, stderr: err });
        },
      );
    },
  );
  if (signal?.aborted) throw new UserError('cancelled', l10n.t('Cancelled.'));
  if (error) throw cannotServe(python, error, stderr);
  const { version, direct, file } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
    version: string;
    direct: boolean;
    file: string;
  };
  return { info: { path: python, mlflowVersion: version, direct }, file };
}

function cannotServe(python: string, error: Error, stderr: string): UserError {
  const next = l10n.t('Install MLflow there (pip install mlflow) or choose another interpreter.');
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
    return new UserError('notFound', l10n.t("There is no Python at '{0}'.", python), {
      next: l10n.t('Choose another interpreter.'),
      cause: error,
    });
  }
  const missing = /No module named '([^']+)'/.exec(stderr)?.[1];
  const sentence = missing
    ? l10n.t("The Python at '{0}' cannot serve models: it has no module '{1}'.", python, missing)
    : l10n.t("The Python at '{0}' cannot import MLflow.", python);
  return new UserError('unsupported', sentence, { next, cause: new Error(stderr || error.message) });
}

/**
 * The environment of a Python that we start: its own bin folder first in PATH (MLflow's CLI finds uvicorn there), without
 * what VS Code's host or a person's shell would change in it (deploy-verified.md §1.1–1.2).
 */
export function serverEnvironment(python: string, extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const dropped =
    /^(VSCODE_|ELECTRON_|PYTHONDONTWRITEBYTECODE$|PYTHONHOME$|MLFLOW_PORT$|MLFLOW_HOST$|MLFLOW_TRACKING_|NODE_OPTIONS$)/;
  const kept = Object.entries(process.env).filter(([name]) => !dropped.test(name));
  const folder = path.dirname(python);
  return {
    ...Object.fromEntries(kept),
    PATH: path.isAbsolute(python) ? `${folder}${path.delimiter}${process.env['PATH'] ?? ''}` : process.env['PATH'],
    MLFLOW_DISABLE_TELEMETRY: 'true',
    ...extra,
  };
}
