/** Help while one writes: completion, and what a function takes. Main thread. */

import type { CompletionItem, CompletionKind } from '../../protocol/language.ts';
import { monaco } from '../monaco.ts';
import { type Connection, code, markdown, rangeOf } from './connection.ts';

const { CompletionItemKind: Kind } = monaco.languages;

const KINDS: Readonly<Record<CompletionKind, monaco.languages.CompletionItemKind>> = {
  function: Kind.Function,
  factory: Kind.Constructor,
  variable: Kind.Variable,
  constant: Kind.Constant,
  member: Kind.Field,
  method: Kind.Method,
  keyword: Kind.Keyword,
  snippet: Kind.Snippet,
  text: Kind.Value,
  class: Kind.Class,
};

/** An item, and where it was offered: what is said of it is asked for when it is looked at. */
interface Offered extends monaco.languages.CompletionItem {
  readonly place: { readonly model: monaco.editor.ITextModel; readonly offset: number };
}

export function completionProvider(connection: Connection): monaco.languages.CompletionItemProvider {
  return {
    triggerCharacters: ['.', "'", '"'],
    async provideCompletionItems(model, position, _context, token) {
      const offset = model.getOffsetAt(position);
      // While it is on its way more is typed, at the end of the same word: Monaco filters by that.
      const found = await connection.ask(model, { kind: 'complete', offset }, token, true);
      if (!found) return null;
      const { lineNumber, column } = position;
      const columnOf = (at: number): number => column + at - offset;
      const range = new monaco.Range(lineNumber, columnOf(found.span.start), lineNumber, columnOf(found.span.end));
      const place = { model, offset };
      return { suggestions: found.items.map((item): Offered => ({ ...suggestion(item, range), place })) };
    },
    async resolveCompletionItem(item, token) {
      const { place, label } = item as Offered;
      if (!place) return item;
      const name = typeof label === 'string' ? label : label.label;
      const told = await connection.ask(
        place.model,
        { kind: 'describe', offset: place.offset, label: name },
        token,
        true,
      );
      return told ? { ...item, detail: told.code, documentation: markdown(told.text) } : item;
    },
  };
}

function suggestion(item: CompletionItem, range: monaco.IRange): monaco.languages.CompletionItem {
  const { label, kind, detail, insert = label, isSnippet = false, rank } = item;
  const { InsertAsSnippet } = monaco.languages.CompletionItemInsertTextRule;
  return {
    label: { label, description: detail },
    kind: KINDS[kind],
    insertText: insert,
    range,
    sortText: `${rank}${label.toLowerCase()}`,
    ...(isSnippet && { insertTextRules: InsertAsSnippet }),
  };
}

export function signatureProvider(connection: Connection): monaco.languages.SignatureHelpProvider {
  return {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')'],
    async provideSignatureHelp(model, position, token) {
      const help = await connection.ask(model, { kind: 'signature', offset: model.getOffsetAt(position) }, token);
      if (!help) return null;
      const signature = {
        label: help.label,
        parameters: help.parameters.map(({ start, end, text }) => ({
          label: [start, end] as [number, number],
          // One line, so that little of the code is covered: of the parameter, or else of the whole.
          documentation: markdown(text || help.text),
        })),
      };
      const value = { signatures: [signature], activeSignature: 0, activeParameter: help.active };
      return { value, dispose: () => undefined };
    },
  };
}

export function hoverProvider(connection: Connection): monaco.languages.HoverProvider {
  return {
    async provideHover(model, position, token) {
      const hover = await connection.ask(model, { kind: 'hover', offset: model.getOffsetAt(position) }, token);
      if (!hover) return null;
      const contents = [code(hover.code), ...(hover.text ? [markdown(hover.text)] : [])];
      return { range: rangeOf(model, hover.span), contents };
    },
  };
}
