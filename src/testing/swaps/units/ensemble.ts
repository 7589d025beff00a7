/** Instances of a class and of one that extends it, of a constructor function, or closures that do the same. Tests only. */

import {
  type Cells,
  type Common,
  hear,
  heard,
  type ModelVariable,
  type Parts,
  type PutCell,
  type UnitSource,
} from './unit.ts';

export interface Ensemble extends Common {
  readonly kind: 'ensemble';
  readonly form: 'class' | 'fields' | 'private' | 'prototype' | 'closures';
  /** The instances: each is known by its constant. `isOther`: of the class that extends the first. */
  readonly players: readonly { readonly k: number; readonly isOther: boolean }[];
  readonly variables: readonly ModelVariable[];
}

const player = (source: UnitSource): Ensemble['players'][number] => ({
  k: source.fresh() / 32,
  isOther: source.random.chance(0.3),
});

/** Frames write all of them, so that what is new to a text never is what another one did not write. */
const variable = (source: UnitSource): ModelVariable => ({ ...source.variable(), written: true });

const FORMS = ['class', 'fields', 'private', 'prototype', 'closures'] as const;

export function newEnsemble(source: UnitSource, common: Common): Ensemble {
  const { random } = source;
  const players = Array.from({ length: random.between(1, 4) }, () => player(source));
  const variables = Array.from({ length: random.between(1, 3) }, () => variable(source));
  return { ...common, kind: 'ensemble', form: random.pick(FORMS), players, variables };
}

export function changedEnsemble(source: UnitSource, { players, variables, form }: Ensemble): Partial<Ensemble> {
  const { random } = source;
  const at = random.below(players.length);
  const one = players[at]!;
  const v = random.below(variables.length);
  return random.weighted<() => Partial<Ensemble>>([
    [1, () => ({})],
    [4, () => ({ form: random.pick(FORMS) })],
    [2, () => ({ players: players.toSpliced(random.below(players.length + 1), 0, player(source)) })],
    [1, () => (players.length > 1 ? { players: players.toSpliced(at, 1) } : {})],
    [1, () => ({ players: random.shuffled(players) })],
    [
      form === 'class' || form === 'fields' ? 2 : 0,
      () => ({ players: players.with(at, { ...one, isOther: !one.isOther }) }),
    ],
    [2, () => ({ variables: variables.toSpliced(random.below(variables.length + 1), 0, variable(source)) })],
    [1, () => (variables.length > 1 ? { variables: variables.toSpliced(v, 1) } : {})],
    [1, () => ({ variables: variables.with(v, { ...variables[v]!, init: source.init() }) })],
  ])();
}

export function putEnsemble({ id, players, variables }: Ensemble, put: PutCell): void {
  for (const { k } of players) for (const one of variables) put(`${id}/${k}/${one.id}`, one.init);
}

const hasOthers = ({ form }: Ensemble): boolean => form === 'class' || form === 'fields';

export function frameOfEnsemble(unit: Ensemble, before: number, cells: Cells): number {
  let sum = before;
  for (const { k, isOther } of unit.players) {
    let y = isOther && hasOthers(unit) ? 0.5 + k : 0.5;
    for (const one of unit.variables) {
      const place = `${unit.id}/${k}/${one.id}`;
      cells.write(place, (cells.read(place) * 1.25 + k) % 11);
      y += cells.read(place);
    }
    sum = hear(sum, unit.gain, y);
  }
  return sum;
}

export function partsOfEnsemble(unit: Ensemble): Parts {
  const { name, form, players, variables, gain } = unit;
  const [one, other] = [`${name}Player`, `${name}Other`];
  const own = form === 'closures' ? '' : form === 'private' ? 'this.#' : 'this.';
  const k = form === 'closures' ? 'k' : 'this.k';
  const extra = form === 'closures' ? '0.5' : 'this.extra()';
  const steps = variables.map((v) => `${own}${v.name} = (${own}${v.name} * 1.25 + ${k}) % 11`);
  const body = `let y = ${extra}\n${steps.map((step, n) => `${step}\ny += ${own}${variables[n]!.name}`).join('\n')}\nreturn y`;
  const set = variables.map((v) => `${own}${v.name} = ${v.init}`).join('\n');
  const isNew = form !== 'closures';
  const made = players.map((p) => `${isNew ? 'new ' : ''}${p.isOther && hasOthers(unit) ? other : one}(${p.k})`);
  const use = `for (const one of ${name}) {\n${heard(gain, 'one.next()')}\n}`;
  const list = `const ${name} = [${made.join(', ')}]`;
  const extended = `class ${other} extends ${one} {\nextra() { return super.extra() + this.k }\n}`;
  const methods = `next() {\n${body}\n}\nextra() { return 0.5 }`;
  switch (form) {
    case 'class':
      return {
        text: `class ${one} {\nconstructor(k) {\nthis.k = k\n${set}\n}\n${methods}\n}\n${extended}\n${list}`,
        use,
      };
    case 'fields':
    case 'private': {
      const fields = set.replaceAll('this.', '');
      const last = form === 'fields' ? `${extended}\n` : '';
      return { text: `class ${one} {\n${fields}\nconstructor(k) { this.k = k }\n${methods}\n}\n${last}${list}`, use };
    }
    case 'prototype':
      return {
        text: `function ${one}(k) {\nthis.k = k\n${set}\n}\n${one}.prototype.next = function () {\n${body}\n}\n${one}.prototype.extra = () => 0.5\n${list}`,
        use,
      };
    case 'closures': {
      const lets = variables.map((v) => `let ${v.name} = ${v.init}`).join('\n');
      return { text: `function ${one}(k) {\n${lets}\nreturn { k, next: () => {\n${body}\n} }\n}\n${list}`, use };
    }
  }
}
