import type { TextTable } from './delimited';
import type { ModelFile } from './modelFile';

/** What is shown of an artifact beside its tree. */
export type Preview = {
  /** Bytes of the whole artifact, where the store tells. */
  readonly size?: number;
  /** Only this many bytes from the start were read. */
  readonly head?: number;
} & PreviewBody;

export type PreviewBody =
  | { readonly kind: 'text' | 'markdown' | 'html'; readonly text: string }
  | { readonly kind: 'table'; readonly table: TextTable }
  | { readonly kind: 'image'; readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }
  | { readonly kind: 'model'; readonly model: ModelFile; readonly text: string }
  /** Neither text nor a known image, or an image above the cap. */
  | { readonly kind: 'binary' | 'tooLarge' };

type PreviewKind = 'text' | 'markdown' | 'html' | 'json' | 'table' | 'image' | 'model';

const imageTypes: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

const kinds: Readonly<Record<string, PreviewKind>> = {
  csv: 'table',
  htm: 'html',
  html: 'html',
  json: 'json',
  markdown: 'markdown',
  md: 'markdown',
  tsv: 'table',
};

/** By the name alone; what turns out not to be so is shown as text. */
export function previewKindOf(path: string): PreviewKind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'MLmodel') return 'model';
  return imageTypeOf(path) ? 'image' : (kinds[extensionOf(name)] ?? 'text');
}

export function imageTypeOf(path: string): string | undefined {
  return imageTypes[extensionOf(path)];
}

function extensionOf(path: string): string {
  return /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}
