import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import type { Experiment, KeyValue } from '../domain/experiment';

/* What every backend refuses to write, in the same words. */

export function experimentNameTaken(
  { name, lifecycleStage }: Pick<Experiment, 'name' | 'lifecycleStage'>,
  cause?: unknown,
): UserError {
  if (lifecycleStage === 'active') {
    return new UserError('conflict', l10n.t('An experiment named "{0}" is there already.', name), {
      next: l10n.t('Choose another name.'),
      cause,
    });
  }
  return new UserError('conflict', l10n.t('A deleted experiment is named "{0}".', name), {
    next: l10n.t('Restore it, or choose another name.'),
    cause,
  });
}

export function modelNameTaken(name: string, cause?: unknown): UserError {
  return new UserError('conflict', l10n.t('A registered model or prompt named "{0}" is there already.', name), {
    next: l10n.t('Choose another name.'),
    cause,
  });
}

export function experimentIsDeleted(experimentId: string): UserError {
  return new UserError('invalid', l10n.t('The experiment {0} is deleted.', experimentId), {
    next: l10n.t('Restore it first.'),
  });
}

export function experimentIsActive(experimentId: string): UserError {
  return new UserError('notFound', l10n.t('There is no deleted experiment {0}.', experimentId), {
    next: l10n.t('It may have been restored: refresh the list.'),
  });
}

export function experimentIsGone(experimentId: string): UserError {
  return new UserError('notFound', l10n.t('There is no active experiment {0}.', experimentId), {
    next: l10n.t('It may have been deleted: refresh the list.'),
  });
}

export function runIsDeleted(runId: string): UserError {
  return new UserError('invalid', l10n.t('The run {0} is deleted.', runId), { next: l10n.t('Restore it first.') });
}

export function noSuchTag(key: string): UserError {
  return new UserError('notFound', l10n.t('There is no tag "{0}".', key), {
    next: l10n.t('It may have been deleted: refresh the page.'),
  });
}

/** MLflow's params are written once. */
export function paramIsFixed({ key, value }: KeyValue): UserError {
  const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
  return new UserError('invalid', l10n.t('The param "{0}" is "{1}" already, and params never change.', key, shown), {
    next: l10n.t('Nothing was written. Log it under another name, or in a new run.'),
  });
}

export function cannotArchive(stage: string): UserError {
  return new UserError('invalid', l10n.t('Other versions cannot be archived when one moves to {0}.', stage), {
    next: l10n.t('Archive them only with Staging or Production.'),
  });
}
