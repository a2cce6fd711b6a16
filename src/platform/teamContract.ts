import * as l10n from '@vscode/l10n';
import {
  Diagnostic,
  EventEmitter,
  languages,
  Position,
  Range,
  RelativePattern,
  type Uri,
  Uri as Uris,
  window,
  workspace,
  WorkspaceEdit,
  type WorkspaceFolder,
} from 'vscode';
import type { ContractProblem, ParsedContract } from '../config/contractFile';
import { type Contract, noContract } from '../domain/contract';
import { UserError } from '../domain/errors';
import type { Disposable } from '../domain/ports';

const fileName = 'ringside.yaml';

/** The team's `ringside.yaml` at the root of the first workspace folder that has one; its faults are problems in the editor. */
export class TeamContract implements Disposable {
  private readonly problems = languages.createDiagnosticCollection('ringside');
  private readonly didChange = new EventEmitter<void>();
  private readonly disposables: Disposable[] = [this.problems, this.didChange];
  /** By the folder that each watches. */
  private readonly watchers = new Map<string, Disposable>();
  private reading: Promise<Contract> | undefined;
  private found: readonly ContractProblem[] = [];
  private watched = false;

  readonly onDidChange = this.didChange.event;

  /** What the file says now; watches it from the first call on. Never rejects: a file that cannot be read says nothing. */
  get(): Promise<Contract> {
    this.watch();
    return (this.reading ??= this.read().catch(() => noContract));
  }

  /** What is wrong in the file. */
  async faults(): Promise<readonly ContractProblem[]> {
    await this.get();
    return this.found;
  }

  /** Shows the first fault in the editor. */
  async open(): Promise<void> {
    const known = await this.find();
    const [fault] = await this.faults();
    const start = new Position(fault?.start.line ?? 0, fault?.start.column ?? 0);
    if (known) await window.showTextDocument(known.file, { selection: new Range(start, start) });
  }

  dispose(): void {
    for (const disposable of [...this.disposables, ...this.watchers.values()]) disposable.dispose();
  }

  /** Writes through the editor, so that a file that is open there with changes keeps them, and Undo takes it back. */
  async change(edit: (text: string) => string): Promise<void> {
    const [first] = workspace.workspaceFolders ?? [];
    if (!first) {
      throw new UserError('unsupported', l10n.t('ringside.yaml lies in the folder that is open, and none is.'), {
        next: l10n.t('Open the folder of your project first.'),
      });
    }
    const known = await this.find();
    const file = known?.file ?? Uris.joinPath(first.uri, fileName);
    const change = new WorkspaceEdit();
    if (known) {
      const document = await workspace.openTextDocument(file);
      change.replace(file, new Range(0, 0, document.lineCount, 0), edit(document.getText()));
    } else {
      change.createFile(file, { contents: new TextEncoder().encode(edit('')) });
    }
    const done = await workspace.applyEdit(change);
    const saved = done && (!known || (await (await workspace.openTextDocument(file)).save()));
    if (!saved) throw new UserError('conflict', l10n.t('ringside.yaml could not be written.'));
  }

  private async read(): Promise<Contract> {
    this.problems.clear();
    this.found = [];
    const found = await this.find();
    return found ? this.take(found.file, new TextDecoder().decode(found.bytes)) : noContract;
  }

  private async find(): Promise<{ readonly file: Uri; readonly bytes: Uint8Array } | undefined> {
    for (const { uri } of workspace.workspaceFolders ?? []) {
      const file = Uris.joinPath(uri, fileName);
      const bytes = await workspace.fs.readFile(file).then(
        (read) => read,
        () => undefined,
      );
      if (bytes) return { file, bytes };
    }
    return undefined;
  }

  private async take(file: Uri, text: string): Promise<Contract> {
    // Most people have no such file: the parser is a chunk of its own.
    const { parseContract } = await import('../config/contractFile');
    const { contract, problems } = parseContract(text);
    this.found = problems;
    this.problems.set(file, problems.map(diagnosticOf));
    return contract;
  }

  private watch(): void {
    if (this.watched) return;
    this.watched = true;
    for (const folder of workspace.workspaceFolders ?? []) this.follow(folder);
    this.disposables.push(
      workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const folder of removed) this.leave(folder);
        for (const folder of added) this.follow(folder);
        this.forget();
      }),
    );
  }

  private follow(folder: WorkspaceFolder): void {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, fileName));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) event(() => this.forget());
    this.watchers.set(folder.uri.toString(), watcher);
  }

  private leave({ uri }: WorkspaceFolder): void {
    this.watchers.get(uri.toString())?.dispose();
    this.watchers.delete(uri.toString());
  }

  private forget(): void {
    this.reading = undefined;
    this.didChange.fire();
  }
}

function diagnosticOf({ message, start, end }: ParsedContract['problems'][number]): Diagnostic {
  const diagnostic = new Diagnostic(new Range(start.line, start.column, end.line, end.column), message);
  diagnostic.source = 'Ringside';
  return diagnostic;
}
