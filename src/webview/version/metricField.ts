import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';

/** Longer lists are typed into rather than scrolled. */
const longestMenu = 50;

/** Chooses one of the metrics; a name that none has is put back. */
export function metricField(keys: readonly string[], chosen: string, choose: (key: string) => void): TemplateResult {
  const label = l10n.t('Metric over versions');
  const onChange = ({ target }: Event): void => {
    const field = target as HTMLInputElement | HTMLSelectElement;
    if (keys.includes(field.value)) choose(field.value);
    else field.value = chosen;
  };
  if (keys.length <= longestMenu) {
    return html`<select aria-label=${label} @change=${onChange}>
      ${keys.map((key) => html`<option .value=${key} ?selected=${key === chosen}>${key}</option>`)}
    </select>`;
  }
  // Emptied on focus: a list offers only what contains the text that is there.
  const empty = ({ target }: Event): void => void ((target as HTMLInputElement).value = '');
  const restore = ({ target }: Event): void => void ((target as HTMLInputElement).value ||= chosen);
  return html`<input
      class="filter"
      list="metric-keys"
      spellcheck="false"
      aria-label=${label}
      title=${l10n.t('Type a part of the name of one of {0} metrics', keys.length)}
      .value=${chosen}
      placeholder=${chosen}
      @focus=${empty}
      @blur=${restore}
      @change=${onChange}
    />
    <datalist id="metric-keys">${keys.map((key) => html`<option value=${key}></option>`)}</datalist>`;
}
