import { commands, Uri } from 'vscode';
import { type ArtifactAddress, artifactUriPath } from '../../app/artifactAddress';
import { artifactScheme } from '../../ids';

/** The diff of two artifacts, or the only one, in VS Code's editor. */
export async function openPair(title: string, places: readonly ArtifactAddress[]): Promise<void> {
  const [base, other] = places.map((place) => Uri.from({ scheme: artifactScheme, path: artifactUriPath(place) }));
  if (base && other) await commands.executeCommand('vscode.diff', base, other, title);
  else if (base) await commands.executeCommand('vscode.open', base);
}
