import assert from 'node:assert/strict';
import { Oracle } from '../../contract/oracle';
import type { Workbench } from './workbench';

/** A window that somebody looks at while somebody else works on its store with MLflow's own client. */
export class Elsewhere {
  private readonly client: Oracle;

  /** `uri` of the store; `name` of what is made there; `folder` for the client to work in. */
  constructor(
    private readonly window: Workbench,
    private readonly uri: string,
    private readonly name: string,
    folder: string,
  ) {
    this.client = new Oracle(folder);
  }

  /** An experiment with a run, and a model with two versions. */
  async begin(): Promise<void> {
    await this.change('begin');
  }

  /** A metric and an alias are shown, and what was selected and unfolded stays so; how soon, the contract suite holds. */
  async changesAreShown(): Promise<void> {
    const { window, name } = this;
    const experiment = window.row('Experiments', new RegExp(`^seen ${name}`));
    await window.expand(experiment);
    await window.expand(window.row('Models', new RegExp(`^seen-${name}`)));
    await window.row('Models', /^Version 1, @champion/).waitFor();
    await window.row('Experiments', /^Run first, running · loss 1 /).click();
    const run = window.row('Experiments', /^Run first, running · loss 0\.5/);
    await this.change('metric');
    await run.waitFor();
    await this.change('alias');
    await window.row('Models', /^Version 2, @champion/).waitFor();
    await run.and(window.page.locator('[aria-selected=true]')).waitFor();
    assert.equal(await experiment.getAttribute('aria-expanded'), 'true');
  }

  leave(): void {
    this.client.dispose();
  }

  /** What changes.py calls it. */
  private async change(what: string): Promise<void> {
    await this.client.ask('change', this.uri, what, this.name);
  }
}
