import { valueOf } from '../domain/experiment';
import type { ModelStore } from '../domain/ports';
import { versionOf } from '../domain/ref';
import { type Fields, noSuchField } from './field';

export function modelFields(models: ModelStore): Fields {
  return {
    async read({ id: name }, field, signal) {
      const { description, tags } = await models.get({ name }, signal);
      if (field.kind === 'name') return { name, value: name };
      if (field.kind === 'description') return { name, value: description };
      if (field.kind === 'tag') return { name, value: valueOf(tags, field.key) };
      throw noSuchField(name, field);
    },

    write({ id: name }, field, to, signal) {
      if (field.kind === 'name') return models.rename({ name, newName: to ?? '' }, signal);
      if (field.kind === 'description') return models.setDescription({ name, description: to ?? '' }, signal);
      if (field.kind !== 'tag') throw noSuchField(name, field);
      if (to === undefined) return models.deleteTag({ name, key: field.key }, signal);
      return models.setTag({ name, key: field.key, value: to }, signal);
    },
  };
}

export function versionFields(models: ModelStore): Fields {
  return {
    async read(ref, field, signal) {
      const { name, version, description, tags } = await models.version(versionOf(ref), signal);
      const shown = `${name} v${version}`;
      if (field.kind === 'description') return { name: shown, value: description };
      if (field.kind === 'tag') return { name: shown, value: valueOf(tags, field.key) };
      throw noSuchField(shown, field);
    },

    write(ref, field, to, signal) {
      const which = versionOf(ref);
      if (field.kind === 'description')
        return models.setVersionDescription({ ...which, description: to ?? '' }, signal);
      if (field.kind !== 'tag') throw noSuchField(ref.id, field);
      if (to === undefined) return models.deleteVersionTag({ ...which, key: field.key }, signal);
      return models.setVersionTag({ ...which, key: field.key, value: to }, signal);
    },
  };
}
