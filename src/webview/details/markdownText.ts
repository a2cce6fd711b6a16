import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { baseStyles } from '../shared/styles';
import { markdownStyles } from './markdownStyles';

/** Markdown as a person reads it. The renderer is loaded with the first text; until then, the text itself stands there. */
class MarkdownText extends LitElement {
  static override readonly properties = { text: { attribute: false }, body: { state: true } };
  declare text: string;
  declare private body: TemplateResult | undefined;

  static override readonly styles = [baseStyles, markdownStyles];

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('text')) void this.draw(this.text);
  }

  protected override render(): TemplateResult {
    return this.body ?? html`<p class="text">${this.text}</p>`;
  }

  private async draw(text: string): Promise<void> {
    const { renderMarkdown } = await import('./markdown');
    if (text === this.text) this.body = renderMarkdown(text);
  }
}

customElements.define('rs-markdown', MarkdownText);
