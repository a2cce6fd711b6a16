import type { KeyValue } from '../domain/experiment';
import { type Metric, parseMetricValue } from '../domain/metric';
import { wrongUsage } from './usage';

/** `loss=0.25@3`: key, value and, after the last `@`, the step (0 where it is absent, as in MLflow). `now` in ms. */
export function metricsOf(words: readonly string[], now: number): Metric[] {
  return words.map((word) => {
    const [, key, text, step = '0'] = /^([^=]+)=([^@]+)(?:@(-?\d{1,15}))?$/.exec(word) ?? [];
    const value = text === undefined ? undefined : parseMetricValue(text);
    if (key === undefined || value === undefined) throw wrongUsage(`--metric takes KEY=VALUE[@STEP], not '${word}'.`);
    return { key, value, step: Number(step), timestamp: now };
  });
}

/** `solver=lbfgs`, of `--param` or `--tag`: the value may hold `=` and be empty. */
export function pairsOf(option: '--param' | '--tag', words: readonly string[]): KeyValue[] {
  return words.map((word) => {
    const cut = word.indexOf('=');
    if (cut < 1) throw wrongUsage(`${option} takes KEY=VALUE, not '${word}'.`);
    return { key: word.slice(0, cut), value: word.slice(cut + 1) };
  });
}
