/** What a function takes, while its arguments are written. In: a text that was read with a name at the cursor. Pure. */

import type * as Babel from '@babel/types';
import type { SignatureHelp } from '../../protocol/language.ts';
import type { Token } from '../tokens.ts';
import { describeMember, describeName } from './describe.ts';
import { Evaluator } from './evaluate.ts';
import { innermost, memberName, type Node, spanOf } from './nodes.ts';
import { lookUp, scopeAt } from './scopes.ts';
import { isMember, typeByTokens } from './targets.ts';
import type { Knowledge, TextModel } from './textModel.ts';
import { type FunctionView, present, printParameter, printView, type View } from './views.ts';

/** An open bracket of a call, and the argument that a position is in. */
interface OpenCall {
  /** The token in front of the bracket. */
  readonly callee: number;
  readonly argument: number;
}

const NO_CALL = /^(?:if|for|while|switch|catch|function|return|typeof|in|of|case)$/;

export function signatureAt(model: TextModel, offset: number, knowledge: Knowledge): SignatureHelp | null {
  const open = openCall(model.tokens, offset);
  if (!open) return null;
  const evaluator = new Evaluator(model, knowledge);
  const token = model.tokens[open.callee];
  const end = model.repaired.toRepaired(token?.end ?? 0);
  const call = innermost(model.statements, end, (node): node is Babel.CallExpression => isCallOf(node, end));
  const view = present(call ? evaluator.typeOf(call.callee) : typeByTokens(model, evaluator, open.callee));
  const fn = functionIn(view);
  if (!fn) return null;
  const name = call ? model.text.slice(spanOf(call.callee).start, end) : (token?.text ?? '');
  return help(nameOf(name), fn, open.argument, textOf(fn, call?.callee, evaluator, model, knowledge));
}

const isCallOf = (node: Node, end: number): boolean =>
  (node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'OptionalCallExpression') &&
  node.callee.end === end;

const functionIn = (view: View): FunctionView | null => {
  if (view.kind === 'function') return view;
  return view.kind === 'union' ? (view.options.find((option) => option.kind === 'function') ?? null) : null;
};

/** The innermost call around a position; bodies of functions are outside of the calls around them. */
function openCall(tokens: readonly Token[], at: number): OpenCall | null {
  let depth = 0;
  let commas = 0;
  for (let index = tokens.findLastIndex(({ end, start }) => end <= at && start < at); index >= 0; index--) {
    const { text, kind } = tokens[index]!;
    if (kind !== 'bracket') {
      if (text === ',' && depth === 0) commas++;
      continue;
    }
    if (/[)\]}]/.test(text)) depth++;
    else if (depth > 0) depth--;
    else if (text === '(') {
      const callee = tokens[index - 1];
      const isCall = callee && !NO_CALL.test(callee.text) && (callee.kind === 'name' || /^[)\]]$/.test(callee.text));
      if (isCall && tokens[index - 2]?.text !== 'function') return { callee: index - 1, argument: commas };
      commas = 0;
    } else if (text === '{' && !/^[(,:[=?]$/.test(tokens[index - 1]?.text ?? '')) return null;
    // An array or an object is one argument.
    else commas = 0;
  }
  return null;
}

const MAX_NAME = 40;

function nameOf(text: string): string {
  const short = text.replace(/\s+/g, '');
  return short.length > MAX_NAME ? `…${short.slice(-MAX_NAME)}` : short;
}

function textOf(
  fn: FunctionView,
  callee: Node | undefined,
  evaluator: Evaluator,
  model: TextModel,
  knowledge: Knowledge,
): string {
  if (fn.entry) return fn.entry.summary;
  if (!callee) return '';
  if (isMember(callee)) {
    const name = memberName(callee);
    return name === null ? '' : (describeMember(evaluator.typeOf(callee.object), name, evaluator)?.text ?? '');
  }
  if (callee.type !== 'Identifier') return '';
  const declaration = lookUp(scopeAt(model.scopes, callee.start ?? 0), callee.name);
  return describeName(callee.name, declaration, evaluator, knowledge)?.text ?? '';
}

function help(
  name: string,
  { parameters, result, entry }: FunctionView,
  argument: number,
  text: string,
): SignatureHelp {
  let label = `${name}(`;
  const shown = parameters.map((parameter, index) => {
    if (index > 0) label += ', ';
    const start = label.length;
    label += printParameter(parameter);
    const told = entry?.parameters.find((one) => one.name === parameter.name)?.text ?? '';
    return { start, end: label.length, text: told };
  });
  label += result.kind === 'unknown' ? ')' : `): ${printView(result, 1)}`;
  const last = parameters.length - 1;
  const active = parameters[last]?.isRest ? Math.min(argument, last) : argument;
  return { label, text, parameters: shown, active };
}
