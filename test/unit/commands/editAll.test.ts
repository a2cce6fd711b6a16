import assert from 'node:assert/strict';
import type { Edit, Edits } from '../../../src/app/edits';
import { editAll } from '../../../src/commands/editAll';
import type { Work } from '../../../src/platform/ui';
import { ScriptedUi } from '../../host/scriptedUi';

describe('Changing a few things at once', () => {
  it('shows what lasts without a Cancel that would stop nothing', async () => {
    let shown: () => void = () => undefined;
    const lasting = new Promise<void>((resolve) => (shown = resolve));
    class SeenUi extends ScriptedUi {
      override progress<T>(title: string, work: Work<T>, options?: { readonly cancellable: boolean }): Promise<T> {
        shown();
        return super.progress(title, work, options);
      }
    }
    const edit: Edit = {
      ref: { kind: 'experiment', registry: 'r', id: '1' },
      field: { kind: 'lifecycle' },
      name: 'e1',
      from: 'active',
      to: 'deleted',
    };
    const settled = { done: [edit], failed: [], left: 0 };
    const edits: Pick<Edits, 'previewAll' | 'applyAll'> = {
      previewAll: () => Promise.resolve(settled),
      applyAll: () => lasting.then(() => settled),
    };
    const ui = new SeenUi();
    await editAll(edits as Edits, ui, [edit], { working: 'Deleting', done: () => 'Deleted' });
    assert.deepEqual([ui.unstoppable, ui.said], [['Deleting'], ['Deleted']]);
  });
});
