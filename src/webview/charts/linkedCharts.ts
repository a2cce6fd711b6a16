import { html, LitElement, type TemplateResult } from 'lit';

/** A chart that follows what is pointed at in its neighbours. */
interface Linked extends Element {
  cursor: number | undefined;
  highlighted: number | undefined;
}

/** Holds charts of the same items: the place and the item that are pointed at in one are shown in all. */
class LinkedCharts extends LitElement {
  constructor() {
    super();
    this.addEventListener('cursor', (event) => this.tell({ cursor: detailOf(event) }));
    this.addEventListener('highlight', (event) => this.tell({ highlighted: detailOf(event) }));
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  private tell(change: Partial<Pick<Linked, 'cursor' | 'highlighted'>>): void {
    for (const chart of this.querySelectorAll<Linked>('rs-metric-chart')) Object.assign(chart, change);
  }
}

function detailOf(event: Event): number | undefined {
  return (event as CustomEvent<number | undefined>).detail;
}

customElements.define('rs-linked-charts', LinkedCharts);
