import { commands, type Event, extensions, type Uri } from 'vscode';

/* What is used of the git extension's API, version 1 (microsoft/vscode, extensions/git/src/api/git.d.ts). */
interface GitChange {
  readonly uri: Uri;
  readonly originalUri: Uri;
  readonly status: number;
}

interface GitRepository {
  getCommit(ref: string): Promise<unknown>;
  diffBetween(ref1: string, ref2: string): Promise<GitChange[]>;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: Event<'uninitialized' | 'initialized'>;
  readonly repositories: readonly GitRepository[];
  toGitUri(uri: Uri, ref: string): Uri;
}

/** INDEX_ADDED; INDEX_DELETED and DELETED. */
const added = [1];
const deleted = [2, 6];

/** ms that git may take to find the workspace's repositories, where nobody asked it before. */
const patience = 3000;

/** Right after its start git knows no repository yet. */
async function found({ state, onDidChangeState }: GitApi): Promise<void> {
  if (state === 'initialized') return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => done(), patience);
    const subscription = onDidChangeState(() => done());
    const done = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
  });
}

/** What changed between two commits that a repository of the workspace holds. */
export class CodeDiff {
  private constructor(
    private readonly git: GitApi,
    private readonly commits: readonly [string, string],
    private readonly changes: readonly GitChange[],
  ) {}

  /** Nothing where there is no git, or no repository that has both. */
  static async between(base: string, other: string): Promise<CodeDiff | undefined> {
    const extension = extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
    // Both come from a store: nothing but a hash may reach git's command line.
    if (!extension || ![base, other].every((commit) => /^[0-9a-f]{7,64}$/i.test(commit))) return undefined;
    try {
      const git = (await extension.activate()).getAPI(1);
      await found(git);
      for (const repository of git.repositories) {
        const has = (commit: string) =>
          repository.getCommit(commit).then(
            () => true,
            () => false,
          );
        if (!(await has(base)) || !(await has(other))) continue;
        return new CodeDiff(git, [base, other], await repository.diffBetween(base, other));
      }
    } catch {
      // Git is switched off, or not installed: as if there were no repository.
    }
    return undefined;
  }

  get files(): number {
    return this.changes.length;
  }

  /** All changed files in one editor. */
  async open(title: string): Promise<void> {
    const [base, other] = this.commits;
    const resources = this.changes.map(({ uri, originalUri, status }) => [
      uri,
      added.includes(status) ? undefined : this.git.toGitUri(originalUri, base),
      deleted.includes(status) ? undefined : this.git.toGitUri(uri, other),
    ]);
    await commands.executeCommand('vscode.changes', title, resources);
  }
}
