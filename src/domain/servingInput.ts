type Plain = Readonly<Record<string, unknown>>;

/**
 * What a scoring server takes of an input example as MLflow logs it beside a model: older releases (2.14) keep it in no
 * other form. Undefined where no server takes it: a sparse matrix, or what is no JSON.
 */
export function servingInput(example: string): string | undefined {
  const parsed = parsedJson(example);
  if (!isPlain(parsed)) return parsed === undefined ? undefined : JSON.stringify({ inputs: parsed });
  // With params for inference, the example itself stands under `inputs`.
  const { inputs, params, ...others } = parsed;
  const hasParams = isPlain(params) && inputs !== undefined && Object.keys(others).length === 0;
  const payload = hasParams ? payloadOf(inputs) : payloadOf(parsed);
  return payload && JSON.stringify({ ...payload, ...(hasParams && { params }) });
}

function payloadOf(example: unknown): Plain | undefined {
  if (!isPlain(example)) return { inputs: example };
  const keys = Object.keys(example).sort().join();
  if (keys === 'inputs') return example;
  if (keys === 'data' || keys === 'columns,data') return { dataframe_split: example };
  return keys === 'data,indices,indptr,shape' ? undefined : { inputs: example };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
