/** Figures of all kernels → the tables that are printed. */

import { quantile, table } from '../statistics.ts';
import { aimOf, FIRST_TIER_AIM, GALLERY_AIM } from './kernels.ts';
import type { Series } from './measure.ts';
import { COLUMNS, type Column, SAMPLE_RATE } from './runner.ts';

export interface Measured {
  readonly name: string;
  readonly hasPeers: boolean;
  readonly series: ReadonlyMap<Column, Series>;
  /** Why a column is empty. */
  readonly missing: ReadonlyMap<Column, string>;
  readonly optimiserMs: number;
  readonly moduleBytes: number;
}

const median = (series: Series | undefined): number => (series ? quantile(series, 0.5) : Number.NaN);
/** Half of all rounds lie within so much of the median, to both sides together. */
const spread = (series: Series): number => (quantile(series, 0.75) - quantile(series, 0.25)) / median(series);

/** How many times as fast one is as the other. */
const ratio = ({ series }: Measured, column: Column, over: Column): number =>
  median(series.get(over)) / median(series.get(column));

const figure = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(2));
const withAim = (value: number, aim: number | undefined): string =>
  aim === undefined || Number.isNaN(value) ? figure(value) : `${figure(value)} ${value >= aim ? '✓' : `< ${aim}`}`;

export function report(all: readonly Measured[]): string {
  const [kernels, others] = [all.filter(({ hasPeers }) => hasPeers), all.filter(({ hasPeers }) => !hasPeers)];
  const parts: string[] = [];
  if (kernels.length > 0)
    parts.push('Times scalar C (✓: the aim is reached):', table(overC(kernels)), '', 'Nanoseconds per frame:');
  else parts.push('Nanoseconds per frame:');
  parts.push(table(times(all)), '', 'Times plain JavaScript:', table(overJavaScript(all)));
  if (others.length > 0) parts.push('', ...medians(others));
  const missing = all.flatMap(({ name, missing: columns }) =>
    [...columns].map(([column, why]) => ({ name, column, why })),
  );
  const reasons = new Map<string, string[]>();
  for (const { name, column, why } of missing) {
    const key = `${column}: ${why}`;
    reasons.set(key, [...(reasons.get(key) ?? []), name]);
  }
  for (const [reason, names] of reasons) parts.push(`Not there: ${reason} (${names.join(', ')})`);
  return parts.join('\n');
}

function overC(kernels: readonly Measured[]): string[][] {
  const columns = COLUMNS.filter((column) => column !== 'C');
  const rows = kernels.map((kernel) => [
    kernel.name,
    `${Math.round(1e9 / (SAMPLE_RATE * median(kernel.series.get('C'))))} ×`,
    ...columns.map((column) => {
      const aim = column === 'tier 2' ? aimOf(kernel.name)?.c : column === 'tier 1' ? FIRST_TIER_AIM.c : undefined;
      return withAim(ratio(kernel, column, 'C'), aim);
    }),
  ]);
  return [['', 'C, real time', ...columns], ...rows];
}

function times(all: readonly Measured[]): string[][] {
  const rows = all.map(({ name, series, optimiserMs, moduleBytes }) => [
    name,
    ...COLUMNS.map((column) => {
      const one = series.get(column);
      return one ? `${median(one).toFixed(1)} ±${Math.round(50 * spread(one))}%` : '–';
    }),
    `${Math.round(optimiserMs)} ms`,
    `${(moduleBytes / 1024).toFixed(1)} KiB`,
  ]);
  return [['', ...COLUMNS, 'optimiser', 'module'], ...rows];
}

function overJavaScript(all: readonly Measured[]): string[][] {
  const rows = all.map((kernel) => [
    kernel.name,
    withAim(ratio(kernel, 'tier 2', 'JavaScript'), kernel.hasPeers ? aimOf(kernel.name)?.js : GALLERY_AIM.least),
    withAim(ratio(kernel, 'tier 1', 'JavaScript'), FIRST_TIER_AIM.js),
  ]);
  return [['', 'tier 2', 'tier 1'], ...rows];
}

function medians(others: readonly Measured[]): string[] {
  return (['tier 2', 'tier 1'] as const).map((column) => {
    const ratios = others.map((one) => ratio(one, column, 'JavaScript')).filter((value) => !Number.isNaN(value));
    const aim = column === 'tier 2' ? GALLERY_AIM.median : FIRST_TIER_AIM.js;
    const least = `least ${figure(Math.min(...ratios))}`;
    return `Without C: ${column} in the median ${withAim(quantile(ratios, 0.5), aim)}, ${least}, of ${ratios.length} patches`;
  });
}
