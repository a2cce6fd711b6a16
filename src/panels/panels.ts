import type { Disposable } from '../domain/ports';
import { comparePanels, type CompareServices } from './compare/comparePanel';
import type { ComparePanelState } from './compare/compare.messages';
import type { DetailsServices } from './detailsPanel';
import { HtmlPanels, type HtmlServices } from './html/htmlPanels';
import { PanelSet } from './panelSet';
import { runPanels } from './run/runPanel';
import type { RunPanelState } from './run/run.messages';
import { runsPanels, type RunsServices } from './runs/runsPanel';
import type { RunsPanelState } from './runs/runs.messages';
import type { VersionPanelState } from './version/version.messages';
import { versionPanels } from './version/versionPanel';

/** The editor's panels, by kind. */
export class Panels implements Disposable {
  readonly run: PanelSet<RunPanelState>;
  readonly runs: PanelSet<RunsPanelState>;
  readonly compare: PanelSet<ComparePanelState>;
  readonly version: PanelSet<VersionPanelState>;
  readonly html: HtmlPanels;

  constructor(services: CompareServices & RunsServices & DetailsServices & HtmlServices) {
    const { extensionUri } = services;
    this.run = new PanelSet(extensionUri, runPanels(services));
    this.runs = new PanelSet(extensionUri, runsPanels(services));
    this.compare = new PanelSet(extensionUri, comparePanels(services));
    this.version = new PanelSet(extensionUri, versionPanels(services));
    this.html = new HtmlPanels(services);
  }

  dispose(): void {
    for (const set of [this.run, this.runs, this.compare, this.version, this.html]) set.dispose();
  }
}
