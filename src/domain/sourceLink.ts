/**
 * The web page of a commit at its host, from the tag `mlflow.source.git.repoURL`: an address or git's short form
 * (`git@host:owner/repo.git`). Credentials in it are left out; what is no address of a server gives nothing.
 */
export function commitUrl(repository: string | undefined, commit: string): string | undefined {
  if (!/^[0-9a-f]{7,64}$/i.test(commit)) return undefined;
  const [, host, path] = placeOf(repository?.trim() ?? '') ?? [];
  if (!host || !path) return undefined;
  return `https://${host}/${path}${commitPath(host)}${commit}`;
}

function placeOf(repository: string): RegExpExecArray | null {
  const [place, end] = ['([a-z0-9.-]+(?::\\d+)?)', '([\\w./~-]+?)(?:\\.git)?/?$'];
  const address = new RegExp(`^(?:https?|ssh|git)://(?:[^@/]*@)?${place}/${end}`, 'i');
  const short = new RegExp(`^(?:[\\w.-]+@)${place}:${end}`, 'i');
  return address.exec(repository) ?? short.exec(repository);
}

/** GitHub's own, Gitea's and Azure's are the same. */
function commitPath(host: string): string {
  if (/(^|\.)gitlab\./i.test(host)) return '/-/commit/';
  return /(^|\.)bitbucket\.org$/i.test(host) ? '/commits/' : '/commit/';
}
