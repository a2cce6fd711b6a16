import { env, Uri } from 'vscode';

/** Opens a web address in the person's browser; a loopback address of a remote machine is forwarded first. */
export async function openExternal(address: string): Promise<void> {
  await env.openExternal(await env.asExternalUri(Uri.parse(address, true)));
}
