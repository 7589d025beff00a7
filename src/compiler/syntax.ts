/**
 * Explains the parser's errors in plain words. In: the parser's error and the text it was given. Out: the place the
 * user has to look at, and what to do there. Knows only tokens and brackets of the language.
 */

import { describeInvisible, isInvisible } from '../language/invisible.ts';
import { nearestName } from '../language/nearestName.ts';
import type { Span } from '../protocol/diagnostic.ts';
import { type Explanation, explainBrackets } from './brackets.ts';
import { CLOSERS, type Token, tokensOf } from './tokens.ts';

export type { Explanation };

export interface ParserError {
  readonly message: string;
  /** The parser's name for this kind of mistake. */
  readonly reasonCode?: string;
  readonly pos: number;
}

/** Positions count from the start of `text`. */
export function explain(errors: readonly ParserError[], text: string): Explanation[] {
  if (errors.length === 0) return [];
  const tokens = tokensOf(text);
  let found: Explanation | null | undefined;
  // The same for all errors, and the longest to find.
  const bracket = (): Explanation | null => {
    if (found === undefined) found = explainBrackets(text, tokens);
    return found;
  };
  return errors.map((error) => explainOne(error, text, tokens, bracket));
}

function explainOne(
  error: ParserError,
  text: string,
  tokens: readonly Token[],
  bracket: Scene['bracket'],
): Explanation {
  const pos = Math.min(error.pos, text.length);
  const at = tokens.find((token) => token.end > pos) ?? null;
  const before = tokens.findLast((token) => token.end <= (at?.start ?? pos)) ?? null;
  const known = error.reasonCode ? KNOWN[error.reasonCode] : undefined;
  const found = known?.({ text, pos, at, before, tokens, bracket });
  if (found) return found;
  if (isAboutTokens(error)) return explainToken({ text, pos, at, before, tokens, bracket }, expectedIn(error.message));
  const detail = error.message.replace(/\s*\(\d+:\d+\)\s*$/, '');
  return {
    place: at ?? before ?? { start: 0, end: text.length },
    detail: detail.endsWith('.') ? detail : `${detail}.`,
  };
}

interface Scene {
  readonly text: string;
  readonly pos: number;
  /** The token that the parser stumbled over; `null` at the end of the text. */
  readonly at: Token | null;
  readonly before: Token | null;
  readonly tokens: readonly Token[];
  /** The bracket without a partner, if there is one. */
  readonly bracket: () => Explanation | null;
}

const isAboutTokens = ({ reasonCode, message }: ParserError): boolean =>
  /^(UnexpectedToken|MissingSemicolon|UnexpectedTokenAfter\w*|UnterminatedRegExp|MissingPlugin|MissingOneOfPlugins)$/.test(
    reasonCode ?? '',
  ) || /^Unexpected token|experimental syntax/.test(message);

const expectedIn = (message: string): string | null => /expected "([^"]+)"/.exec(message)?.[1] ?? null;

// Tokens that cannot stand where they stand

const KEYWORDS = 'const let function return export default while switch case break continue else'.split(' ');

function explainToken(scene: Scene, expected: string | null): Explanation {
  const { at, before } = scene;
  const bracket = scene.bracket();
  if (bracket) return bracket;
  if (!at) {
    const place = before ?? { start: 0, end: scene.text.length };
    return { place, detail: before ? `Something is missing after ${quote(before)}.` : 'Something is missing here.' };
  }
  const comma = commaInLoop(scene);
  if (comma) {
    const detail = 'The three parts of a `for` loop are separated by `;`, as in `for (let i = 0; i < 4; i++)`.';
    return { place: comma, detail };
  }
  if (before && DECLARES.has(before.text) && /^[=(;,]$/.test(at.text)) return nameMissing(before);
  if (before && wantsMore(before) && endsSomething(at)) {
    return missingBetween(before, at);
  }
  if (before?.kind === 'number' && at.kind === 'name' && before.end === at.start) {
    const detail = 'A name cannot follow a number directly: put an operator between them, as in `2 * x`.';
    return { place: at, detail };
  }
  const unexpected = `${quote(at)} is not expected here`;
  const meant = before?.kind === 'name' && at.kind === 'name' ? nearestName(before.text, KEYWORDS) : null;
  if (before && meant && meant !== before.text) {
    return { place: before, detail: `\`${before.text}\` is not a keyword. Did you mean \`${meant}\`?` };
  }
  if (before?.text === ')' && at.text === '{') {
    return { place: at, detail: `${unexpected}: \`=>\` is missing before it.` };
  }
  if (at.text === '#') return { place: at, detail: `${unexpected}: comments begin with \`//\`.` };
  if (expected) {
    const missing = expected === ',' ? 'a comma' : `\`${expected}\``;
    return { place: at, detail: `${unexpected}: ${missing} is missing before it.` };
  }
  const follows = before && (before.kind !== 'operator' || /^[)\]}]$/.test(before.text)) && startsSomething(at);
  const hint = follows ? ': an operator, a comma or a new line is missing before it' : '';
  return { place: at, detail: `${unexpected}${hint}.` };
}

/** The first comma in the head of the `for` loop that was being read, if there is a comma where a `;` should be. */
function commaInLoop({ tokens, at }: Scene): Token | null {
  const last = at ? tokens.indexOf(at) : tokens.length;
  let depth = 0;
  let comma: Token | null = null;
  for (let index = last - 1; index > 0; index--) {
    const token = tokens[index]!;
    if (/^[)\]}]$/.test(token.text)) depth++;
    if (CLOSERS[token.text]) depth--;
    if (depth < 0) return token.text === '(' && tokens[index - 1]!.text === 'for' ? comma : null;
    if (depth === 0 && /^(;|of|in)$/.test(token.text)) return null;
    if (depth === 0 && token.text === ',') comma = token;
  }
  return null;
}

const missingBetween = (before: Token, at: Token): Explanation => ({
  place: at,
  detail: `Something is missing after ${quote(before)}, before ${quote(at)}.`,
});

/** Longer words are not repeated in a message. */
const MAX_QUOTED_CHARS = 60;

function quote({ text, kind }: Token): string {
  if (text.length > MAX_QUOTED_CHARS) return kind === 'text' ? 'this string' : 'this';
  return text.includes('`') ? 'this string' : `\`${text}\``;
}

/** What a pattern that looks back from a mistake may look at. */
const MAX_LOOK_BACK = 1000;
const lookBack = (text: string, pos: number): string => text.slice(Math.max(0, pos - MAX_LOOK_BACK), pos);

/** Operators and words that must be followed by a value. */
const wantsMore = ({ kind, text }: Token): boolean =>
  (kind === 'operator' && !/^(;|\+\+|--)$/.test(text)) || /^[([]$/.test(text);

/** Tokens that cannot begin a value. */
const endsSomething = ({ kind, text }: Token): boolean =>
  /^([)\]};,:?]|const|let|function|export|else|case|return)$/.test(text) ||
  (kind === 'operator' && !/^([-+!~]|\+\+|--|\.\.\.)$/.test(text));

const startsSomething = ({ kind, text }: Token): boolean =>
  (kind !== 'operator' || text.startsWith('.')) && !/^([)\]};]|else|case|default|catch|finally)$/.test(text);

// Other mistakes, by the parser's name for them

/** Characters that look like those of the language. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '×': '*',
  '·': '*',
  '÷': '/',
  '−': '-',
  '–': '-',
  '…': '...',
  '≤': '<=',
  '≥': '>=',
  '≠': '!==',
  '，': ',',
  '；': ';',
  '（': '(',
  '）': ')',
};

const DIGITS: Readonly<Record<string, string>> = { x: '0 to 9 and a to f', o: '0 to 7', b: '0 and 1' };

function explainCharacter(character: string): string {
  if (isInvisible(character))
    return `There is an invisible character here (${describeInvisible(character)}): delete it.`;
  const instead = LOOKALIKES[character];
  return instead
    ? `\`${character}\` is not a character of the language: write \`${instead}\` instead.`
    : `\`${character}\` is not a character of the language.`;
}

type Explain = (scene: Scene) => Explanation | null;

const DECLARES: ReadonlySet<string> = new Set(['const', 'let', 'function']);

const isReserved: Explain = ({ at, before, tokens }) => {
  if (!at) return null;
  if (before && wantsMore(before) && endsSomething(at)) return missingBetween(before, at);
  const isNameless = DECLARES.has(at.text) && tokens[tokens.indexOf(at) + 1]?.kind !== 'name';
  return isNameless
    ? nameMissing(at)
    : { place: at, detail: `\`${at.text}\` is a reserved word: choose another name.` };
};

const nameMissing = (behind: Token): Explanation => ({
  place: behind,
  detail: `A name is missing after \`${behind.text}\`.`,
});

const leadingZero: Explain = ({ at }) =>
  at && {
    place: at,
    detail: 'A number cannot begin with `0` and another digit: leave the `0` out, or write `0o` for octal.',
  };

const restIsLast: Explain = ({ tokens, pos }) => {
  const dots = tokens.findLastIndex((token) => token.text === '...' && token.start <= pos);
  const start = tokens[dots];
  return start
    ? {
        place: { start: start.start, end: tokens[dots + 1]!.end },
        detail: 'A rest parameter must come last: move it to the end.',
      }
    : null;
};

const KNOWN: Readonly<Record<string, Explain>> = {
  UnexpectedKeyword: isReserved,
  UnexpectedReservedWord: isReserved,
  InvalidIdentifier: isReserved,
  StrictOctalLiteral: leadingZero,
  StrictNumericEscape: leadingZero,
  InvalidDecimal: leadingZero,
  ElementAfterRest: restIsLast,
  RestTrailingComma: restIsLast,

  UnterminatedString({ text, pos }) {
    const lineEnd = /$/m.exec(text.slice(pos))!.index;
    const end = pos + text.slice(pos, pos + lineEnd).trimEnd().length;
    const detail = `This string is not closed: it needs a \`${text[pos]}\` at its end, on the same line.`;
    return { place: { start: pos, end }, detail };
  },

  UnterminatedTemplate({ text, pos }) {
    const start = Math.max(0, text.lastIndexOf('`', pos));
    return { place: { start, end: start + 1 }, detail: 'This string is not closed: it needs a ` at its end.' };
  },

  UnterminatedComment: ({ pos }) => ({
    place: { start: pos, end: pos + 2 },
    detail: 'This comment is not closed: it needs a `*/` at its end.',
  }),

  UnterminatedRegExp({ tokens, pos }) {
    const slash = tokens.findLastIndex((token) => token.start < pos && token.text.startsWith('/'));
    const [before, at] = [tokens[slash - 1], tokens[slash]];
    if (!before || !at || !wantsMore(before)) return null;
    return missingBetween(before, at);
  },

  InvalidOrUnexpectedToken({ text, pos }) {
    const character = String.fromCodePoint(text.codePointAt(pos) ?? 0xfffd);
    return { place: { start: pos, end: pos + character.length }, detail: explainCharacter(character) };
  },

  NumberIdentifier: ({ at }) =>
    at && {
      place: at,
      detail: 'A name cannot follow a number directly: put an operator between them, as in `2 * x`.',
    },

  InvalidDigit({ text, pos }) {
    const before = /0([xob])([\da-f_]*)$/i.exec(lookBack(text, pos));
    if (!before) return null;
    const [whole, letter, digits] = before;
    const has = DIGITS[letter!.toLowerCase()]!;
    return digits === ''
      ? { place: { start: pos - 2, end: pos }, detail: `\`${whole}\` needs digits after it: ${has}.` }
      : { place: { start: pos, end: pos + 1 }, detail: `After \`0${letter}\` the digits are ${has}.` };
  },

  UnexpectedNumericSeparator: ({ pos }) => ({
    place: { start: pos, end: pos + 1 },
    detail: '`_` may only be between two digits of a number.',
  }),

  DeclarationMissingInitializer({ text, pos }) {
    const name = /(?:\bconst|,)\s*([\p{L}_$][\p{L}\p{N}_$]*)(?:\s*:[^,={}\n]*)?$/u.exec(lookBack(text, pos));
    if (!name) return { place: tokenBefore(text, pos), detail: 'This pattern needs a value to take apart: add `= …`.' };
    const start = Math.max(0, pos - MAX_LOOK_BACK) + name.index + name[0].indexOf(name[1]!, 1);
    const detail = `\`${name[1]}\` is a constant and needs a value where it is declared: \`const ${name[1]} = …\`.`;
    return { place: { start, end: start + name[1]!.length }, detail };
  },

  UnexpectedLexicalDeclaration: ({ at }) =>
    at && { place: at, detail: `A declaration needs braces around it here, as in \`if (…) { ${at.text} x = … }\`.` },

  IllegalBreakContinue({ at, tokens, text }) {
    if (!at) return null;
    const next = tokens[tokens.indexOf(at) + 1];
    const label = next?.kind === 'name' && !text.slice(at.end, next.start).includes('\n') ? next : null;
    if (!label) {
      const detail =
        at.text === 'break' ? '`break` is not inside a loop or a `switch`.' : '`continue` is not inside a loop.';
      return { place: at, detail };
    }
    const isThere = tokens.some(
      (token, index) => token.text === label.text && tokens[index + 1]?.text === ':' && token.start < at.start,
    );
    const detail = isThere
      ? `The label \`${label.text}\` is not the label of a loop, so \`continue\` cannot use it.`
      : `There is no label \`${label.text}\` around this statement.`;
    return { place: label, detail };
  },

  IllegalReturn: ({ at }) => at && { place: at, detail: '`return` is outside of any function.' },

  LabelRedeclaration: ({ at }) =>
    at && { place: at, detail: `The label \`${at.text}\` is used twice, one inside the other: rename one of the two.` },

  MixingCoalesceWithLogical: ({ at }) =>
    at && { place: at, detail: 'Put brackets around one of the two: `??` does not mix with `||` and `&&`.' },

  UnexpectedTokenUnaryExponentiation: ({ before }) =>
    before && {
      place: before,
      detail: `Put brackets around the power or around the operand, as in \`${before.text}(x ** 2)\` or \`(${before.text}x) ** 2\`.`,
    },

  InvalidCoverInitializedName: ({ at }) =>
    at && { place: at, detail: 'Inside an object, write `:` between a member and its value, as in `{ f: 220 }`.' },

  ImportOutsideModule: onlyAtTop,
  UnexpectedImportExport: onlyAtTop,
};

function onlyAtTop({ at }: Scene): Explanation | null {
  return at && { place: at, detail: `\`${at.text}\` may only be used at the top level of the patch.` };
}

function tokenBefore(text: string, pos: number): Span {
  return tokensOf(text).findLast((token) => token.end <= pos) ?? { start: 0, end: Math.min(1, text.length) };
}
