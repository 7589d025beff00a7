/**
 * What can be written at a position. In: a text that was read with a name there. Out: names, members, keys and keywords, those
 * that fit best first; the editor chooses among them by what has been typed. Pure.
 */

import type * as Babel from '@babel/types';
import { MATH_CONSTANTS, NUMBER_CONSTANTS } from '../../language/intrinsics.ts';
import { insteadOf } from '../../language/missingMembers.ts';
import type { CompletionItem, CompletionKind, Completions } from '../../protocol/language.ts';
import { TYPED_ARRAYS } from '../ast.ts';
import { builtinDoc, builtinNames, type Holder } from './builtinDocs.ts';
import { controlNames, isControl } from './controls.ts';
import { Evaluator, elementText, holderOf } from './evaluate.ts';
import { headText } from './libraryHeads.ts';
import { innermost, type Node } from './nodes.ts';
import { PLACEHOLDER } from './repair.ts';
import { type Declaration, type NameScope, scopeAt } from './scopes.ts';
import { isMember, tokenBefore, typeByTokens } from './targets.ts';
import type { Knowledge, TextModel } from './textModel.ts';
import { bare, type MemberView, present, printView, type View } from './views.ts';

const WORD_END = /[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** `others`: names of controls that are not in the text, or no longer. */
export function complete(
  model: TextModel,
  offset: number,
  knowledge: Knowledge,
  others: readonly string[] = [],
): Completions | null {
  const { original } = model;
  const start = offset - (WORD_END.exec(original.slice(Math.max(0, offset - MAX_WORD), offset))?.[0].length ?? 0);
  const at = model.repaired.toRepaired(start);
  const place = placeAt(model, start, offset);
  if (place === 'nowhere') return null;
  if (place === 'string') return completeControl(model, offset, others);
  const evaluator = new Evaluator(model, knowledge);
  const span = { start, end: offset };
  const before = model.tokens[tokenBefore(model.tokens, start)];
  if (before?.text === '.' || before?.text === '?.') {
    return { span, items: membersOf(objectType(model, evaluator, start), evaluator) };
  }
  if (before?.text === 'new') return { span, items: constructors(model, at) };
  const keys = keysAt(model, evaluator, at);
  if (keys) return { span, items: keys };
  return { span, items: names(model, at, knowledge) };
}

const MAX_WORD = 200;
const DECLARES = /^(?:const|let|var|function|class|type|interface|break|continue)$/;

/** Whether anything can be written at a position, or a string is. */
/** `at`: where the word begins. */
function placeAt(model: TextModel, at: number, offset: number): 'code' | 'string' | 'nowhere' {
  const { tokens, original } = model;
  const inside = tokens.find(({ start, end, kind }) => start < at && at < end && kind !== 'name');
  if (inside?.kind === 'text') return 'string';
  if (inside) return 'nowhere';
  const index = tokenBefore(tokens, at);
  const before = tokens[index];
  if (before && DECLARES.test(before.text)) return 'nowhere';
  // A string that is not closed goes on to the end of its line.
  if (before?.kind === 'text' && before.end === at && !isClosed(before.text)) return 'string';
  if (before?.kind === 'number' && before.end === at) return 'nowhere';
  const gap = original.slice(before?.end ?? 0, offset);
  const isComment = /\/\/[^\n]*$/.test(gap) || gap.lastIndexOf('/*') > gap.lastIndexOf('*/');
  return isComment ? 'nowhere' : 'code';
}

const isClosed = (text: string): boolean => text.length > 1 && text.at(-1) === text[0];

function objectType(model: TextModel, evaluator: Evaluator, start: number): View {
  const at = model.repaired.toRepaired(start);
  const isIt = (node: Node): node is Babel.MemberExpression => isMember(node) && node.property.start === at;
  const member = innermost(model.statements, at, isIt);
  if (member) return evaluator.typeOf(member.object);
  return typeByTokens(model, evaluator, tokenBefore(model.tokens, start) - 1);
}

function membersOf(object: View, evaluator: Evaluator): CompletionItem[] {
  const type = present(object);
  if (type.kind === 'record') return [...type.members].map(([name, member]) => memberItem(name, member));
  if (type.kind === 'union') return type.options.flatMap((option) => membersOf(option, evaluator));
  const holder = holderOf(type);
  return holder ? builtinMembers(holder, type) : [];
}

function memberItem(name: string, { type }: MemberView): CompletionItem {
  return { label: name, kind: type.kind === 'function' ? 'method' : 'member', detail: printView(type), rank: 1 };
}

/** What only arrays of numbers have, and what they do not. */
const TYPED_ONLY = /^(?:set|subarray)$/;
const PLAIN_ONLY = /^(?:concat|flat|flatMap|pop|push|shift|splice|unshift|join)$/;

function builtinMembers(holder: Holder, type: View): CompletionItem[] {
  const only = type.kind === 'typedArray' ? PLAIN_ONLY : TYPED_ONLY;
  const element = holder === 'array' ? elementText(type) : 'T';
  return builtinNames(holder).flatMap((name): CompletionItem[] => {
    const doc = builtinDoc(holder, name);
    if (!doc || insteadOf(holder, name) !== null) return [];
    if (holder === 'array' && only.test(name)) return [];
    const isValue = doc.signature.startsWith(':');
    const kind: CompletionKind = !isValue
      ? 'method'
      : Object.hasOwn({ ...MATH_CONSTANTS, ...NUMBER_CONSTANTS }, name)
        ? 'constant'
        : 'member';
    return [{ label: name, kind, detail: doc.signature.replace(/^: /, '').replace(/\bT\b/g, element), rank: 1 }];
  });
}

function constructors({ scopes }: TextModel, at: number): CompletionItem[] {
  const own = visibleFrom(scopeAt(scopes, at)).filter(({ kind }) => kind === 'class');
  return [
    ...own.map(({ name }): CompletionItem => ({ label: name, kind: 'class', detail: '', rank: 0 })),
    ...[...TYPED_ARRAYS, 'Array'].map(
      (label): CompletionItem => ({
        label,
        kind: 'class',
        detail: 'built in',
        rank: 1,
        insert: `${label}(\${1:length})`,
        isSnippet: true,
      }),
    ),
  ];
}

/** The keys of an object that a function takes, or that a pattern takes apart; `null`: the position is not one of a key. */
function keysAt(model: TextModel, evaluator: Evaluator, at: number): CompletionItem[] | null {
  const takes = (node: Node): node is Babel.ObjectExpression | Babel.ObjectPattern =>
    (node.type === 'ObjectExpression' || node.type === 'ObjectPattern') &&
    node.properties.some((one) => one.type === 'ObjectProperty' && one.key.start === at);
  const object = innermost(model.statements, at, takes);
  if (!object) return null;
  const isPattern = object.type === 'ObjectPattern';
  const wanted = isPattern ? takenApart(model, evaluator, object) : wantedOf(model, evaluator, object);
  if (wanted?.kind !== 'record') return null;
  const there = new Set(
    object.properties.flatMap((one) => (one.type === 'ObjectProperty' && one.key.start !== at ? [keyOf(one)] : [])),
  );
  return [...wanted.members]
    .filter(([name]) => !there.has(name))
    .map(([name, { type }]) => ({
      ...{ label: name, kind: 'member', detail: printView(type), rank: 0 },
      ...(isPattern ? {} : { insert: `${name}: ` }),
    }));
}

const keyOf = ({ key }: Babel.ObjectProperty): string => (key.type === 'Identifier' ? key.name : '');

function wantedOf(model: TextModel, evaluator: Evaluator, object: Node): View | null {
  const call = model.parentOf(object);
  if (call?.type !== 'CallExpression') return null;
  const callee = present(evaluator.typeOf(call.callee));
  const index = (call.arguments as readonly Node[]).indexOf(object);
  return callee.kind === 'function' ? bare(present(callee.parameters[index]?.type ?? { kind: 'unknown' })) : null;
}

function takenApart(model: TextModel, evaluator: Evaluator, pattern: Node): View | null {
  const declarator = model.parentOf(pattern);
  return declarator?.type === 'VariableDeclarator' ? present(evaluator.typeOf(declarator.init)) : null;
}

/** Names that scopes hold, the innermost first; each once. */
function visibleFrom(scope: NameScope): Declaration[] {
  const found = new Map<string, Declaration>();
  for (let at: NameScope | null = scope; at; at = at.parent) {
    for (const [name, declaration] of at.names) if (!found.has(name)) found.set(name, declaration);
  }
  return [...found.values()];
}

function names(model: TextModel, at: number, { docs }: Knowledge): CompletionItem[] {
  const scope = scopeAt(model.scopes, at);
  const own = visibleFrom(scope).filter(
    ({ name, node, kind }) => name !== PLACEHOLDER && !(kind === 'const' && isAround(node, at)),
  );
  const hidden = new Set(own.map(({ name }) => name));
  const items: CompletionItem[] = own.map((declaration) => ({
    label: declaration.name,
    kind: kindOf(declaration),
    detail: declaration.kind === 'parameter' ? 'parameter' : declaration.scope.parent ? 'local' : 'this patch',
    // What is nearer is likelier.
    rank: declaration.scope.parent ? 0 : 1,
  }));
  for (const name of docs.names) {
    if (hidden.has(name)) continue;
    const head = docs.headOf(name);
    const kind = head === null ? 'constant' : head.made ? 'factory' : 'function';
    items.push({ label: name, kind, detail: head === null ? 'library' : headText(head), rank: 2 });
  }
  for (const name of builtinNames('global')) {
    const doc = builtinDoc('global', name);
    if (!doc || hidden.has(name)) continue;
    items.push({
      label: name,
      kind: doc.signature.startsWith('(') ? 'function' : 'constant',
      detail: 'built in',
      rank: 3,
    });
  }
  return [
    ...items,
    ...snippets(model),
    ...KEYWORDS.map((label): CompletionItem => ({ label, kind: 'keyword', detail: '', rank: 5 })),
  ];
}

const isAround = ({ start, end }: Node, at: number): boolean => (start ?? 0) <= at && at <= (end ?? 0);

function kindOf({ kind, value }: Declaration): CompletionKind {
  if (kind === 'class') return 'class';
  const isFunction =
    kind === 'function' || value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression';
  return isFunction ? 'function' : kind === 'const' ? 'constant' : 'variable';
}

const KEYWORDS =
  'const let var function return if else for while do switch case break continue default new typeof true false null of in'.split(
    ' ',
  );

/** `‹1:name›` is filled in, and the next one with the Tab key. */
const SNIPPETS: readonly (readonly [label: string, detail: string, insert: string])[] = [
  ['for', 'loop with a counter', 'for (let ‹1:i› = 0; ‹1:i› < ‹2:n›; ‹1:i›++) {\n\t$0\n}'],
  ['forof', 'loop over an array', 'for (const ‹1:v› of ‹2:voices›) {\n\t$0\n}'],
  ['if', 'condition', 'if (‹1:condition›) {\n\t$0\n}'],
  [
    'function',
    'a factory with state',
    'function ‹1:voice›(‹2:hz›) {\n\tconst osc = ‹3:sine›()\n\treturn () => osc(‹2:hz›)$0\n}',
  ],
];

const PLAY = ['export default', 'what is heard, once per frame', 'export default (t) => ‹1:0›'] as const;

function snippets({ statements }: TextModel): CompletionItem[] {
  const hasDefault = statements.some(({ type }) => type === 'ExportDefaultDeclaration');
  return [...SNIPPETS, ...(hasDefault ? [] : [PLAY])].map(([label, detail, insert]) => {
    const filled = insert.replace(/‹(\d):(\w+)›/g, (_, place: string, word: string) => `\${${place}:${word}}`);
    return { label, kind: 'snippet', detail, insert: filled, isSnippet: true, rank: 4 };
  });
}

/** In the first argument of a control: the names that controls have, whose values go on by name. */
function completeControl(model: TextModel, offset: number, others: readonly string[]): Completions | null {
  const at = model.repaired.toRepaired(offset);
  const takes = (node: Node): node is Babel.CallExpression =>
    isControl(node) && isAround(node.arguments[0] ?? node.callee, at);
  const call = innermost(model.statements, at, takes);
  const text = call?.arguments[0];
  if (text?.type !== 'StringLiteral' || (text.start ?? 0) >= at) return null;
  const start = model.repaired.toOriginal((text.start ?? 0) + 1);
  const found = new Set([...controlNames(model.statements), ...others]);
  found.delete(text.value);
  const items = [...found].map((label): CompletionItem => ({ label, kind: 'text', detail: 'control', rank: 0 }));
  return { span: { start, end: Math.max(start, model.repaired.toOriginal(closing(text, at))) }, items };
}

/** The end of what is in a string, or the cursor. */
const closing = ({ end }: Node, at: number): number => Math.max(at, (end ?? 1) - 1);
