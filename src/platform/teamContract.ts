import {
  Diagnostic,
  EventEmitter,
  languages,
  Range,
  RelativePattern,
  type Uri,
  Uri as Uris,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import type { ParsedContract } from '../config/contractFile';
import { type Contract, noContract } from '../domain/contract';
import type { Disposable } from '../domain/ports';

const fileName = 'ringside.yaml';

/** The team's `ringside.yaml` at the root of the first workspace folder that has one; its faults are problems in the editor. */
export class TeamContract implements Disposable {
  private readonly problems = languages.createDiagnosticCollection('ringside');
  private readonly didChange = new EventEmitter<void>();
  private readonly disposables: Disposable[] = [this.problems, this.didChange];
  private reading: Promise<Contract> | undefined;
  private watched = false;

  readonly onDidChange = this.didChange.event;

  /** What the file says now; watches it from the first call on. Never rejects: a file that cannot be read says nothing. */
  get(): Promise<Contract> {
    this.watch();
    return (this.reading ??= this.read().catch(() => noContract));
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async read(): Promise<Contract> {
    this.problems.clear();
    for (const { uri } of workspace.workspaceFolders ?? []) {
      const file = Uris.joinPath(uri, fileName);
      const bytes = await workspace.fs.readFile(file).then(
        (found) => found,
        () => undefined,
      );
      if (bytes) return this.take(file, new TextDecoder().decode(bytes));
    }
    return noContract;
  }

  private async take(file: Uri, text: string): Promise<Contract> {
    // Most people have no such file: the parser is a chunk of its own.
    const { parseContract } = await import('../config/contractFile');
    const { contract, problems } = parseContract(text);
    this.problems.set(file, problems.map(diagnosticOf));
    return contract;
  }

  private watch(): void {
    if (this.watched) return;
    this.watched = true;
    const follow = (folder: WorkspaceFolder): void => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, fileName));
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) event(() => this.forget());
      this.disposables.push(watcher);
    };
    for (const folder of workspace.workspaceFolders ?? []) follow(folder);
    this.disposables.push(
      workspace.onDidChangeWorkspaceFolders(({ added }) => {
        added.forEach(follow);
        this.forget();
      }),
    );
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
