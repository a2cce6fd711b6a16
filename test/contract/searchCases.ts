import fc, { type Arbitrary } from 'fast-check';
import type { SearchScope } from '../../src/domain/searchFields';
import { absent, equals, fieldOf, joined, keyed, listed, mostly, numeric, oneOf } from './searchWords';
import { slipped, texts, textual, textValue } from './searchWords';

/*
 * Searches over what make_search_store.py fills a store with. A run's id differs from store to store: `«3»` stands for
 * that of run 3.
 */

export interface SearchCase {
  readonly scope: SearchScope;
  readonly filter: string;
  readonly orderBy: readonly string[];
}

const metrics = ['auc', 'auc', 'val/loss', 'val/loss', '1st', 'f1 score', 'gone'];
const params = { model: texts, depth: ['0', '1', '2', '3'], 'opt.lr': ['0.1', '1e-3', ' .5', 'auto'], gone: texts };
const tags = {
  team: ['red', 'Red', 'blue', 'grün'],
  'a b/c': texts,
  Ключ: ['nnc', 'dellac'],
  'mlflow.runName': ['Run 1', 'Run 3', 'Run 7'],
  gone: texts,
};
const datasets = { name: ['bees 0', 'bees 1', 'wasps'], digest: ['d1', 'd3', '1e5'], context: ['train', 'Eval'] };
const tagPrefixes = ['tags', 'tags', 'tag'];
const runIds = ['«0»', '«3»', '«8»', '«15»', '«21»'];
const times = mostly(
  oneOf('1700000000000', '1700000003000', '1700000010500', '1700000004000.5', '0'),
  15,
  oneOf("'1'"),
);

const attribute = (...names: readonly string[]): Arbitrary<string> =>
  fc.tuple(oneOf('', '', 'attributes.', 'attribute.', 'attr.', 'run.'), oneOf(...names)).map((parts) => parts.join(''));

/** An attribute of anything but a run. */
const own = (...names: readonly string[]): Arbitrary<string> =>
  fc
    .tuple(oneOf('', '', 'attribute.'), mostly(oneOf(...names), 25, oneOf('nothing', `\`${names[0]}\``)))
    .map((parts) => parts.join(''));

const runTexts = fc.oneof(
  textual(attribute('run_name', 'run name', '`Run Name`'), tags['mlflow.runName']),
  textual(attribute('status'), ['FINISHED', 'FAILED', 'KILLED', 'RUNNING', 'finished']),
  textual(attribute('user_id', 'artifact_uri'), ['root', 'mlruns/', 'artifacts']),
  textual(attribute('run_id'), runIds),
);

const comparisons: Readonly<Record<SearchScope, Arbitrary<string>>> = {
  runs: fc.oneof(
    { weight: 5, arbitrary: numeric(fieldOf(['metrics', 'metrics', 'metric'], metrics)) },
    { weight: 5, arbitrary: keyed(['params', 'params', 'param', 'parameter', 'parameters'], params) },
    { weight: 5, arbitrary: keyed(tagPrefixes, tags) },
    {
      weight: 3,
      arbitrary: absent(fc.oneof(fieldOf(['params'], Object.keys(params)), fieldOf(tagPrefixes, ['a b/c', 'gone']))),
    },
    { weight: 1, arbitrary: absent(oneOf('metrics.auc', 'end_time')) },
    { weight: 4, arbitrary: runTexts },
    { weight: 2, arbitrary: listed(attribute('run_id', 'run_id', 'run_id', 'status'), runIds) },
    { weight: 3, arbitrary: numeric(attribute('start_time', 'end_time', 'created', 'Created'), times) },
    { weight: 4, arbitrary: keyed(['datasets', 'dataset'], datasets) },
    {
      weight: 2,
      arbitrary: listed(fieldOf(['datasets'], ['name', 'name', 'context', 'profile']), ['bees 0', 'wasps', 'train']),
    },
  ),
  experiments: fc.oneof(
    textual(own('name'), ['vision/cnn', 'Vision/CNN', 'nlp', '100% sure', 'naïve', 'x', 'Default']),
    keyed(tagPrefixes, { owner: ['ana', 'Ana', 'bob'], note: ['CNN', "it's", 'first\nsecond'] }),
    absent(fieldOf(tagPrefixes, ['owner', 'note', 'gone'])),
    numeric(
      own('creation_time', 'last_update_time'),
      mostly(oneOf('0', '1700000000000', '99999999999999'), 8, oneOf('1.5', "'1'")),
    ),
    listed(own('experiment_id', 'experiment_id', 'name'), ['0', '1', '2', 'x']),
    joined(own('experiment_id'), equals, textValue(['0', '1', '2'])),
  ),
  models: fc.oneof(
    textual(own('name'), ['tumour', 'Tumour', 'wine 2', 'naïve', 'a_b', '100', 'idle', 'a-prompt']),
    keyed(tagPrefixes, { team: ['red', 'Red', 'blue'], note: ['CNN', "it's", 'first\nsecond'] }),
    joined(fieldOf(tagPrefixes, ['mlflow.prompt.is_prompt']), equals, textValue(['true', 'false'])),
    listed(own('name'), ['tumour', 'idle', 'x']),
    absent(fieldOf(tagPrefixes, ['team'])),
  ),
  versions: fc.oneof(
    textual(own('name'), ['tumour', 'Tumour', 'wine 2', 'naïve', '100']),
    textual(own('source_path'), ['s3://bucket/wi/1', 's3://bucket/Tu/0']),
    textual(own('run_id'), ['«2»', '«3»', '']),
    keyed(tagPrefixes, { stage: ['dev', 'Dev', 'prod'], note: ["it's", 'ÄÖ näïve', '🚀 launch'] }),
    listed(own('name', 'name', 'run_id', 'source_path', 'version_number'), ['tumour', 'wine 2', '«2»', '«3»']),
    numeric(own('version_number'), mostly(oneOf('1', '2', '3', '-1', "'2'"), 10, oneOf("'x'", '1.5'))),
  ),
};

const ands = mostly(oneOf(' AND ', ' and ', '\nAND\t', ' AND '), 25, oneOf(' ', ' AND AND ', ', ', ' && ', ' OR '));

const conjunction = (scope: SearchScope): Arbitrary<string> =>
  fc
    .tuple(
      comparisons[scope],
      fc.oneof(
        { weight: 5, arbitrary: oneOf<readonly [string, string][]>([]) },
        { weight: 4, arbitrary: fc.array(fc.tuple(ands, comparisons[scope]), { minLength: 1, maxLength: 2 }) },
      ),
    )
    .map(([first, others]) => first + others.flat().join(''));

const orderable: Readonly<Record<SearchScope, Arbitrary<string>>> = {
  runs: fc.oneof(
    fieldOf(['metrics', 'metric'], metrics),
    fieldOf(['params', 'parameter'], Object.keys(params)),
    fieldOf(tagPrefixes, Object.keys(tags)),
    attribute('start_time', 'end_time', 'created', 'run_id', 'run_name', 'status', 'artifact_uri', 'user_id'),
    mostly(oneOf('metrics.auc'), 1, oneOf('datasets.name', 'nothing', '`run name`', 'metrics.a-b')),
  ),
  experiments: own('name', 'creation_time', 'last_update_time', 'experiment_id'),
  models: mostly(oneOf('name', 'last_updated_timestamp'), 10, oneOf('nothing', 'tags.team')),
  versions: own('name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'),
};

const directions = mostly(
  oneOf('', ' ASC', ' DESC', ' desc', '  DESC'),
  30,
  oneOf(' up', ' DESC NULLS LAST', ' ASC DESC'),
);

const caseOf = (scope: SearchScope): Arbitrary<SearchCase> => {
  const order = fc.tuple(orderable[scope], directions).map((parts) => parts.join(''));
  const filter = fc.oneof(
    { weight: 9, arbitrary: conjunction(scope) },
    { weight: 1, arbitrary: slipped(conjunction(scope)) },
    { weight: 1, arbitrary: oneOf('') },
  );
  const orderBy = fc.oneof(
    { weight: 2, arbitrary: oneOf<readonly string[]>([]) },
    { weight: 3, arbitrary: fc.array(order, { minLength: 1, maxLength: 2 }) },
  );
  return fc.record({ scope: oneOf(scope), filter, orderBy });
};

/** As many searches as asked, always the same for a seed. */
export function searchCases(seed: number, count: number): readonly SearchCase[] {
  const any = fc.oneof(
    { weight: 6, arbitrary: caseOf('runs') },
    { weight: 2, arbitrary: caseOf('experiments') },
    { weight: 2, arbitrary: caseOf('models') },
    { weight: 2, arbitrary: caseOf('versions') },
  );
  return fc.sample(any, { seed, numRuns: count });
}
