/** What stands at a position: a name, a member, or nothing that anything can be said of. Pure. */

import type * as Babel from '@babel/types';
import type { Token } from '../tokens.ts';
import type { Evaluator } from './evaluate.ts';
import { innermost, memberName, type Node } from './nodes.ts';
import type { Occurrence } from './scopes.ts';
import type { TextModel } from './textModel.ts';
import { UNKNOWN, type View } from './views.ts';

type Member = Babel.MemberExpression | Babel.OptionalMemberExpression;

export type Target =
  | { readonly kind: 'name'; readonly occurrence: Occurrence }
  | { readonly kind: 'member'; readonly node: Member; readonly name: string };

/** `at`: in the repaired text. */
export function targetAt(model: TextModel, at: number): Target | null {
  const occurrence = occurrenceAt(model, at);
  if (occurrence) return { kind: 'name', occurrence };
  const node = innermost(model.statements, at, (one): one is Member => isMember(one) && isOnProperty(one, at));
  const name = node && memberName(node);
  return node && name !== null ? { kind: 'member', node, name } : null;
}

/** Where two names meet there is something between them, so that one of them at most touches a position. */
export const occurrenceAt = ({ scopes }: TextModel, at: number): Occurrence | null =>
  scopes.occurrences.find(({ span }) => span.start <= at && at <= span.end) ?? null;

export const isMember = (node: Node): node is Member =>
  node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';

const isOnProperty = ({ property }: Member, at: number): boolean =>
  (property.start ?? 0) <= at && at <= (property.end ?? 0);

/** The last token that ends at or before a position. */
export function tokenBefore(tokens: readonly Token[], at: number): number {
  return tokens.findLastIndex(({ end }) => end <= at);
}

/** The type of what ends with a token, read from names and points alone: for what could not be parsed. */
export function typeByTokens(model: TextModel, evaluator: Evaluator, last: number): View {
  const names: string[] = [];
  let at = last;
  for (;;) {
    const token = model.tokens[at];
    if (token?.kind !== 'name') return UNKNOWN;
    names.unshift(token.text);
    const point = model.tokens[at - 1]?.text;
    if (point !== '.' && point !== '?.') break;
    at -= 2;
  }
  const [first = '', ...members] = names;
  let view = evaluator.nameType(first, model.repaired.toRepaired(model.tokens[at]?.start ?? 0));
  for (const name of members) view = evaluator.memberType(view, name);
  return view;
}
