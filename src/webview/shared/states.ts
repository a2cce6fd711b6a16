import * as l10n from '@vscode/l10n';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { UserError } from '../../domain/errors';
import { baseStyles } from './styles';

/** The 2 px line at the top while something is read; nothing for the first 200 ms (design.md, States). */
class ProgressLine extends LitElement {
  static override readonly styles = css`
    :host {
      position: fixed;
      inset: 0 0 auto;
      height: 2px;
      overflow: hidden;
      z-index: 10;
      visibility: hidden;
      animation: appear 0s 200ms forwards;
    }
    div {
      width: 20%;
      height: 100%;
      background: var(--vscode-progressBar-background);
      animation: run 1.6s linear infinite;
    }
    @keyframes appear {
      to {
        visibility: visible;
      }
    }
    @keyframes run {
      from {
        transform: translateX(-100%);
      }
      to {
        transform: translateX(600%);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      div {
        width: 100%;
        animation: none;
      }
    }
  `;

  protected override render(): TemplateResult {
    return html`<div role="progressbar" aria-label=${l10n.t('Loading')}></div>`;
  }
}

/** What went wrong, what to do, one button; "Show log" as link. */
class ErrorWords extends LitElement {
  static override readonly properties = { error: { attribute: false }, small: { type: Boolean } };
  declare error: unknown;
  declare small: boolean;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      p {
        max-width: 70ch;
        overflow-wrap: anywhere;
      }
      .actions {
        display: flex;
        gap: 12px;
        align-items: center;
        margin-top: 8px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { error } = this;
    return html`
      <p role="alert">${error instanceof UserError ? error.text : bugText(error)}</p>
      <div class="actions">
        ${
          this.small
            ? html`<button class="link" @click=${() => this.tell('retry')}>${l10n.t('Retry')}</button>`
            : html`<button class="primary" @click=${() => this.tell('retry')}>${l10n.t('Retry')}</button>`
        }
        <button class="link" @click=${() => this.tell('show-log')}>${l10n.t('Show log')}</button>
      </div>
    `;
  }

  private tell(name: 'retry' | 'show-log'): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}

function bugText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return l10n.t('Ringside failed here, which is a bug: {0}', message);
}

export function emptyWords(sentence: string): TemplateResult {
  return html`<p class="dimmed">${sentence}</p>`;
}

customElements.define('rs-progress', ProgressLine);
customElements.define('rs-error', ErrorWords);
