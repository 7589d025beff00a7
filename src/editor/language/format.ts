/**
 * The text in one form, by Prettier: two spaces, single quotes, no semicolons where none are needed, as the gallery is written.
 * In: a text that can be parsed. Out: the edit that makes the other of it. Prettier comes with the first use. Main thread.
 */

import type { Plugin } from 'prettier';
import { difference } from '../difference.ts';
import { monaco } from '../monaco.ts';
import { rangeOf, textOf } from './connection.ts';

const OPTIONS = {
  parser: 'babel-ts',
  semi: false,
  singleQuote: true,
  printWidth: 100,
  tabWidth: 2,
} as const;

/** The text in that form, and where a position in it is then. Rejects where the text cannot be parsed. */
export async function formatted(text: string, cursor = 0): Promise<{ readonly text: string; readonly cursor: number }> {
  const [{ formatWithCursor }, babel, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/babel'),
    import('prettier/plugins/estree'),
  ]);
  // The plugins' types do not say that they are plugins.
  const plugins = [babel, estree as Plugin];
  const made = await formatWithCursor(text, { ...OPTIONS, plugins, cursorOffset: cursor });
  return { text: made.formatted, cursor: made.cursorOffset };
}

/**
 * Adds the command. Monaco's own would compare the texts in a worker of its own, which this page does not have. `refused`: is
 * told that the text cannot be formatted.
 */
export function addFormatting(editor: monaco.editor.IStandaloneCodeEditor, refused: () => void): void {
  editor.addAction({
    id: 'segue.format',
    label: 'Format Document: one form for the text',
    keybindings: [monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF],
    contextMenuGroupId: '1_modification',
    run: async () => {
      const model = editor.getModel();
      const position = editor.getPosition();
      if (!model || !position) return;
      const text = textOf(model);
      const version = model.getVersionId();
      const made = await formatted(text, model.getOffsetAt(position)).catch(() => null);
      // What is wrong with it stands at the end of its line.
      if (!made) refused();
      if (!made || model.getVersionId() !== version || made.text === text) return;
      const { from, to, put } = difference(text, made.text);
      editor.pushUndoStop();
      editor.executeEdits('segue', [{ range: rangeOf(model, { start: from, end: to }), text: put }]);
      editor.setPosition(model.getPositionAt(made.cursor));
      editor.pushUndoStop();
    },
  });
}
