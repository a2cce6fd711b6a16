import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** What one workspace folder offers. */
interface FoundStores {
  /** Absolute tracking URIs of the stores that lie in it: its database first. */
  readonly trackingUris: readonly string[];
  /** MLFLOW_TRACKING_URI of its `.env`, as written; to be offered, never contacted unasked. */
  readonly offered?: string;
}

/** More folders than this are not looked into for a meta.yaml: a store that is one shows it early. */
const looked = 500;
const largestDotEnv = 1024 * 1024;

/** Looks for `mlflow.db`, a file store in `mlruns/` and an `.env` directly in a folder. Never throws. */
export async function discoverStores(folder: string): Promise<FoundStores> {
  const database = path.join(folder, 'mlflow.db');
  const tree = path.join(folder, 'mlruns');
  const [hasDatabase, hasTree, offered] = await Promise.all([
    isFile(database),
    holdsFileStore(tree),
    dotEnvUri(path.join(folder, '.env')),
  ]);
  const trackingUris = [...(hasDatabase ? [`sqlite:///${database}`] : []), ...(hasTree ? [tree] : [])];
  return { trackingUris, ...(offered === undefined ? {} : { offered }) };
}

/** MLflow's database mode leaves artifacts alone in `mlruns/`: only a meta.yaml proves a file store (mlflow.md §0, 3.7). */
async function holdsFileStore(root: string): Promise<boolean> {
  const names = await foldersIn(root);
  const inside = async (name: string): Promise<string[]> =>
    (await foldersIn(path.join(root, name))).map((child) => path.join(name, child));
  const experiments = names.filter((name) => name !== '.trash' && name !== 'models');
  if (await anyHasMeta(root, experiments)) return true;
  const nested = names.filter((name) => name === '.trash' || name === 'models').map(inside);
  return anyHasMeta(root, (await Promise.all(nested)).flat());
}

async function anyHasMeta(root: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders.slice(0, looked)) {
    if (await isFile(path.join(root, folder, 'meta.yaml'))) return true;
  }
  return false;
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
  } catch {
    return [];
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function dotEnvUri(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size > largestDotEnv ? undefined : trackingUriIn(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The last MLFLOW_TRACKING_URI of a dotenv text, without quotes and trailing comment. */
function trackingUriIn(dotEnv: string): string | undefined {
  const lines = dotEnv.matchAll(/^[ \t]*(?:export[ \t]+)?MLFLOW_TRACKING_URI[ \t]*=[ \t]*(.*)$/gm);
  const value = [...lines].at(-1)?.[1]?.trim() ?? '';
  const quoted = /^(["'])(.*?)\1/.exec(value)?.[2];
  const plain = quoted ?? value.replace(/\s+#.*$/, '');
  return plain === '' ? undefined : plain;
}
