/**
 * The texts of model programs. In: a program. Out: what Segue plays. Tests only.
 */

import type { Bank, Delay, Group, ModelUnit, Program, Single } from './modelPrograms.ts';
import { partsOfBoxed } from './units/boxed.ts';
import { partsOfEnsemble } from './units/ensemble.ts';
import { partsOfCrowd, partsOfKeyed } from './units/keyed.ts';
import { partsOfMachine } from './units/machine.ts';
import type { Parts } from './units/unit.ts';

export function textOf(program: Program): string {
  const parts = program.map(partsOf);
  const [units, uses] = [parts.map(({ text }) => text), parts.map(({ use }) => use)];
  return `${units.join('\n')}\nexport default () => {\nlet sum = 0\n${uses.join('\n')}\nreturn sum\n}`;
}

function partsOf(unit: ModelUnit): Parts {
  switch (unit.kind) {
    case 'single':
      return { text: singleText(unit), use: singleUse(unit) };
    case 'bank':
      return { text: bankText(unit), use: bankUse(unit) };
    case 'group':
      return groupParts(unit);
    case 'delay':
      return delayParts(unit);
    case 'machine':
      return partsOfMachine(unit);
    case 'keyed':
      return partsOfKeyed(unit);
    case 'crowd':
      return partsOfCrowd(unit);
    case 'boxed':
      return partsOfBoxed(unit);
    case 'ensemble':
      return partsOfEnsemble(unit);
  }
}

const singleText = ({ name, variable }: Single): string => `let ${name} = ${variable.init}`;

function singleUse({ name, gain, variable }: Single): string {
  const step = variable.written ? `${name} = (${name} * 1.25 + 0.5) % 11\n` : '';
  return `${step}sum = sum * 0.75 + ${gain} * ${name}`;
}

function bankText({ name, factory, constants, clock, variables, field, line, closures }: Bank): string {
  const made =
    line.type === 'array' ? `Array.from({ length: ${line.length} }, () => 0)` : `new ${line.type}(${line.length})`;
  const steps = [
    ...(clock?.written ? [`${clock.name} = (${clock.name} + k) % 7`] : []),
    ...variables.filter(({ written }) => written).map((v) => `${v.name} = (${v.name} * 1.25 + k) % 11`),
    `o.${field.name} = (o.${field.name} + k) % 13`,
    `at = (at + 3) % ${line.length}`,
    `line[at] = line[at] * 0.5 + ${variables[0]!.name}`,
  ];
  const sum = [
    ...(clock ? [clock.name] : []),
    ...variables.map((v) => v.name),
    `o.${field.name}`,
    `line[(at + 1) % ${line.length}]`,
  ];
  const get = [...(clock ? [clock.name] : []), variables[0]!.name].join(' + ');
  const bodies = {
    up: `const up = () => {\n${steps.join('\n')}\nreturn ${sum.join(' + ')}\n}`,
    get: `const get = () => (${get}) * 0.5`,
  };
  return `function ${factory}() {
${clock ? `let ${clock.name} = ${clock.init}` : ''}
const one = (k) => {
${variables.map((v) => `let ${v.name} = ${v.init}`).join('\n')}
const o = { ${field.name}: ${field.init} }
const line = ${made}
let at = 0
${closures.map((closure) => bodies[closure]).join('\n')}
return { k, ${closures.join(', ')} }
}
return [${constants.join(', ')}].map((k) => one(k))
}
const ${name} = ${factory}()`;
}

const bankUse = ({ name, gain, closures }: Bank): string =>
  `for (const one of ${name}) {\n${closures.map((closure) => `sum = sum * 0.75 + ${gain} * one.${closure}()`).join('\n')}\n}`;

function groupParts({ name, form, gain, init, members }: Group): Parts {
  const steps = members.map(({ step }) => step).join(', ');
  const heard = (value: string): string => `sum = sum * 0.75 + ${gain} * ${value}`;
  const moved = (place: string, step: string | number): string => `${place} = (${place} + ${step}) % 1`;
  const lines = (line: (member: Group['members'][number], n: number) => string): string => members.map(line).join('\n');
  const voice = `function ${name}Voice(step) {\nlet at = ${init}\nreturn () => {\n${moved('at', 'step')}\nreturn at\n}\n}`;
  const loop = (body: string): string => `for (let i = 0; i < ${members.length}; i++) {\n${body}\n}`;
  switch (form) {
    case 'singles':
      return {
        text: lines((m) => `let ${m.name} = ${init}`),
        use: lines((m) => `${moved(m.name, m.step)}\n${heard(m.name)}`),
      };
    case 'fields':
      return {
        text: `const ${name} = { ${members.map((m) => `${m.name}: ${init}`).join(', ')} }`,
        use: lines((m) => `${moved(`${name}.${m.name}`, m.step)}\n${heard(`${name}.${m.name}`)}`),
      };
    case 'numbers':
      return {
        text: `const ${name}Steps = [${steps}]\nconst ${name} = [${members.map(() => init).join(', ')}]`,
        use: loop(`${moved(`${name}[i]`, `${name}Steps[i]`)}\n${heard(`${name}[i]`)}`),
      };
    case 'indexed':
      return {
        text: `const ${name} = [${members.map(() => init).join(', ')}]`,
        use: lines((m, n) => `${moved(`${name}[${n}]`, m.step)}\n${heard(`${name}[${n}]`)}`),
      };
    case 'objects':
      return {
        text: `const ${name} = [${steps}].map((step) => ({ step, at: ${init} }))`,
        use: `for (const one of ${name}) {\n${moved('one.at', 'one.step')}\n${heard('one.at')}\n}`,
      };
    case 'closures':
      return {
        text: lines(
          (m) =>
            `let ${m.name} = ${init}\nconst ${m.name}Play = () => {\n${moved(m.name, m.step)}\nreturn ${m.name}\n}`,
        ),
        use: lines((m) => heard(`${m.name}Play()`)),
      };
    case 'voice':
      return {
        text: `${voice}\n${lines((m) => `const ${m.name}Play = ${name}Voice(${m.step})`)}`,
        use: lines((m) => heard(`${m.name}Play()`)),
      };
    case 'voices':
      return {
        text: `${voice}\nconst ${name} = [${steps}].map((step) => ${name}Voice(step))`,
        use: loop(heard(`${name}[i]()`)),
      };
  }
}

const STEPS: Readonly<
  Record<Delay['way'], { readonly before?: string; readonly after?: string; readonly at: string }>
> = {
  modulo: { after: 'AT = (AT + 1) % SIZE', at: 'AT' },
  reset: { after: 'if (++AT >= SIZE) AT = 0', at: 'AT' },
  conditional: { after: 'AT = AT + 1 < SIZE ? AT + 1 : 0', at: 'AT' },
  before: { before: 'AT = (AT + 1) % SIZE', at: 'AT' },
  down: { after: 'AT = AT > 0 ? AT - 1 : SIZE - 1', at: 'AT' },
  count: { before: 'const w = AT % SIZE', after: 'AT += 1', at: 'w' },
};

function delayParts({ name, form, way, gain, size, input }: Delay): Parts {
  const own = form === 'object' ? `${name}.` : form === 'top' ? name : '';
  const { before = '', after = '', at } = STEPS[way];
  const x = `${own}${input.name}`;
  const named = (text: string): string =>
    text.replaceAll('AT', `${own}at`).replaceAll('SIZE', form === 'object' ? `${name}.size` : String(size));
  const body = [
    `${x} = (${x} * 1.25 + 0.5) % 11`,
    named(before),
    `const y = ${own}line[${named(at)}]`,
    `${own}line[${named(at)}] = ${x} + 0.5 * y`,
    named(after),
  ].join('\n');
  const heard = (value: string): string => `sum = sum * 0.75 + ${gain} * ${value}`;
  const line = `new Float64Array(${size})`;
  switch (form) {
    case 'top':
      return {
        text: `let ${x} = ${input.init}\nconst ${own}line = ${line}\nlet ${own}at = 0`,
        use: `{\n${body}\n${heard('y')}\n}`,
      };
    case 'factory':
      return {
        text: `function ${name}Make() {\nlet ${x} = ${input.init}\nconst line = ${line}\nlet at = 0\nreturn () => {\n${body}\nreturn y\n}\n}\nconst ${name} = ${name}Make()`,
        use: heard(`${name}()`),
      };
    case 'object':
      return {
        text: `const ${name} = { size: ${size}, ${input.name}: ${input.init}, line: ${line}, at: 0 }`,
        use: `{\n${body}\n${heard('y')}\n}`,
      };
  }
}
