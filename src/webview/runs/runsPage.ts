import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { RunsContent, RunsHost, RunsPanelState } from '../../panels/runs/runs.messages';
import { Page } from '../shared/page';
import { emptyWords } from '../shared/states';
import { baseStyles, pageStyles } from '../shared/styles';
import './runGrid';

/** All runs of one or more experiments as a table. */
class RunsPageElement extends Page<RunsHost, RunsPanelState, RunsContent> {
  static override readonly properties = { ...Page.properties };
  static override readonly styles = [baseStyles, pageStyles];

  protected override async read(signal: AbortSignal): Promise<RunsContent> {
    const content = await this.host.channel.request('content', { filter: this.host.state.filter ?? '' }, signal);
    this.save({ sources: content.sources, filter: content.filter });
    return content;
  }

  protected override renderContent(content: RunsContent): TemplateResult {
    const { attributes, notes, more } = content;
    const count = more
      ? l10n.t('{0} runs loaded, the server has more', attributes.length)
      : l10n.t('{0} runs', attributes.length);
    return html`
      <header>
        <div class="heading">
          <h1>${Object.values(content.experimentNames).join(', ')}</h1>
          <p class="dimmed">${[count, ...notes].join(' · ')}</p>
        </div>
        <div class="tools">${this.iconButton('refresh', l10n.t('Refresh'), () => this.act('refresh'))}</div>
      </header>
      ${
        attributes.length === 0
          ? emptyWords(content.filter ? l10n.t('No runs match {0}', content.filter) : l10n.t('No runs'))
          : html`<rs-run-grid .content=${content} .readColumn=${this.readColumn}></rs-run-grid>`
      }
      ${more ? html`<button class="link" @click=${() => void this.loadMore()}>${l10n.t('Load 1,000 more')}</button>` : nothing}
    `;
  }

  private readonly readColumn = (name: Parameters<RunsHost['methods']['column']>[0], signal?: AbortSignal) =>
    this.host.channel.request('column', name, signal);

  private async loadMore(): Promise<void> {
    try {
      this.content = await this.host.channel.request('more', {});
    } catch (error) {
      this.error = error;
    }
  }
}

customElements.define('rs-runs', RunsPageElement);
