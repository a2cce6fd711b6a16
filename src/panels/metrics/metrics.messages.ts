import type { Contract } from '../../domain/contract';
import type { Metric } from '../../domain/metric';
import type { Ref } from '../../domain/ref';
import type { Axis } from '../../domain/reduce';
import type { CommonEvents, CommonMethods, Localized } from '../webview.messages';

/** One selected run or version with the latest values of its metrics. */
export interface MetricsItem {
  readonly ref: Ref;
  readonly label: string;
  readonly metrics: readonly Metric[];
}

export interface MetricsContent extends Localized {
  readonly items: readonly MetricsItem[];
  /** Runs and versions that are selected beyond the ones shown. */
  readonly more: number;
  readonly contract: Contract;
}

export interface MetricsHost {
  readonly methods: MetricsMethods;
  readonly events: CommonEvents;
}

interface MetricsMethods extends CommonMethods {
  content(args: Record<string, never>): MetricsContent;
}

export interface MetricsState {
  readonly axis?: Axis;
  readonly logScale?: boolean;
  readonly folded?: Readonly<Record<string, boolean>>;
  readonly scrollTop?: number;
}
