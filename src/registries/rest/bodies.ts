import type { RunTable } from '../../domain/run';
import { metric, runTable } from './decodeTracking';
import { cutReply } from './httpErrors';
import { decodeReply, type JsonObject, parseJson } from './json';

/** Points of one metric, in the server's order; the three arrays have one length. */
export interface PointColumns {
  readonly steps: Float64Array;
  /** ms since epoch. */
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** What the answers that may be megabytes hold, each one page with the token of the next (empty: none). */
export interface BodyPages {
  readonly runs: { readonly table: RunTable; readonly token: string };
  readonly points: { readonly points: PointColumns; readonly token: string };
}

const decoders: { readonly [K in keyof BodyPages]: (json: JsonObject) => BodyPages[K] } = {
  runs: (json) => ({ table: runTable(json.objects('runs')), token: tokenIn(json) }),
  points: (json) => ({ points: pointColumns(json), token: tokenIn(json) }),
};

/** An answer's bytes as columns; throws a UserError that names the server where they are not what MLflow sends. */
export function decodeBody<K extends keyof BodyPages>(kind: K, bytes: Uint8Array, server: string): BodyPages[K] {
  return decodeReply(server, parsed(bytes, server), decoders[kind]);
}

export function parsed(bytes: Uint8Array, server: string): unknown {
  try {
    return parseJson(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw cutReply(server, cause);
  }
}

export function tokenIn(json: JsonObject): string {
  return json.textOr('next_page_token', '');
}

function pointColumns(json: JsonObject): PointColumns {
  const points = json.objects('metrics').map(metric);
  return {
    steps: Float64Array.from(points, (point) => point.step),
    timestamps: Float64Array.from(points, (point) => point.timestamp),
    values: Float64Array.from(points, (point) => point.value),
  };
}
