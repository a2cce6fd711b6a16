import { promptTag } from './model';
import { parseFilter } from './search';
import { type Comparison, type Condition, type Filter, isGroup } from './searchAst';
import type { SearchScope } from './searchFields';

/** A search of models or versions, prompts told apart from them. */
interface RegistrySearch {
  /** Prompts are registered models too (mlflow.md trap 51); as in MLflow they show only where they are asked for. */
  readonly showsPrompts: boolean;
  /** Without what it says of the prompts' tag where they stay out: models do not have that tag. */
  readonly filter: Filter;
}

/** MLflow lets the first comparison of the prompts' tag decide. */
export function registrySearch(filter: Filter): RegistrySearch {
  const first = filter.find(isOnPromptTag);
  const value = String(first?.value).toLowerCase();
  const showsPrompts =
    value === (first?.comparator === '=' ? 'true' : 'false') && /^!?=$/.test(first?.comparator ?? '');
  return { showsPrompts, filter: showsPrompts ? filter : filter.filter((condition) => !isOnPromptTag(condition)) };
}

/** Whether a filter shows prompts; one that cannot be read shows none. */
export function asksForPrompts(filter: string | undefined, scope: SearchScope): boolean {
  try {
    return registrySearch(parseFilter(filter, scope)).showsPrompts;
  } catch {
    return false;
  }
}

function isOnPromptTag(condition: Condition): condition is Comparison {
  return !isGroup(condition) && condition.field.kind === 'tag' && condition.field.key === promptTag;
}
