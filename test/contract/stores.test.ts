import assert from 'node:assert/strict';
import { artifacts } from './artifacts';
import { Backends, hasRegistry, isAsInWindow, kinds, type Opened } from './backends';
import { changes } from './changes';
import { commandLine } from './commandLine';
import { concurrentWrites } from './concurrentWrites';
import { frames } from './frames';
import { framesOfSqlite } from './framesOfSqlite';
import { manyRowsOfSqlite } from './manyRowsOfSqlite';
import { modelWrites } from './modelWrites';
import { features, has } from './mlflow';
import { reads } from './reads';
import { runWrites } from './runWrites';
import { traps } from './traps';
import { trapsOfFiles } from './trapsOfFiles';
import { trapsOfSqlite } from './trapsOfSqlite';
import { writes } from './writes';

/** All readings come before the first write, so that they can be held against what the client read at the start. */
const readings = [
  { title: 'reads', tests: reads },
  { title: 'frames', tests: frames },
  { title: 'artifacts', tests: artifacts },
  { title: 'traps', tests: traps },
];
const writings = [
  { title: 'command line', tests: commandLine },
  { title: 'writes', tests: writes },
  { title: 'changes', tests: changes },
  { title: 'model writes', tests: modelWrites },
  { title: 'run writes', tests: runWrites },
  { title: 'writes of two', tests: concurrentWrites },
];

describe('Every backend reads and writes what MLflow’s own client does', function () {
  this.timeout(180_000);
  const backends = new Backends();
  before(() => backends.make());
  after(() => backends.dispose());

  for (const { name, tests } of [
    { name: 'sqlite', tests: trapsOfSqlite },
    { name: 'sqlite', tests: manyRowsOfSqlite },
    { name: 'sqlite', tests: framesOfSqlite },
    { name: 'files', tests: trapsOfFiles },
  ] as const) {
    if (!kinds.some((kind) => kind.name === name)) continue;
    describe(`${name}: traps of changed stores`, () => {
      tests(() => backends.backend(name));
    });
  }

  it('the MLflow under test has the parts that its release is known for', () => {
    for (const { reading } of backends.all())
      for (const feature of features) assert.equal(reading.features[feature], has(feature), feature);
  });

  for (const { title, tests } of [...readings, ...writings]) {
    for (const { name, worker } of kinds) {
      if ((tests === writes || tests === modelWrites) && !hasRegistry(name)) continue;
      // A process of its own, which has no worker.
      if (tests === commandLine && worker) continue;
      // A server is always asked from the calling thread: its worker parses the bodies of readings alone.
      if (name === 'rest' && worker && writings.some((group) => group.tests === tests)) continue;
      describe(`${name}${worker ? ' in a worker' : ''}: ${title}`, () => {
        let opened: Opened | undefined;
        before(() => {
          opened = backends.open(name, worker);
        });
        after(() => opened?.registry.dispose());
        tests(name, () => opened!, isAsInWindow(name, worker));
      });
    }
  }
});
