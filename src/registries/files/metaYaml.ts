import { isMap, isScalar, Lexer, parseDocument, type Scalar as YamlScalar } from 'yaml';

/** A scalar as it stands in the file: only its field knows whether it is a number (mlflow.md §2.2). */
export interface MetaScalar {
  readonly text: string;
  /** Written without quotes, so `null` means nothing. */
  readonly plain: boolean;
}

/** The mapping in a meta.yaml. Lists are left out: nothing reads them. */
export type Meta = ReadonlyMap<string, MetaScalar | Meta>;

/** What a field is looked up in. */
export type Fields = Pick<Meta, 'get'>;

const nullWords = new Set(['', '~', 'null', 'Null', 'NULL']);

/** Reads a meta.yaml as PyYAML reads it, losing no digit; undefined where it holds no mapping. */
export function parseMeta(text: string): Meta | undefined {
  if (text.trim() === '') return undefined;
  return parseFlat(text) ?? parseAny(text);
}

/** The same of a run, in one look where it is as MLflow writes it: most of its fields need not be taken apart. */
export function parseFields(text: string): Fields | undefined {
  const values = usualRun.exec(text);
  return values ? new UsualRun(values) : parseMeta(text);
}

/** The keys of a run's meta.yaml since MLflow 1.0, in their order there. */
const runKeys = `artifact_uri deleted_time end_time entry_point_name experiment_id lifecycle_stage name run_id run_name
  run_uuid source_name source_type source_version start_time status tags user_id`.split(/\s+/);

/** A value that needs no more than its quotes taken off. */
const usualValue = /([\w./](?:[\w./:+-]*[\w./+-])?|'[^'\n\r]*'|"[^"\\\n\r]*"|\{\}|\[\])/.source;

const usualRun = new RegExp(`^${runKeys.map((key) => `(?:${key}:(?: ${usualValue})?\\n)?`).join('')}$`);

class UsualRun implements Fields {
  constructor(private readonly values: readonly (string | undefined)[]) {}

  get(key: string): MetaScalar | Meta | undefined {
    const place = runKeys.indexOf(key);
    const text = place < 0 ? undefined : this.values[place + 1];
    if (text === undefined) return undefined;
    const first = text[0];
    if (first === "'" || first === '"') return { text: text.slice(1, -1), plain: false };
    return first === '{' || first === '[' ? new Map() : { text, plain: true };
  }
}

/** A field's text; undefined where it is absent or null. */
export function textField(meta: Fields, key: string): string | undefined {
  const node = meta.get(key);
  if (!isMetaScalar(node) || (node.plain && nullWords.has(node.text))) return undefined;
  return node.text;
}

/** A field's number (times, status, step); undefined where it is none. */
export function numberField(meta: Fields, key: string): number | undefined {
  const text = textField(meta, key);
  if (text === undefined || !/^[-+]?\d/.test(text)) return undefined;
  const number = Number(text.replaceAll('_', ''));
  return Number.isFinite(number) ? number : undefined;
}

/** A field's mapping of texts (aliases, tags), in its order. */
export function mapField(meta: Meta, key: string): { readonly key: string; readonly value: string }[] {
  const node = meta.get(key);
  if (node === undefined || isMetaScalar(node)) return [];
  return [...node.keys()].map((name) => ({ key: name, value: textField(node, name) ?? '' }));
}

export function isMetaScalar(node: MetaScalar | Meta | undefined): node is MetaScalar {
  return node !== undefined && 'plain' in node;
}

/** Most values: no blank, no special start, no colon at the end. */
const simple = /^[\w./](?:[\w./:+-]*[\w./+-])?$/;

/** First character of a plain scalar that means nothing else, or a negative number. */
const plainStart = /^(?:[^\s!&*|>%@`"'#{}[\],?:-]|-\d)/;

/** The quick way: every line is `key: scalar`, which nearly every meta.yaml is. Undefined where one is not. */
function parseFlat(text: string): Meta | undefined {
  const meta = new Map<string, MetaScalar | Meta>();
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    const parts = /^([A-Za-z_]\w*):(?: +(.*))?$/.exec(line);
    if (!parts?.[1]) return undefined;
    const value = flatValue((parts[2] ?? '').trimEnd());
    if (!value) return undefined;
    meta.set(parts[1], value);
  }
  return meta;
}

function flatValue(text: string): MetaScalar | Meta | undefined {
  if (simple.test(text)) return { text, plain: true };
  if (text === '{}' || text === '[]') return new Map<string, MetaScalar>();
  if (text === '' || (plainStart.test(text) && !/ #|:(?: |$)/.test(text))) return { text, plain: true };
  const single = /^'((?:[^']|'')*)'$/.exec(text)?.[1];
  if (single !== undefined) return { text: single.replaceAll("''", "'"), plain: false };
  const double = /^"([^"\\]*)"$/.exec(text)?.[1];
  return double === undefined ? undefined : { text: double, plain: false };
}

const maxTokens = 20_000;
const maxDepth = 50;

/**
 * Whether the text is small enough to parse: the parser recurses by its nesting, and near the end of the stack V8 does
 * not throw but aborts the process; a file of MLflow has a few hundred tokens, however long its texts are.
 */
function isModest(text: string): boolean {
  let tokens = 0;
  let depth = 0;
  let marks = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    // Signs that open a level each, until a scalar or a bracket comes.
    if (/^[-?:]$/.test(token)) marks++;
    else if (token.trim() !== '') marks = 0;
    if (++tokens > maxTokens || depth > maxDepth || marks > maxDepth) return false;
  }
  return !/^[ \t]{200}/m.test(text);
}

/** Schema `failsafe` leaves every scalar a string: the YAML 1.2 types would turn ids into numbers (trap 31). */
function parseAny(text: string): Meta | undefined {
  if (!isModest(text)) return undefined;
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  return document.errors.length === 0 ? toMeta(document.contents) : undefined;
}

function toMeta(node: unknown): Meta | undefined {
  if (!isMap(node)) return undefined;
  const meta = new Map<string, MetaScalar | Meta>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    // Aliases are not resolved, so a bomb of them stays small.
    const part = isScalar(value) || value === null ? scalarOf(value) : toMeta(value);
    if (part) meta.set(String(key.value), part);
  }
  return meta;
}

function scalarOf(node: YamlScalar | null): MetaScalar {
  if (node === null) return { text: '', plain: true };
  return { text: typeof node.value === 'string' ? node.value : '', plain: node.type === 'PLAIN' };
}
