/**
 * What an expression of a patch gives: the text is compiled with it in the place of its default export and played for a
 * moment, in a memory of its own, so that nothing that sounds is touched. Work and time are bounded. Worker and Node.
 */

import { type Compilation, compile } from '../compiler/compile.ts';
import { ExceedsEngine } from '../compiler/emit/engineLimits.ts';
import {
  BOOLEAN,
  describeType,
  NULL,
  NUMBER,
  objectOf,
  printType,
  STRING,
  type Type,
  UNDEFINED,
} from '../compiler/infer/types.ts';
import type { Library } from '../compiler/library.ts';
import { parse } from '../compiler/parse.ts';
import { Linker } from '../linker/linker.ts';
import { MAX_BLOCK_FRAMES, MAX_MEMORY_PAGES, PAGE_BYTES, TABLE_SLOTS } from '../protocol/arena.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import type { Evaluated } from '../protocol/peek.ts';
import { declared, expressionsAt, GIVES, givesPrimitive, VALUE_NAME, withoutDefaultExport } from './expressionAt.ts';
import { linkInput } from './linkInput.ts';
import { ObjectStore } from './objects.ts';
import type { ReplayOptions } from './replay.ts';
import { Shadow } from './shadow.ts';
import { describeTrap, functionsOf } from './trapMessages.ts';

/** An eighth of a second of a signal, or as much as there is time for. */
const SIGNAL_BLOCKS = 48;
const MAX_MS = 100;
/** A table gives as many numbers as can be told apart in a picture; few numbers are written out. */
const TABLE_BLOCKS = 17;
const MAX_WRITTEN = 12;
const DIGITS = 6;
/** For the top level: a few ten milliseconds. */
const TOP_LEVEL_FUEL = 2 ** 27;
/** Characters of a text. */
const MAX_TEXT = 200;

/** The channels as the patch gives them, block after block. */
interface Played {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** `place`: what is selected, or an empty span in the line that is meant. */
export function evaluateExpression(text: string, place: Span, library: Library, options: ReplayOptions): Evaluated {
  const parsed = parse(text);
  const declarations = withoutDefaultExport(text, parsed);
  let first: Evaluated | null = null;
  for (const expression of expressionsAt(text, place, parsed)) {
    const evaluation = new Evaluation(declared(declarations, expression), declarations.length, library, options);
    const evaluated = evaluation.run();
    if (evaluated.kind !== 'none') return evaluated;
    first ??= ofFunction(evaluation.unknownName, text, library) ?? evaluated;
    // A line that reads as an expression was meant as one; only a part of something larger stands for the whole.
    if (parse(`(${expression}\n)`).diagnostics.length === 0) break;
  }
  return first ?? { kind: 'none', reason: 'There is no expression here.' };
}

/** Why there is no value of a name that is unknown outside of a function, and known where it stands. */
function ofFunction(name: string | null, text: string, library: Library): Evaluated | null {
  if (name === null) return null;
  const isUnknown = ({ code, span }: Diagnostic): boolean =>
    code === UNKNOWN && text.slice(span.start, span.end) === name;
  if (compile(text, library).diagnostics.some(isUnknown)) return null;
  const reason = `\`${name}\` lives only in its function: \`probe(${name}, '${name}')\` there shows it.`;
  return { kind: 'none', reason };
}

const UNKNOWN = 'undefined-name';

class Evaluation {
  /** The name that the expression failed on, if it did. */
  unknownName: string | null = null;
  readonly #text: string;
  readonly #library: Library;
  readonly #options: ReplayOptions;
  /** Where the expression begins; what is wrong before it was so already. */
  readonly #from: number;
  readonly #objects: ObjectStore;

  constructor(text: string, from: number, library: Library, options: ReplayOptions) {
    this.#text = text;
    this.#from = from;
    this.#library = library;
    this.#options = options;
    this.#objects = new ObjectStore(options.emit);
  }

  run(): Evaluated {
    const compiled = this.#compile(GIVES.number);
    const type = typeOfValue(compiled);
    if (!type) return this.#none(compiled.diagnostics);
    const object = objectOf(type);
    if (object?.kind === 'function') return this.#signal(type);
    if (object?.kind === 'array' || object?.kind === 'typedArray') return this.#elements(type);
    if (object) return { kind: 'value', text: printType(type) };
    if (type.mask === STRING) return this.#characters(type);
    return type.mask & STRING ? { kind: 'value', text: printType(type) } : this.#primitive(type);
  }

  #primitive({ mask }: Type): Evaluated {
    const played = this.#play(
      givesPrimitive([
        ...(mask & NUMBER ? (['number'] as const) : []),
        ...(mask & BOOLEAN ? (['true or false'] as const) : []),
        ...(mask & NULL ? (['null'] as const) : []),
        ...(mask & UNDEFINED ? (['undefined'] as const) : []),
      ]),
      1,
    );
    if ('reason' in played) return played;
    const value = played.right[0] ?? 0;
    const texts = [numberText(value), String(value !== 0), 'null', 'undefined'];
    return { kind: 'value', text: texts[played.left[0] ?? 0] ?? '' };
  }

  #signal(type: Type): Evaluated {
    const compiled = this.#compile(GIVES.signal);
    // It wants other arguments than the time, or gives no sound.
    if (!compiled.lowered) return { kind: 'value', text: describeType(type) };
    const played = this.#play(GIVES.signal, SIGNAL_BLOCKS, compiled);
    if ('reason' in played) return played;
    const isMono = played.left.every((sample, n) => Object.is(sample, played.right[n]));
    return {
      kind: 'signal',
      left: Float32Array.from(played.left),
      right: isMono ? null : Float32Array.from(played.right),
      sampleRate: this.#options.sampleRate,
    };
  }

  #elements(type: Type): Evaluated {
    const played = this.#play(GIVES.elements, TABLE_BLOCKS);
    if ('reason' in played) return { kind: 'value', text: printType(type) };
    const [count = 0, ...values] = played.left;
    if (count > MAX_WRITTEN) return { kind: 'table', values: Float32Array.from(values.slice(0, count)), count };
    return { kind: 'value', text: `[${values.slice(0, count).map(numberText).join(', ')}]` };
  }

  #characters(type: Type): Evaluated {
    const played = this.#play(GIVES.characters, TABLE_BLOCKS);
    if ('reason' in played) return { kind: 'value', text: describeType(type) };
    const [count = 0, ...codes] = played.left;
    const text = String.fromCharCode(...codes.slice(0, Math.min(count, MAX_TEXT)));
    return { kind: 'value', text: `'${text}${count > MAX_TEXT ? '…' : ''}'` };
  }

  #compile(gives: string): Compilation {
    return compile(`${this.#text}${gives}\n`, this.#library);
  }

  #play(gives: string, blocks: number, compiled = this.#compile(gives)): Played | Extract<Evaluated, { kind: 'none' }> {
    const { lowered, libraryUnits, diagnostics } = compiled;
    if (!lowered) return this.#none(diagnostics);
    const units = [...libraryUnits, ...lowered.units];
    const linker = new Linker({
      ...{ postsModules: false, memoryBytes: MAX_MEMORY_PAGES * PAGE_BYTES, tableSlots: TABLE_SLOTS },
    });
    try {
      const draft = linker.link(linkInput(this.#objects.compile(units, lowered.strings), lowered), null);
      const [left, right]: [number[], number[]] = [[], []];
      const { sampleRate, seed = 1, now } = this.#options;
      const shadow = new Shadow({
        ...{ sampleRate, seed, auditionBlocks: blocks, auditionMs: MAX_MS, leastBlocks: 1, ...(now && { now }) },
        topLevelFuel: TOP_LEVEL_FUEL,
        onBlock: (leftBlock, rightBlock) => {
          if (left.length >= blocks * MAX_BLOCK_FRAMES) return;
          left.push(...leftBlock);
          right.push(...rightBlock);
        },
      });
      const result = shadow.run(draft, linker, () => true);
      if (result.kind === 'image') return { left, right };
      const { hasStandard } = this.#library;
      const isStandard = (name: string) => hasStandard.call(this.#library, name);
      const functions = functionsOf(units);
      return this.#none([
        describeTrap(result.trap, functions, (name) => linker.offsetOf(name), this.#text, isStandard),
      ]);
    } catch (thrown) {
      if (thrown instanceof ExceedsEngine || thrown instanceof RangeError) {
        return { kind: 'none', reason: 'This is too large to be evaluated.' };
      }
      throw thrown;
    }
  }

  /** The mistake in the expression, or else the first one there is. */
  #none(diagnostics: readonly Diagnostic[]): Extract<Evaluated, { kind: 'none' }> {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const own = errors.find(({ span }) => span.start >= this.#from) ?? errors[0];
    if (own?.code === UNKNOWN) this.unknownName = this.#text.slice(own.span.start, own.span.end);
    return { kind: 'none', reason: own?.message ?? 'This has no value.' };
  }
}

/** Null: nothing is known of it, because of a mistake. */
function typeOfValue({ typed }: Compilation): Type | null {
  for (const [variable, type] of typed.globals) {
    if (variable.name === VALUE_NAME) return type.mask === 0 && !type.object ? null : type;
  }
  return null;
}

/** As short as it can be without hiding what matters. */
const numberText = (value: number): string =>
  String(Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : value);
