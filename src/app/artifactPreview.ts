import type { ArtifactBytes } from '../domain/artifact';
import { parseDelimited, tableOf, type TextTable } from '../domain/delimited';
import { indentJson } from '../domain/jsonText';
import type { ArtifactQuery, ArtifactStore } from '../domain/ports';
import { imageTypeOf, type Preview, type PreviewBody, previewKindOf } from '../domain/preview';

/** Bytes of a text that are read: more than a person reads beside a tree. */
const textHead = 256 * 1024;
const shownTable = { rows: 200, columns: 100 };

/** Reads what is shown of an artifact: the head of a text, an image whole where it is no larger than `limit` bytes. */
export async function previewArtifact(
  artifacts: Pick<ArtifactStore, 'read'>,
  query: ArtifactQuery,
  limit: number,
  signal?: AbortSignal,
): Promise<Preview> {
  const kind = previewKindOf(query.path);
  const maxBytes = kind === 'image' ? limit : Math.min(textHead, limit);
  const read = await artifacts.read({ ...query, maxBytes }, signal);
  const body = kind === 'image' ? imageBody(query.path, read) : await textBody(query.path, read);
  const { size, truncated, bytes } = read;
  return { ...(size !== undefined && { size }), ...(truncated && { head: bytes.length }), ...body };
}

function imageBody(path: string, { bytes, truncated }: ArtifactBytes): PreviewBody {
  if (truncated) return { kind: 'tooLarge' };
  return { kind: 'image', bytes: new Uint8Array(bytes), type: imageTypeOf(path) ?? '' };
}

async function textBody(path: string, { bytes, truncated }: ArtifactBytes): Promise<PreviewBody> {
  if (bytes.includes(0)) return { kind: 'binary' };
  // A character that the cut goes through is left out.
  const text = new TextDecoder().decode(bytes, { stream: truncated });
  switch (previewKindOf(path)) {
    case 'table':
      return { kind: 'table', table: parseDelimited(text, shownTable, truncated) };
    case 'json':
      return jsonBody(text, truncated);
    case 'markdown':
      return { kind: 'markdown', text };
    case 'html':
      return { kind: 'html', text };
    case 'model':
      return modelBody(text);
    default:
      return { kind: 'text', text };
  }
}

async function modelBody(text: string): Promise<PreviewBody> {
  // Few ever look into a model: the parser is a chunk of its own.
  const { parseModelFile } = await import('../config/modelFile');
  const model = parseModelFile(text);
  return model ? { kind: 'model', model, text } : { kind: 'text', text };
}

function jsonBody(text: string, truncated: boolean): PreviewBody {
  const table = truncated ? undefined : jsonTable(text);
  return table ? { kind: 'table', table } : { kind: 'text', text: indentJson(text) };
}

/** What `mlflow.log_table` writes, and input examples: `{"columns": […], "data": [[…], …]}`. */
export function jsonTable(text: string): TextTable | undefined {
  const parsed = parsedJson(text);
  if (typeof parsed !== 'object' || parsed === null || !('columns' in parsed) || !('data' in parsed)) return undefined;
  const { columns, data } = parsed;
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) return undefined;
  const rows = data.slice(0, shownTable.rows + 1).map((row: readonly unknown[]) => row.map(cellText));
  return tableOf(columns.map(cellText), rows, shownTable);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
