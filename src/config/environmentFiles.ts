import { parse } from 'yaml';
import { packageOf } from '../domain/environment';
import type { KeyValue } from '../domain/experiment';

/** The packages of a `conda.yaml`, those that pip installs in it first; what is no such file gives none. */
export function parseConda(text: string): KeyValue[] {
  const dependencies = listOf(parsed(text), 'dependencies');
  const pip = dependencies.flatMap((each) => listOf(each, 'pip'));
  return [...pip, ...dependencies].flatMap((each) => (typeof each === 'string' ? packageOf(each) : []));
}

/** Python's own version in a `python_env.yaml`. */
export function parsePythonEnv(text: string): KeyValue[] {
  const root = parsed(text);
  const python = isMap(root) ? root['python'] : undefined;
  return typeof python === 'string' ? [{ key: 'python', value: python }] : [];
}

/** Every scalar stays text: Python 3.10 is not 3.1. */
function parsed(text: string): unknown {
  try {
    return parse(text, { schema: 'failsafe', logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

function listOf(value: unknown, key: string): unknown[] {
  const list = isMap(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
