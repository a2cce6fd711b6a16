// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inCache } from '../paths.mjs';
import { makeEnvironment } from './pythonPackages.mjs';

const packages = ['mlflow==3.17.2', 'boto3==1.44.8', 'moto[server]==5.2.5'];
const home = inCache('mlflow', 's3');

/** The Python of an MLflow that can keep artifacts on S3, with the stand-in for S3. */
export const s3Python = path.join(home, 'bin', 'python');

/** @type {import('./steps.mjs').Step} */
export const mlflowOnS3 = {
  id: 'mlflow-s3',
  title: 'MLflow with a stand-in for S3',
  after: ['system'],
  async run({ say, signal }) {
    const mark = path.join(home, 'ringside-complete');
    const wanted = packages.join(' ');
    if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return 'there already';
    const todo = 'look at the lines above.';
    const by = await makeEnvironment(home, packages, { say, signal, todo, log: 'mlflow-s3' });
    writeFileSync(mark, wanted);
    return by;
  },
};
