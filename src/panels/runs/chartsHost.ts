import * as l10n from '@vscode/l10n';
import { ChartLines } from '../../app/charts';
import type { ArtifactRoot } from '../../domain/artifact';
import { UserError } from '../../domain/errors';
import { hasEnded, type RunTable, runStatuses } from '../../domain/run';
import type { Handlers } from '../../rpc/channel';
import type { PanelServices } from '../panelServices';
import { type ChartedRun, type ChartMethods, imageEnding, mostImages } from './charts.messages';

/** Bytes of an image that a grid shows. */
const largestImage = 20 * 1024 * 1024;
/** Folders of one run that are looked through for images. */
const mostFolders = 50;

/** The host side of the charts beside a table of runs. */
export class ChartsHost {
  private readonly lines: ChartLines;
  private before: RunTable | undefined;

  constructor(private readonly services: Pick<PanelServices, 'registries'>) {
    this.lines = new ChartLines((name) => services.registries.get(name));
  }

  readonly handlers: Handlers<ChartMethods> = {
    linesOf: ({ runs, key, ...reduction }, signal) => this.lines.read(runs, key, reduction, signal),
    images: (run, signal) => this.images(run, signal),
    image: async ({ registry, runId, path }, signal) => {
      const root: ArtifactRoot = { kind: 'run', runId };
      const { artifacts } = this.services.registries.get(registry);
      const { bytes, truncated } = await artifacts.read({ root, path, maxBytes: largestImage }, signal);
      if (truncated) throw new UserError('invalid', l10n.t("'{0}' is too large to be shown.", path));
      return bytes;
    },
  };

  /** A run that has ended logs no more: only the others are read again. */
  forgetMoving(table: RunTable): void {
    const ended = new Set<string>();
    const { before } = this;
    before?.runIds.forEach((id, row) => {
      if (hasEnded(runStatuses[before.statuses[row] ?? 0])) ended.add(id);
    });
    this.before = table;
    this.lines.forgetRuns((runId) => !ended.has(runId));
  }

  private async images({ registry, runId }: ChartedRun, signal: AbortSignal): Promise<readonly string[]> {
    const { artifacts } = this.services.registries.get(registry);
    const found: string[] = [];
    const folders = [''];
    for (let i = 0; i < Math.min(folders.length, mostFolders) && found.length < mostImages; i++) {
      const list = await artifacts.list({ root: { kind: 'run', runId }, path: folders[i] ?? '' }, signal);
      for (const { path, isDir } of list) {
        if (isDir) folders.push(path);
        else if (imageEnding.test(path)) found.push(path);
      }
    }
    return found.slice(0, mostImages);
  }
}
