import { loadRunPage } from '../../app/runPage';
import type { RunPage } from '../../domain/runPage';
import { panels } from '../../ids';
import { detailsPanels, type DetailsServices } from '../detailsPanel';
import type { PanelKind } from '../panelSet';
import type { RunPanelState } from './run.messages';

/** The page of one run. */
export function runPanels(services: DetailsServices): PanelKind<RunPanelState> {
  return detailsPanels<RunPage>(services, {
    viewType: panels.run,
    entry: 'run',
    refKind: 'run',
    load: loadRunPage,
    firstTitle: ({ id }) => id.slice(0, 8),
    titleOf: ({ run }) => run.runName || run.runId,
  });
}
