import * as l10n from '@vscode/l10n';
import { type Disposable, window, workspace } from 'vscode';
import type { ArtifactAddress } from '../app/artifactAddress';
import { addressOfRef, checksums, type Downloads, downloadName } from '../app/downloads';
import type { RegistrySet } from '../app/registrySet';
import type { Downloaded } from '../domain/download';
import { UserError } from '../domain/errors';
import { formatBytes } from '../domain/format';
import type { Ref } from '../domain/ref';
import { commands } from '../ids';
import { revealFile } from '../platform/external';
import type { Ui } from '../platform/ui';
import type { Selection } from '../platform/selection';
import { addressesOf } from './artifactSubjects';
import { command } from './register';

interface DownloadFaces {
  readonly registries: RegistrySet;
  readonly downloads: Downloads;
  readonly ui: Ui;
  readonly selection: Selection;
  readonly subjects: { version(): Promise<Ref | undefined> };
}

/** Copies of one name that are tried. */
const mostCopies = 100;

/** Download…, Reveal. */
export function registerDownloadCommands(faces: DownloadFaces): Disposable[] {
  const { registries, downloads, ui, selection, subjects } = faces;

  /** What was clicked, else what is selected, else a version that is picked. */
  async function subjectsOf(args: readonly unknown[]): Promise<readonly ArtifactAddress[]> {
    const called = addressesOf(args);
    if (called.length > 0) return called;
    const elements = selection.elements();
    const selected = addressesOf([elements[0], elements]);
    if (selected.length > 0) return selected;
    const version = await subjects.version();
    return version ? [addressOfRef(version)] : [];
  }

  async function downloadAll(args: readonly unknown[]): Promise<void> {
    const addresses = await subjectsOf(args);
    if (addresses.length === 0) return;
    const folder = await ui.pickFile({ title: l10n.t('Download into which folder?'), folder: true });
    if (folder === undefined) return;
    const done: Downloaded[] = [];
    try {
      for (const address of addresses) {
        const downloaded = await downloadOne(address, folder);
        if (downloaded) done.push(downloaded);
      }
    } catch (error) {
      if (done.length === 0) throw error;
      ui.fail(error);
    }
    if (done.length > 0) await tell(done);
  }

  /** What is there already stays; the person may have both. */
  async function downloadOne(address: ArtifactAddress, folder: string): Promise<Downloaded | undefined> {
    const wanted = downloadName(address);
    for (let copy = 1; ; copy++) {
      const name = copy === 1 ? wanted : numbered(wanted, copy);
      try {
        return await ui.progress(l10n.t('Downloading {0}', wanted), (report, signal) =>
          downloads.run(address, { folder, name }, report, signal),
        );
      } catch (error) {
        const isTaken = error instanceof UserError && error.kind === 'conflict' && copy < mostCopies;
        if (!isTaken) throw error;
        if (copy === 1 && !(await confirmBoth(wanted, folder))) return undefined;
      }
    }
  }

  function confirmBoth(name: string, folder: string): Promise<boolean> {
    const detail = l10n.t('It stays as it is; the download gets a number.');
    return ui.confirm(l10n.t('"{0}" is in {1} already.', name, folder), { detail, action: l10n.t('Keep Both') });
  }

  async function tell(done: readonly Downloaded[]): Promise<void> {
    const [reveal, show] = [l10n.t('Reveal'), l10n.t('Show Checksums')];
    const chosen = await ui.inform(summary(done), reveal, show);
    if (chosen === show) await showChecksums(done);
    if (chosen === reveal && done[0]) await revealFile(done[0].target, ui);
  }

  async function reveal(args: readonly unknown[]): Promise<void> {
    const [address] = await subjectsOf(args);
    if (!address) return;
    const { registry, ...query } = address;
    const { uri, localPath } = await registries.get(registry).artifacts.locate(query);
    if (localPath === undefined) throw elsewhere(uri, address);
    await revealFile(localPath, ui);
  }

  return [
    command(commands.download, ui, (...args) => downloadAll(args)),
    command(commands.revealArtifact, ui, (...args) => reveal(args)),
  ];
}

function numbered(name: string, copy: number): string {
  const [, stem = name, end = ''] = /^(.+?)(\.[a-z]\w{0,9})?$/i.exec(name) ?? [];
  return `${stem} (${copy})${end}`;
}

function summary(done: readonly Downloaded[]): string {
  const files = done.flatMap((one) => one.files);
  const bytes = formatBytes(done.reduce((sum, one) => sum + one.bytes, 0));
  const [only, second] = files;
  if (!only || second) return l10n.t('Downloaded {0} files, {1}', files.length, bytes);
  const name = only.path.slice(only.path.lastIndexOf('/') + 1);
  return only.verified
    ? l10n.t('Downloaded {0}, {1}; its checksum is the one that the server sent. SHA-256 {2}', name, bytes, only.sha256)
    : l10n.t('Downloaded {0}, {1}. SHA-256 {2}', name, bytes, only.sha256);
}

async function showChecksums(done: readonly Downloaded[]): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ content: checksums(done) }));
}

function elsewhere(uri: string, address: ArtifactAddress): UserError {
  return new UserError('unsupported', l10n.t('The artifacts lie at "{0}", not on this machine.', uri), {
    next: l10n.t('Download them.'),
    command: { id: commands.download, args: [address] },
  });
}
