import type { Disposable } from './ports';

/** One process that serves one version. */
export interface ServedChild {
  readonly version: string;
  readonly pid: number;
  /** When the process started, as the system counts it: with the pid it names the process beyond doubt. */
  readonly startTime: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly logFile: string;
}

/** `starting` until the first answer, `unhealthy` where the process lives but does not answer. */
export type EndpointState = 'starting' | 'serving' | 'stopped' | 'unhealthy';

/** One named service on a target. */
export interface Endpoint {
  readonly id: string;
  readonly target: string;
  readonly url: string;
  readonly state: EndpointState;
  /** The version that is served, and the connection it came from. */
  readonly registry: string;
  readonly modelName: string;
  readonly version: string;
  /** ms since epoch. */
  readonly startedAt: number;
  readonly logFile: string;
}

/** A version's artifact folder on this machine, or what brings it to a folder that is not there yet. */
export type ModelFolder =
  | { readonly path: string }
  | {
      fetch(
        place: { readonly folder: string; readonly name: string },
        report: (step: string) => void,
        signal?: AbortSignal,
      ): Promise<unknown>;
    };

export interface ServeRequest {
  readonly registry: string;
  readonly modelName: string;
  readonly version: string;
  readonly model: ModelFolder;
  readonly python: PythonInfo;
}

export interface InvocationAnswer {
  readonly status: number;
  readonly body: string;
  readonly latencyMs: number;
}

export interface LogPiece {
  readonly text: string;
  /** Byte position to go on from. */
  readonly next: number;
}

/** A kind of place that serves models. Failures are UserErrors. */
export interface Target {
  list(signal?: AbortSignal): Promise<readonly Endpoint[]>;
  /** Resolves when the endpoint answers; whatever fails, nothing is left running. */
  start(request: ServeRequest, report: (step: string) => void, signal?: AbortSignal): Promise<Endpoint>;
  /** Resolves when the processes are gone; the endpoint stays in the list, stopped. */
  stop(id: string): Promise<void>;
  /** Forgets a stopped endpoint, with its log. */
  remove(id: string): Promise<void>;
  /** What the endpoint's log holds from a byte position on; at most its last 256 KB. */
  readLog(id: string, from: number): Promise<LogPiece>;
  /** Sends a JSON payload to `/invocations`. */
  invoke(id: string, payload: string, signal?: AbortSignal): Promise<InvocationAnswer>;
}

/** What an interpreter offers. */
export interface PythonInfo {
  /** Absolute, of an interpreter that has MLflow. */
  readonly path: string;
  readonly mlflowVersion: string;
  /** MLflow's scoring app can be run by uvicorn directly: one process, half the start-up (deploy-verified.md §1.1). */
  readonly direct: boolean;
}

/** MLflow's own web UI over a local store, as long as the window that started it. */
export interface WebUi extends Disposable {
  /** Gives its address once it answers; `ended` is told where it then ends by itself. */
  start(trackingUri: string, python: string, ended: () => void, signal?: AbortSignal): Promise<string>;
  stop(): Promise<void>;
}
