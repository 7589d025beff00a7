/**
 * A patch and a series of edits, made at random, together with the one patch that makes all these edits by itself.
 *
 * The patch is a list of voices, each a unit or two of its own. An edit adds, removes, moves or changes some. What keeps its
 * name keeps its state; a name that is gone never comes back.
 */
import fc from 'fast-check';

export interface Editing {
  /** The versions of the patch, in order. */
  readonly texts: readonly string[];
  /** The patch which becomes version n + 1 at frame `swapFrames[n]`. */
  readonly self: (swapFrames: readonly number[]) => string;
}

type Kind = 'ramp' | 'triangle' | 'filter' | 'counter' | 'bank' | 'record';

interface Voice {
  readonly id: number;
  readonly kind: Kind;
  readonly hz: number;
  readonly gain: number;
  /** Initial value of a counter. */
  readonly start: number;
  /** Number of oscillators in a bank. */
  readonly size: number;
}

type Change =
  | { readonly kind: 'add'; readonly at: number; readonly voice: Omit<Voice, 'id'> }
  | { readonly kind: 'remove' | 'move'; readonly at: number }
  | { readonly kind: 'gain' | 'hz' | 'start'; readonly at: number; readonly value: number }
  | { readonly kind: 'grow'; readonly at: number }
  | { readonly kind: 'comment' };

const value = fc.integer({ min: 1, max: 900 });
const voice = fc.record({
  kind: fc.constantFrom<Kind>('ramp', 'triangle', 'filter', 'counter', 'bank', 'record'),
  hz: value,
  gain: value.map((x) => x / 1000),
  start: value.map((x) => x / 1000),
  size: fc.integer({ min: 1, max: 3 }),
});
const at = fc.nat({ max: 20 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), at, voice }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'move' as const), at }),
  fc.record({ kind: fc.constantFrom('hz' as const), at, value }),
  fc.record({ kind: fc.constantFrom('gain' as const, 'start' as const), at, value: value.map((x) => x / 1000) }),
  fc.record({ kind: fc.constant('grow' as const), at }),
  fc.record({ kind: fc.constant('comment' as const) }),
);

export const randomEditing: fc.Arbitrary<Editing> = fc
  .tuple(
    fc.array(voice, { minLength: 1, maxLength: 4 }),
    fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
  )
  .map(([voices, edits]) => {
    const versions: Voice[][] = [voices.map((made, id) => ({ ...made, id }))];
    let nextId = voices.length;
    for (const edit of edits) {
      const now = [...versions.at(-1)!];
      // One that is gone and one that is new could as well be the same by another name, or in a bank now.
      const removes = edit.some(({ kind }) => kind === 'remove');
      const makes = ({ kind }: Change): boolean => kind === 'add' || kind === 'grow';
      for (const step of edit) if (!removes || !makes(step)) nextId += apply(step, now, nextId);
      versions.push(now);
    }
    return { texts: versions.map(patchText), self: (frames) => selfText(versions, frames) };
  });

/** Changes `voices` in place; how many new names that needed. */
function apply(step: Change, voices: Voice[], nextId: number): number {
  if (step.kind === 'comment') return 0;
  const index = voices.length === 0 ? 0 : step.at % voices.length;
  if (step.kind === 'add') {
    voices.splice(index, 0, { ...step.voice, id: nextId });
    return 1;
  }
  if (voices.length === 0) return 0;
  const found = voices[index];
  switch (step.kind) {
    case 'remove':
      voices.splice(index, 1);
      break;
    case 'move':
      voices.splice(index, 1);
      voices.push(found);
      break;
    case 'gain':
    case 'hz':
    case 'start':
      voices[index] = { ...found, [step.kind]: step.value };
      break;
    case 'grow':
      voices[index] = { ...found, size: found.size + 1 };
      break;
  }
  return 0;
}

const FACTORIES = `
function ramp() {
  let phase = 0
  return (hz) => (phase = (phase + hz / sampleRate) % 1)
}
function triangle() {
  const inner = ramp()
  return (hz) => Math.abs(inner(hz) - 0.5)
}
function filter() {
  const source = ramp()
  const past = [0, 0, 0]
  let at = 0
  return (hz) => {
    past[at] = 0.4 * past[(at + 1) % 3] + source(hz)
    at = (at + 1) % 3
    return past[at]
  }
}`;

/** The units of a voice; gain and frequency are constants with names of their own. */
function declaration({ id, kind, start, size }: Voice): string {
  switch (kind) {
    case 'ramp':
    case 'triangle':
    case 'filter':
      return `const v${id} = ${kind}()`;
    case 'counter':
      return `let v${id} = ${start}`;
    case 'bank':
      return `const v${id} = Array.from({ length: ${size} }, () => ramp())`;
    case 'record':
      return `const v${id} = { osc: triangle(), peak: 0 }`;
  }
}

/** Statements that add the voice to `sum`. */
function use({ id, kind, size }: Voice, hz: string, gain: string): string {
  const v = `v${id}`;
  switch (kind) {
    case 'ramp':
    case 'triangle':
    case 'filter':
      return `sum += ${gain} * ${v}(${hz})`;
    case 'counter':
      return `${v} = (${v} * 3.7 + ${hz} / 1000) % 1; sum += ${gain} * ${v}`;
    case 'bank':
      return `for (let i = 0; i < ${size}; i++) sum += ${gain} * ${v}[i](${hz} * (i + 1))`;
    case 'record':
      return `${v}.peak = Math.max(${v}.peak * 0.999, ${v}.osc(${hz})); sum += ${gain} * ${v}.peak`;
  }
}

function patchText(voices: readonly Voice[]): string {
  const units = voices.map((v) => `${declaration(v)}\nconst hz${v.id} = ${v.hz}\nconst gain${v.id} = ${v.gain}`);
  const uses = voices.map((v) => `  ${use(v, `hz${v.id}`, `gain${v.id}`)}`);
  return `${units.join('\n')}${FACTORIES}
export default () => {
  let sum = 0
${uses.join('\n')}
  return sum
}`;
}

function selfText(versions: readonly (readonly Voice[])[], swapFrames: readonly number[]): string {
  const largest = new Map<number, Voice>();
  for (const v of versions.flat()) {
    const size = Math.max(v.size, largest.get(v.id)?.size ?? 0);
    largest.set(v.id, { ...(largest.get(v.id) ?? v), size });
  }
  const bodies = versions.map((voices, n) => {
    // An edited initial value takes effect at once.
    const restarts = voices
      .filter((v) => {
        const before = n > 0 && versions[n - 1].find(({ id }) => id === v.id);
        return v.kind === 'counter' && before && before.start !== v.start;
      })
      .map((v) => `if (currentFrame === ${swapFrames[n - 1]}) v${v.id} = ${v.start}`);
    const uses = voices.map((v) => use(v, String(v.hz), String(v.gain)));
    return `if (currentFrame < ${swapFrames[n] ?? 'Infinity'}) {\n${[...restarts, ...uses].join('\n')}\nreturn sum\n}`;
  });
  return `${[...largest.values()].map(declaration).join('\n')}${FACTORIES}
export default () => {
  let sum = 0
${bodies.join('\n')}
  return sum
}`;
}
