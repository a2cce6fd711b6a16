import type { ArtifactRoot } from '../domain/artifact';
import type { ArtifactStore } from '../domain/ports';
import type { ModelText, VersionModel } from '../domain/versionPage';
import { jsonTable } from './artifactPreview';
import { ifFound } from './optional';

const environmentFiles = ['requirements.txt', 'python_env.yaml', 'conda.yaml'];
/** Bytes of each; what is longer is seen in the artifacts. */
const longest = 256 * 1024;

export const noModel: VersionModel = { environment: [] };

/** Reads what the artifacts of a version say of its model: MLmodel, input example, environment. */
export async function readVersionModel(
  artifacts: ArtifactStore,
  root: ArtifactRoot,
  signal?: AbortSignal,
): Promise<VersionModel> {
  const listed = await artifacts.list({ root, path: '' }, signal);
  const names = new Set(listed.filter(({ isDir }) => !isDir).map(({ path }) => path));
  const text = async (path: string): Promise<ModelText | undefined> => {
    if (!names.has(path)) return undefined;
    const read = await ifFound(artifacts.read({ root, path, maxBytes: longest }, signal));
    return read && !read.truncated ? { path, text: new TextDecoder().decode(read.bytes) } : undefined;
  };
  const [model, ...environment] = await Promise.all(['MLmodel', ...environmentFiles].map(text));
  // Most windows look at no model: the parser is a chunk of its own.
  const file = model && (await import('../config/modelFile')).parseModelFile(model.text);
  const example = file?.example && (await text(file.example.path));
  const table = example && jsonTable(example.text);
  return {
    ...(file && { file }),
    ...(example && { example: { ...example, ...(table && { table }) } }),
    environment: environment.filter((each) => each !== undefined),
  };
}
