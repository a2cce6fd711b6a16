import { type Experiment, valueOf } from '../domain/experiment';
import type { ExperimentStore } from '../domain/ports';
import { noteTag } from '../domain/run';
import { type Field, type Fields, noSuchField } from './field';

export function experimentFields(experiments: ExperimentStore): Fields {
  return {
    async read({ id: experimentId }, field, signal) {
      const experiment = await experiments.get({ experimentId }, signal);
      const deleted = experiment.lifecycleStage === 'deleted';
      return { name: experiment.name, value: valueIn(experiment, field), deleted };
    },

    write({ id: experimentId }, field, to, signal, count) {
      switch (field.kind) {
        case 'name':
          return experiments.rename({ experimentId, name: to ?? '' }, signal);
        case 'lifecycle':
          return experiments[to === 'deleted' ? 'delete' : 'restore'](
            { experimentId, ...(count && { count }) },
            signal,
          );
        case 'description':
          return experiments.setTag({ experimentId, key: noteTag, value: to ?? '' }, signal);
        case 'tag':
          if (to === undefined) return experiments.deleteTag({ experimentId, key: field.key }, signal);
          return experiments.setTag({ experimentId, key: field.key, value: to }, signal);
        case 'status':
          throw noSuchField(experimentId, field);
      }
    },
  };
}

function valueIn(experiment: Experiment, field: Field): string | undefined {
  switch (field.kind) {
    case 'name':
      return experiment.name;
    case 'lifecycle':
      return experiment.lifecycleStage;
    case 'description':
      return valueOf(experiment.tags, noteTag) ?? '';
    case 'tag':
      return valueOf(experiment.tags, field.key);
    case 'status':
      throw noSuchField(experiment.name, field);
  }
}
