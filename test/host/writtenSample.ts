import * as assert from 'node:assert/strict';
import type { Registry } from '../../src/domain/ports';
import { type Ref, versionOf } from '../../src/domain/ref';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { elementAt } from './treeText';
import { ownSample, showOwnStores, showsFirst, showStore, trees, until } from './window';

/** A copy of the sample that commands write to, and that is read beside them as a colleague would. */
export class WrittenSample {
  private constructor(
    readonly name: string,
    readonly other: Registry,
  ) {}

  /** Shown in the window until `dispose`; `prepare` gets its folder before. */
  static async show(name: string, prepare: (folder: string) => void = () => undefined): Promise<WrittenSample> {
    const { uri, folder } = await ownSample();
    prepare(folder);
    const other = openRegistry({ name: 'other', trackingUri: uri }, { local: openLocal });
    await showStore(name, uri);
    await until(async () => {
      const [first] = await (await trees()).models.getChildren();
      return first?.kind === 'model' && first.ref.registry === name;
    });
    return new WrittenSample(name, other);
  }

  async dispose(): Promise<void> {
    this.other.dispose();
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
  }

  /** The ref of a row of the Models view. */
  async model(...labels: readonly string[]): Promise<Ref> {
    const { ref } = await elementAt((await trees()).models, ...labels);
    assert.ok(ref);
    return ref;
  }

  /** The ref of a row of the Experiments view. */
  async experiment(...labels: readonly string[]): Promise<Ref> {
    const { ref } = await elementAt((await trees()).experiments, ...labels);
    assert.ok(ref);
    return ref;
  }

  async sourceRun(model: string, version: string): Promise<Ref> {
    const { runId } = await this.other.models.version(versionOf(await this.model(model, version)));
    return { kind: 'run', registry: this.name, id: runId };
  }
}
