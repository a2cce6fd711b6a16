/** One column or tensor of a model's signature (mlflow.md §4). */
export interface SignatureField {
  readonly name: string;
  /** As a person reads it: `double`, `array<string>`, `float32 (-1, 28, 28)`. */
  readonly type: string;
  readonly required: boolean;
}

export interface Signature {
  readonly inputs: readonly SignatureField[];
  readonly outputs: readonly SignatureField[];
  readonly params: readonly SignatureField[];
}

/** Reads one part of a signature: MLmodel keeps each as a JSON string. Malformed text gives no fields. */
export function parseSignaturePart(json: string | null | undefined): SignatureField[] {
  if (!json) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return [];
  }
  return Array.isArray(parsed) ? parsed.filter(isObject).map(toField) : [];
}

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toField(column: Json, index: number): SignatureField {
  return {
    name: typeof column['name'] === 'string' ? column['name'] : String(index),
    type: typeName(column),
    required: column['required'] !== false && column['optional'] !== true,
  };
}

function typeName(column: Json): string {
  const type = typeof column['type'] === 'string' ? column['type'] : 'any';
  const spec = column['tensor-spec'];
  if (type === 'tensor' && isObject(spec)) {
    const shape = Array.isArray(spec['shape']) ? spec['shape'].join(', ') : '';
    return `${typeof spec['dtype'] === 'string' ? spec['dtype'] : 'tensor'} (${shape})`;
  }
  if (type === 'array' && isObject(column['items'])) return `array<${typeName(column['items'])}>`;
  if (type === 'map' && isObject(column['values'])) return `map<${typeName(column['values'])}>`;
  return type;
}
