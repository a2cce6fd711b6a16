import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Artifact } from '../../domain/artifact';
import type { ArtifactFolder } from '../../domain/runPage';
import type { ArtifactAction, ArtifactPlace } from '../../panels/details.messages';
import './artifactPreview';
import type { ReadPreview } from './artifactPreview';
import './artifactTree';

/** Artifacts as a tree, and beside it (below it where that is narrow) what the chosen one holds. */
class ArtifactBrowser extends LitElement {
  static override readonly properties = {
    folders: { attribute: false },
    version: { attribute: false },
    shown: { attribute: false },
    unfolded: { attribute: false },
    list: { attribute: false },
    preview: { attribute: false },
    act: { attribute: false },
    canReveal: { attribute: false },
  };
  declare folders: readonly ArtifactFolder[];
  declare version: number;
  /** The artifact whose preview is open. */
  declare shown: ArtifactPlace | undefined;
  declare unfolded: readonly ArtifactPlace[] | undefined;
  declare list: (place: ArtifactPlace) => Promise<readonly Artifact[]>;
  declare preview: ReadPreview;
  declare act: (place: ArtifactPlace & { readonly action: ArtifactAction }) => void;
  declare canReveal: boolean;

  static override readonly styles = css`
    :host {
      display: block;
      container-type: inline-size;
    }
    .both {
      display: grid;
      grid-template-columns: minmax(260px, 2fr) 3fr;
      gap: 16px;
      align-items: start;
    }
    @container (max-width: 700px) {
      .both {
        grid-template-columns: minmax(0, 1fr);
      }
    }
    .both > * {
      min-width: 0;
    }
  `;

  protected override render(): TemplateResult {
    const { shown } = this;
    return html`<div class=${shown ? 'both' : ''}>
      <rs-artifact-tree
        .folders=${this.folders}
        .version=${this.version}
        .shown=${shown}
        .unfolded=${this.unfolded}
        .list=${this.list}
        .act=${this.act}
        .canReveal=${this.canReveal}
        @choose=${({ detail }: CustomEvent<ArtifactPlace>) => this.choose(detail)}
        @unfold=${({ detail }: CustomEvent<readonly ArtifactPlace[]>) => this.dispatchEvent(new CustomEvent('unfold', { detail }))}
      ></rs-artifact-tree>
      ${
        shown
          ? html`<rs-artifact-preview
              .place=${shown}
              .version=${this.version}
              .read=${this.preview}
              .act=${this.act}
              .canReveal=${this.canReveal}
              @close=${() => this.choose(undefined)}
            ></rs-artifact-preview>`
          : nothing
      }
    </div>`;
  }

  private choose(detail: ArtifactPlace | undefined): void {
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }
}

customElements.define('rs-artifact-browser', ArtifactBrowser);
