/** Quick fixes as Monaco's code actions; what is wrong and how to put it right is the compiler's. Main thread. */

import type { monaco } from '../monaco.ts';
import { type Connection, rangeOf } from './connection.ts';

export function fixProvider(connection: Connection): monaco.languages.CodeActionProvider {
  return {
    async provideCodeActions(model, range, { markers }, token) {
      const none = { actions: [], dispose: () => undefined };
      if (markers.length === 0) return none;
      const span = {
        start: model.getOffsetAt({ lineNumber: range.startLineNumber, column: 1 }),
        end: model.getOffsetAt({
          lineNumber: range.endLineNumber,
          column: model.getLineMaxColumn(range.endLineNumber),
        }),
      };
      const fixes = await connection.ask(model, { kind: 'fixes', span }, token);
      const versionId = model.getVersionId();
      const actions = (fixes ?? []).map(({ title, edits, code }) => ({
        title,
        kind: 'quickfix',
        isPreferred: true,
        diagnostics: markers.filter((marker) => marker.code === code),
        edit: {
          edits: edits.map((edit) => ({
            resource: model.uri,
            versionId,
            textEdit: { range: rangeOf(model, edit.span), text: edit.text },
          })),
        },
      }));
      return { ...none, actions };
    },
  };
}
