/** Values written into texts: what the text then declares is where the control stands. */
import { describe, expect, it } from 'vitest';
import type { ControlDeclaration, ControlKind, ControlState, ControlValue } from '../protocol/controls.ts';
import { type TextEdit, writeBack } from './writeBack.ts';

const spanOf = (text: string, part: string, from = 0) => {
  const start = text.indexOf(part, from);
  return start < 0 ? null : { start, end: start + part.length };
};

/** A control as the compiler finds it: `call` is in the text, `values` are in the call. */
function state(
  text: string,
  kind: ControlKind,
  call: string,
  values: readonly string[],
  value: ControlValue,
): ControlState {
  const span = spanOf(text, call)!;
  const [first, second] = values;
  const within: ControlDeclaration = {
    ...{ kind, name: call.match(/['"`](.*?)['"`]/)?.[1] ?? '', unit: '', options: [], defaultValue: 0, smooth: 0 },
    ...{ min: 0, max: kind === 'slider' ? 1000 : 1, step: kind === 'select' ? 1 : 0, curve: 'linear', span },
    valueSpan: first === undefined ? null : spanOf(text, first, span.start),
    secondValueSpan: second === undefined ? null : spanOf(text, second, span.start),
  };
  return { declaration: kind === 'select' ? { ...within, max: 5 } : within, value, isMoved: true };
}

function applied(text: string, edits: readonly TextEdit[]): string {
  return edits.toReversed().reduce((now, { span, put }) => now.slice(0, span.start) + put + now.slice(span.end), text);
}

describe('written back', () => {
  it.each<[string, ControlKind, string, readonly string[], ControlValue, string]>([
    [
      "const c = slider('c', 500, { max: 1000 })",
      'slider',
      "slider('c', 500, { max: 1000 })",
      ['500'],
      312,
      "const c = slider('c', 312, { max: 1000 })",
    ],
    ["const c = slider('c')", 'slider', "slider('c')", [], 312, "const c = slider('c', 312)"],
    ["const c = slider( 'c' , )", 'slider', "slider( 'c' , )", [], 2, "const c = slider( 'c', 2)"],
    ["const k = knob('k', .5)", 'knob', "knob('k', .5)", ['.5'], 0.25, "const k = knob('k', 0.25)"],
    ["const t = toggle('t', false)", 'toggle', "toggle('t', false)", ['false'], 1, "const t = toggle('t', true)"],
    ["const t = toggle('t', 1)", 'toggle', "toggle('t', 1)", ['1'], 0, "const t = toggle('t', 0)"],
    ["const t = toggle('t')", 'toggle', "toggle('t')", [], 1, "const t = toggle('t', true)"],
    [
      "const s = select('s', ['a', 'b'], 0)",
      'select',
      "select('s', ['a', 'b'], 0)",
      ['0'],
      1,
      "const s = select('s', ['a', 'b'], 1)",
    ],
    ["const p = xy('p', 0.5, 0.5)", 'xy', "xy('p', 0.5, 0.5)", ['0.5, '], [0.1, 0.9], ''],
    [
      "const p = xy('p', 0.2, 0.4)",
      'xy',
      "xy('p', 0.2, 0.4)",
      ['0.2', '0.4'],
      [0.1, 0.9],
      "const p = xy('p', 0.1, 0.9)",
    ],
    ["const p = xy('p')", 'xy', "xy('p')", [], [0.1, 0.9], "const p = xy('p', 0.1, 0.9)"],
  ])('in `%s`, a %s', (text, kind, call, values, value, wanted) => {
    const { edits, names, refused } = writeBack(text, text, [state(text, kind, call, values, value)]);
    expect(names.length + refused.length).toBe(1);
    expect(refused.length === 0 ? applied(text, edits) : '').toBe(wanted);
  });

  it('is refused where the default is computed, or the call was edited since', () => {
    const text = "const a = slider('a', 2 * base)\nconst b = slider('b', 1)";
    const a = state(text, 'slider', "slider('a', 2 * base)", [], 5);
    const b = state(text, 'slider', "slider('b', 1)", ['1'], 5);
    expect(writeBack(text, text, [a, b])).toMatchObject({ names: ['b'], refused: ['a'] });
    expect(writeBack(text.replace("'b', 1", "'b', 7"), text, [b])).toEqual({ edits: [], names: [], refused: ['b'] });
  });

  it('finds its place after edits elsewhere, and all of them at once', () => {
    const text = "const a = slider('a', 1)\nconst b = slider('b', 2)\nexport default () => a() + b()";
    const controls = [
      state(text, 'slider', "slider('b', 2)", ['2'], 20),
      state(text, 'slider', "slider('a', 1)", ['1'], 10),
    ];
    const edited = `// new\n${text}`;
    const { edits, names } = writeBack(edited, text, controls);
    expect(names.toSorted()).toEqual(['a', 'b']);
    expect(applied(edited, edits)).toBe(
      "// new\nconst a = slider('a', 10)\nconst b = slider('b', 20)\nexport default () => a() + b()",
    );
  });
});
