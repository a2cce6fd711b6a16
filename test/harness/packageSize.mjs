// @ts-check
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { inRepo } from './paths.mjs';
import { writeResults } from './results.mjs';

const limit = 1.5;
/** KB; a parser that is imported as it stands would be a third of it (esbuild.js, filesApart). */
const largestBundle = 300;
const native = /\.(node|so|dll|dylib|exe)(\.\d+)*$/i;

/**
 * Names in a zip, from its central directory (PKWARE's APPNOTE 4.3.12).
 * @param {Buffer} zip
 */
function namesInZip(zip) {
  const names = [];
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    names.push(zip.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}

/** @returns {{title: string, error: string | undefined}[]} one per thing that was looked at */
function checkPackage() {
  const file = inRepo('out', 'ringside.vsix');
  rmSync(file, { force: true });
  execFileSync('npm', ['run', '--silent', 'package'], { cwd: inRepo(), stdio: 'inherit' });
  const megabytes = statSync(file).size / 1024 / 1024;
  const natives = namesInZip(readFileSync(file)).filter((name) => native.test(name));
  const kilobytes = statSync(inRepo('dist', 'extension.js')).size / 1024;
  console.log(`${file}: ${megabytes.toFixed(2)} MB`);
  return [
    {
      title: 'the .vsix has at most 1.5 MB',
      error: megabytes > limit ? `It has ${megabytes.toFixed(2)} MB.` : undefined,
    },
    {
      title: 'what every window loads has at most 300 KB',
      error: kilobytes > largestBundle ? `dist/extension.js has ${kilobytes.toFixed(0)} KB.` : undefined,
    },
    { title: 'the .vsix has no native file', error: natives.length > 0 ? natives.join('\n') : undefined },
  ];
}

const checks = checkPackage();
const failures = checks.flatMap(({ title, error }) => (error === undefined ? [] : [{ title, error }]));
writeResults({
  suite: process.env['RINGSIDE_SUITE'] ?? 'package',
  passed: checks.length - failures.length,
  failed: failures.length,
  failures,
});
process.exit(failures.length === 0 ? 0 : 1);
