import { loadVersionPage } from '../../app/versionPage';
import { type Ref, versionOf } from '../../domain/ref';
import type { VersionPage } from '../../domain/versionPage';
import { panels } from '../../ids';
import { detailsPanels, type DetailsServices } from '../detailsPanel';
import type { PanelKind } from '../panelSet';
import type { VersionPanelState } from './version.messages';

/** The page of one version of a registered model. */
export function versionPanels(services: DetailsServices): PanelKind<VersionPanelState> {
  return detailsPanels<VersionPage>(services, {
    viewType: panels.version,
    entry: 'version',
    refKind: 'version',
    load: loadVersionPage,
    firstTitle: titleOf,
    titleOf: ({ ref }) => titleOf(ref),
  });
}

function titleOf(ref: Ref): string {
  const { name, version } = versionOf(ref);
  return `${name} v${version}`;
}
