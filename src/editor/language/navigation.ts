/** Going through the text: definitions, references, other names, outline and folds. Main thread. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { OutlineSymbol, Place, SymbolKind } from '../../protocol/language.ts';
import { monaco } from '../monaco.ts';
import { type Connection, rangeOf } from './connection.ts';

type Model = monaco.editor.ITextModel;

async function locationOf(connection: Connection, model: Model, place: Place): Promise<monaco.languages.Location[]> {
  const target = place.path === null ? model : await connection.module(place.path);
  return target ? [{ uri: target.uri, range: rangeOf(target, place.span) }] : [];
}

export function definitionProvider(connection: Connection): monaco.languages.DefinitionProvider {
  return {
    async provideDefinition(model, position, token) {
      const place = await connection.ask(model, { kind: 'define', offset: model.getOffsetAt(position) }, token);
      return place ? locationOf(connection, model, place) : null;
    },
  };
}

export function referenceProvider(connection: Connection): monaco.languages.ReferenceProvider {
  return {
    async provideReferences(model, position, _context, token) {
      const places = await connection.ask(model, { kind: 'references', offset: model.getOffsetAt(position) }, token);
      const found = await Promise.all((places ?? []).map((place) => locationOf(connection, model, place)));
      return found.flat();
    },
  };
}

export function highlightProvider(connection: Connection): monaco.languages.DocumentHighlightProvider {
  const { Read, Write } = monaco.languages.DocumentHighlightKind;
  return {
    async provideDocumentHighlights(model, position, token) {
      const found = await connection.ask(model, { kind: 'highlights', offset: model.getOffsetAt(position) }, token);
      return (found ?? []).map(({ span, isWritten }) => ({
        range: rangeOf(model, span),
        kind: isWritten ? Write : Read,
      }));
    },
  };
}

const NO_ANSWER = 'The compiler has no answer just now: try again.';

export function renameProvider(connection: Connection): monaco.languages.RenameProvider {
  return {
    async provideRenameEdits(model, position, name, token) {
      const offset = model.getOffsetAt(position);
      const answer = await connection.ask(model, { kind: 'rename', offset, name }, token);
      if (!answer || 'refusal' in answer) return { edits: [], rejectReason: answer?.refusal ?? NO_ANSWER };
      const versionId = model.getVersionId();
      const edits = answer.edits.map(({ span, text }) => ({
        resource: model.uri,
        versionId,
        textEdit: { range: rangeOf(model, span), text },
      }));
      return { edits };
    },
    async resolveRenameLocation(model, position, token) {
      const found = await connection.ask(model, { kind: 'canRename', offset: model.getOffsetAt(position) }, token);
      if (found && 'span' in found) return { range: rangeOf(model, found.span), text: found.name };
      const range = monaco.Range.fromPositions(position);
      return { range, text: '', rejectReason: found?.refusal ?? NO_ANSWER };
    },
  };
}

const { SymbolKind: Kind } = monaco.languages;
const SYMBOLS: Readonly<Record<SymbolKind, monaco.languages.SymbolKind>> = {
  function: Kind.Function,
  variable: Kind.Variable,
  constant: Kind.Constant,
  class: Kind.Class,
  export: Kind.Event,
};

export function symbolProvider(connection: Connection): monaco.languages.DocumentSymbolProvider {
  return {
    displayName: 'segue',
    async provideDocumentSymbols(model, token) {
      const symbols = await connection.ask(model, { kind: 'outline' }, token);
      return symbols?.map((one) => symbolOf(model, one)) ?? null;
    },
  };
}

const symbolOf = (model: Model, symbol: OutlineSymbol): monaco.languages.DocumentSymbol => ({
  name: symbol.name,
  detail: symbol.detail,
  kind: SYMBOLS[symbol.kind],
  tags: [],
  range: rangeOf(model, symbol.span),
  selectionRange: rangeOf(model, symbol.nameSpan),
  children: symbol.children.map((child) => symbolOf(model, child)),
});

export function foldingProvider(connection: Connection): monaco.languages.FoldingRangeProvider {
  return {
    async provideFoldingRanges(model, _context, token) {
      const found = await connection.ask(model, { kind: 'folding' }, token);
      return found?.flatMap(({ span, isComment }) => foldOf(model, span, isComment)) ?? null;
    },
  };
}

/** What closes it stays in view. */
function foldOf(model: Model, { start, end }: Span, isComment: boolean): monaco.languages.FoldingRange[] {
  const first = model.getPositionAt(start).lineNumber;
  const last = model.getPositionAt(end).lineNumber - (isComment ? 0 : 1);
  if (last <= first) return [];
  return [{ start: first, end: last, ...(isComment && { kind: monaco.languages.FoldingRangeKind.Comment }) }];
}
