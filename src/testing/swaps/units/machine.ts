/** A machine whose state is a text, in a variable, in a member or in an instance of a class. Tests only. */

import { type Cells, type Common, hear, heard, type Parts, type PutCell, type UnitSource } from './unit.ts';

export interface Machine extends Common {
  readonly kind: 'machine';
  readonly form: 'variable' | 'member' | 'instance';
  /** What it begins with comes first, and is the name of no other machine's. */
  readonly states: readonly string[];
  /** What the count of frames begins with. */
  readonly count: number;
}

const HELD_FRAMES = 5;

export function newMachine(source: UnitSource, common: Common): Machine {
  const { random } = source;
  const states = Array.from({ length: random.between(2, 4) }, () => `s${source.fresh()}`);
  const form = random.pick(['variable', 'member', 'instance'] as const);
  return { ...common, kind: 'machine', form, states, count: source.init() };
}

export function changedMachine(source: UnitSource, unit: Machine): Partial<Machine> {
  const { random } = source;
  const { states } = unit;
  const at = random.between(1, states.length);
  const others = states.slice(1);
  return random.weighted<() => Partial<Machine>>([
    [1, () => ({})],
    // The state that there is may be one that the new text has never heard of.
    [2, () => (states.length > 2 ? { states: states.toSpliced(random.between(1, states.length - 1), 1) } : {})],
    [2, () => ({ states: states.toSpliced(at, 0, `s${source.fresh()}`) })],
    [1, () => ({ states: [states[0]!, ...random.shuffled(others)] })],
    [1, () => ({ states: [`s${source.fresh()}`, ...states] })],
    [1, () => ({ count: source.init() })],
  ])();
}

export function putMachine({ id, states, count }: Machine, put: PutCell): void {
  put(`${id}/state`, states[0]!, { texts: states });
  put(`${id}/count`, count);
}

export function frameOfMachine({ id, states, gain }: Machine, sum: number, cells: Cells): number {
  const count = cells.read(`${id}/count`) + 1;
  cells.write(`${id}/count`, count);
  const at = states.indexOf(cells.text(`${id}/state`));
  if (Math.floor(count) % HELD_FRAMES === 0) cells.write(`${id}/state`, states[(at + 1) % states.length]!);
  return hear(sum, gain, at < 0 ? 0.125 : at + 1);
}

/** `PLACE` stands for what the state and the count are members of, or begin with. */
export function partsOfMachine({ name, form, states, count, gain }: Machine): Parts {
  const own = form === 'variable' ? name : form === 'member' ? `${name}.` : 'this.';
  const cases = states.map((state, n) => {
    const next = `if (Math.floor(${own}count) % ${HELD_FRAMES} === 0) ${own}state = '${states[(n + 1) % states.length]}'`;
    return `case '${state}': y = ${n + 1}; ${next}; break`;
  });
  const first = `if (Math.floor(${own}count) % ${HELD_FRAMES} === 0) ${own}state = '${states[0]}'`;
  const body = `${own}count += 1\nlet y = 0\nswitch (${own}state) {\n${cases.join('\n')}\ndefault: y = 0.125; ${first}\n}`;
  const use = `{\n${body}\n${heard(gain, 'y')}\n}`;
  switch (form) {
    case 'variable':
      return { text: `let ${name}state = '${states[0]}'\nlet ${name}count = ${count}`, use };
    case 'member':
      return { text: `const ${name} = { state: '${states[0]}', count: ${count} }`, use };
    case 'instance':
      return {
        text: `class ${name}Machine {\nstate = '${states[0]}'\nconstructor() { this.count = ${count} }\nnext() {\n${body}\nreturn y\n}\n}\nconst ${name} = new ${name}Machine()`,
        use: heard(gain, `${name}.next()`),
      };
  }
}
