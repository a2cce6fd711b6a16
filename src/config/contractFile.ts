import * as l10n from '@vscode/l10n';
import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type ParsedNode, type YAMLMap } from 'yaml';
import { type Contract, type MetricRule, noContract } from '../domain/contract';

/** Where in the text, zero-based as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface ContractProblem {
  readonly message: string;
  readonly start: Place;
  readonly end: Place;
}

export interface ParsedContract {
  /** What could be read; a part that is wrong is left out. */
  readonly contract: Contract;
  readonly problems: readonly ContractProblem[];
}

/** Nobody writes more by hand; a parser fed with more would hold up the window. */
export const largestContract = 200_000;

const parts = ['metrics', 'segments', 'seeds'] as const;
const ruleParts = ['direction', 'primary'] as const;

/** Reads `ringside.yaml`. Never throws: what is wrong is a problem with its place. */
export function parseContract(text: string): ParsedContract {
  return new ContractReader(text.slice(0, largestContract), text.length > largestContract).read();
}

type Node = ParsedNode | null;

class ContractReader {
  private readonly lines = new LineCounter();
  private readonly problems: ContractProblem[] = [];

  constructor(
    private readonly text: string,
    private readonly cut: boolean,
  ) {}

  read(): ParsedContract {
    if (this.cut) {
      this.report(l10n.t('The file is larger than {0} KB: nothing of it is read.', largestContract / 1000), [0, 1]);
      return this.parsed(noContract);
    }
    // Aliases are not followed, so that nested ones cannot grow without end.
    const document = parseDocument(this.text, { lineCounter: this.lines, prettyErrors: false, uniqueKeys: true });
    for (const { message, pos } of [...document.errors, ...document.warnings]) this.report(message, pos);
    const root = document.contents;
    if (root === null || document.errors.length > 0) return this.parsed(noContract);
    const map = this.mapOf(root, l10n.t('The file'));
    const value = (key: string): Node => given(map?.get(key, true) as Node | undefined);
    if (map) this.refuseOthers(map, parts);
    const segments = this.texts(value('segments'), 'segments');
    return this.parsed({
      metrics: this.metrics(value('metrics')),
      ...(segments && { segments }),
      seeds: this.texts(value('seeds'), 'seeds') ?? [],
    });
  }

  private parsed(contract: Contract): ParsedContract {
    return { contract, problems: this.problems };
  }

  private metrics(node: Node): MetricRule[] {
    const map = node && this.mapOf(node, 'metrics');
    if (!map) return [];
    const rules = map.items
      .map((pair) => this.rule(pair as Pair<ParsedNode, Node>))
      .filter((rule) => rule !== undefined);
    const [, second] = rules.filter(({ primary }) => primary);
    if (second) this.report(l10n.t('Only one metric can be the primary one.'), map.range);
    return rules;
  }

  private rule({ key, value }: Pair<ParsedNode, Node>): MetricRule | undefined {
    const pattern = isScalar(key) ? String(key.value) : undefined;
    if (pattern === undefined || pattern === '') {
      this.report(l10n.t('A metric is named by a text.'), key.range);
      return undefined;
    }
    const said = given(value);
    const map = said && this.mapOf(said, pattern);
    if (!map) return { pattern };
    this.refuseOthers(map, ruleParts);
    const direction = this.direction(map.get('direction', true) as Node | undefined);
    const primary = map.get('primary', true) as Node | undefined;
    if (primary && !(isScalar(primary) && typeof primary.value === 'boolean')) {
      this.report(l10n.t('{0} is true or false.', 'primary'), primary.range);
    }
    const isPrimary = isScalar(primary) && primary.value === true;
    return { pattern, ...(direction && { direction }), ...(isPrimary && { primary: true }) };
  }

  private direction(node: Node | undefined): MetricRule['direction'] {
    if (!node) return undefined;
    const value: unknown = isScalar(node) ? node.value : undefined;
    if (value === 'higher' || value === 'lower') return value;
    this.report(l10n.t('{0} is higher or lower: which of them is better.', 'direction'), node.range);
    return undefined;
  }

  private texts(node: Node, name: string): string[] | undefined {
    if (!node) return undefined;
    if (!isSeq<ParsedNode>(node)) {
      this.report(l10n.t('{0} is a list of texts.', name), node.range);
      return undefined;
    }
    return node.items.flatMap((item) => {
      if (isScalar(item) && (typeof item.value === 'string' || typeof item.value === 'number'))
        return [String(item.value)];
      this.report(l10n.t('{0} is a list of texts.', name), item.range);
      return [];
    });
  }

  private mapOf(node: ParsedNode, name: string): YAMLMap.Parsed | undefined {
    if (isMap(node)) return node;
    this.report(l10n.t('{0} holds names with values.', name), node.range);
    return undefined;
  }

  private refuseOthers(map: YAMLMap.Parsed, known: readonly string[]): void {
    for (const { key } of map.items) {
      if (isScalar(key) && known.includes(String(key.value))) continue;
      const name = isScalar(key) ? String(key.value) : '?';
      this.report(l10n.t("There is no '{0}' here: it can hold {1}.", name, known.join(', ')), key.range);
    }
  }

  private report(message: string, range: readonly [number, number, ...number[]] | null | undefined): void {
    const [start, end] = range ?? [0, 0];
    this.problems.push({ message, start: this.place(start), end: this.place(Math.max(end, start + 1)) });
  }

  private place(offset: number): Place {
    const { line, col } = this.lines.linePos(Math.min(offset, this.text.length));
    return { line: Math.max(line - 1, 0), column: Math.max(col - 1, 0) };
  }
}

/** A name without a value says nothing. */
function given(node: Node | undefined): Node {
  return !node || (isScalar(node) && node.value === null) ? null : node;
}
