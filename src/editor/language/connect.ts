/**
 * Joins the editor to the compiler's language service: registers what Monaco asks, and sets keys so that nothing comes between
 * a performer and the text. In: the editor, and who answers. Main thread.
 */

import { monaco } from '../monaco.ts';
import { Connection, isLibrary, type LanguageAnswers, LIBRARY_SCHEME } from './connection.ts';
import { fixProvider } from './fixes.ts';
import { addFormatting } from './format.ts';
import {
  definitionProvider,
  foldingProvider,
  highlightProvider,
  referenceProvider,
  renameProvider,
  symbolProvider,
} from './navigation.ts';
import { completionProvider, hoverProvider, signatureProvider } from './writing.ts';

type CodeEditor = monaco.editor.IStandaloneCodeEditor;

const LANGUAGE = 'typescript';
/** Rows for fingers. */
const TOUCHED_ROW_PX = 40;
const { KeyCode, KeyMod } = monaco;

export const LANGUAGE_OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  quickSuggestions: { other: 'on', comments: 'off', strings: 'on' },
  quickSuggestionsDelay: 30,
  suggestOnTriggerCharacters: true,
  // Enter is the end of a line, unless one of the suggestions was chosen; see `acceptChosen`.
  acceptSuggestionOnEnter: 'off',
  acceptSuggestionOnCommitCharacter: false,
  suggestSelection: 'first',
  suggestLineHeight: window.matchMedia('(pointer: coarse)').matches ? TOUCHED_ROW_PX : 0,
  suggest: {
    preview: false,
    showStatusBar: false,
    showIcons: true,
    snippetsPreventQuickSuggestions: false,
    localityBonus: false,
    shareSuggestSelections: false,
  },
  parameterHints: { enabled: true, cycle: false },
  hover: { enabled: 'on', delay: 400, above: true, sticky: true },
  occurrencesHighlight: 'singleFile',
  // It would move with the cursor, and the fix stands at the end of the line.
  lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.Off },
  gotoLocation: { multipleDefinitions: 'peek', multipleReferences: 'peek' },
  definitionLinkOpensInPeek: false,
  foldingStrategy: 'auto',
  showFoldingControls: 'mouseover',
};

export function connectLanguage(editor: CodeEditor, answers: LanguageAnswers, say: (text: string) => void): void {
  const connection = new Connection(answers);
  const { languages } = monaco;
  languages.registerCompletionItemProvider(LANGUAGE, completionProvider(connection));
  languages.registerSignatureHelpProvider(LANGUAGE, signatureProvider(connection));
  languages.registerHoverProvider(LANGUAGE, hoverProvider(connection));
  languages.registerDefinitionProvider(LANGUAGE, definitionProvider(connection));
  languages.registerReferenceProvider(LANGUAGE, referenceProvider(connection));
  languages.registerDocumentHighlightProvider(LANGUAGE, highlightProvider(connection));
  languages.registerRenameProvider(LANGUAGE, renameProvider(connection));
  languages.registerDocumentSymbolProvider(LANGUAGE, symbolProvider(connection));
  languages.registerFoldingRangeProvider(LANGUAGE, foldingProvider(connection));
  languages.registerCodeActionProvider(LANGUAGE, fixProvider(connection));
  addFormatting(editor, () => say('This code cannot be formatted while it cannot be read.'));
  acceptChosen(editor);
  openLibraryInPeek(editor);
  monaco.editor.addKeybindingRules([{ keybinding: KeyMod.Alt | KeyCode.Enter, command: 'editor.action.quickFix' }]);
}

/** Enter takes a suggestion only after an arrow key has gone to it. */
function acceptChosen(editor: CodeEditor): void {
  const isChosen = editor.createContextKey<boolean>('segueSuggestionChosen', false);
  editor.onKeyDown(({ keyCode }) => {
    const isArrow = [KeyCode.UpArrow, KeyCode.DownArrow, KeyCode.PageUp, KeyCode.PageDown].includes(keyCode);
    if (isArrow) isChosen.set(true);
    else if (keyCode === KeyCode.Escape) isChosen.set(false);
  });
  // While the list is open arrows do not move the cursor: what moves it begins another list.
  editor.onDidChangeCursorPosition(() => isChosen.set(false));
  editor.onDidChangeModelContent(() => isChosen.set(false));
  monaco.editor.addKeybindingRule({
    keybinding: KeyCode.Enter,
    command: 'acceptSelectedSuggestion',
    when: 'suggestWidgetVisible && segueSuggestionChosen && textInputFocus',
  });
}

/** The library can be read where one is, not edited. */
function openLibraryInPeek(editor: CodeEditor): void {
  monaco.editor.registerEditorOpener({
    openCodeEditor(_source, resource) {
      if (resource.scheme !== LIBRARY_SCHEME) return false;
      editor.trigger('segue', 'editor.action.peekDefinition', null);
      return true;
    },
  });
  monaco.editor.onDidCreateEditor((other) => {
    if (other === editor) return;
    // Also for places in the patch: edits belong into the one editor that is evaluated.
    other.updateOptions({ readOnly: true, domReadOnly: true, ...PEEK_OPTIONS });
    other.onDidChangeModel(() => {
      const model = other.getModel();
      if (model && 'uri' in model && isLibrary(model)) other.updateOptions({ readOnly: true });
    });
  });
}

const PEEK_OPTIONS: monaco.editor.IEditorOptions = {
  hover: { enabled: 'off' },
  lineNumbers: 'on',
  folding: false,
  renderLineHighlight: 'none',
  overviewRulerLanes: 0,
};
