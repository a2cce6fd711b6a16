import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { RunsContent } from '../../panels/runs/runs.messages';
import { boxOf, iconButton } from '../shared/buttons';
import './filterBar';
import type { RunsMenus } from './runsMenus';

interface HeadParts {
  readonly filter: string;
  /** How many runs there are and are shown. */
  readonly counts: string;
  readonly menus: RunsMenus;
  choose(): void;
  refresh(): void;
  search(words: string): void;
  reload(filter: string): void;
}

/** What the table is of, its tools, its filter and its search. */
export function renderHead({ experimentNames, keys }: RunsContent, parts: HeadParts): TemplateResult {
  const { menus } = parts;
  return html`
    <header>
      <div class="heading">
        <h1>${Object.values(experimentNames).join(', ')}</h1>
        <p class="dimmed">${parts.counts}</p>
      </div>
      <div class="tools">
        ${iconButton('group-by-ref-type', l10n.t('Group and view'), (event) => menus.look(boxOf(event)))}
        ${iconButton('settings', l10n.t('Choose columns'), () => parts.choose())}
        ${iconButton('layout', l10n.t('Views'), (event) => menus.views(boxOf(event)))}
        ${iconButton('export', l10n.t('Export'), (event) => menus.export(boxOf(event)))}
        ${iconButton('refresh', l10n.t('Refresh'), () => parts.refresh())}
      </div>
    </header>
    <div class="bar">
      <rs-filter-bar
        .filter=${parts.filter}
        .keys=${keys}
        @filter=${(event: CustomEvent<string>) => parts.reload(event.detail)}
      ></rs-filter-bar>
      <input
        aria-label=${l10n.t('Search by name')}
        placeholder=${l10n.t('Search by name')}
        @input=${(event: Event) => parts.search((event.target as HTMLInputElement).value)}
      />
    </div>
  `;
}
