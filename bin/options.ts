/** Arguments to options. In: the arguments of a command and which options it has. Throws `UsageError` for all else. */

import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';

/** `flag` takes no value, `value` takes one and may be given once, `values` may be given several times. */
export type OptionKind = 'flag' | 'value' | 'values';

export class Options {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.positionals = positionals;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  values(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  value(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  /** A whole number from `least` to `most`; `undefined` when the option is not given. */
  wholeNumber(name: string, least: number, most: number): number | undefined {
    const text = this.value(name);
    if (text === undefined) return undefined;
    return wholeNumber(text, `--${name}`, least, most);
  }

  /** A number from `least` to `most`, with a decimal point or without. */
  number(name: string, least: number, most: number): number | undefined {
    const text = this.value(name);
    if (text === undefined) return undefined;
    const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new UsageError(`--${name} takes a number from ${least} to ${most}, not ${JSON.stringify(text)}`);
    }
    return value;
  }
}

/** `what` is its name in the message. */
export function wholeNumber(text: string, what: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${what} takes a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`);
}

export function parseOptions(args: readonly string[], kinds: Readonly<Record<string, OptionKind>>): Options {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(kinds).map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }] as const),
    ),
  });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (rawName !== `--${name}` || !Object.hasOwn(kinds, name)) {
      const known = Object.keys(kinds).map((option) => `--${option}`);
      throw new UsageError(`unknown option ${rawName}; the options are ${known.join(' ')}`);
    }
    if (kinds[name] === 'flag') {
      if (value !== undefined) throw new UsageError(`--${name} takes no value`);
    } else if (value === undefined || value === '' || (!inlineValue && value.startsWith('--'))) {
      throw new UsageError(`--${name} needs a value`);
    }
    if (values.has(name) && kinds[name] === 'value') throw new UsageError(`--${name} is given twice`);
    values.set(name, [...(values.get(name) ?? []), value ?? '']);
  }
  return new Options(positionals, values);
}
