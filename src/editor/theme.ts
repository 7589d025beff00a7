/**
 * The editor's colours, taken from the page's tokens so that each colour is defined in one file (src/ui/tokens.css).
 * In: the custom properties as they are in force. Out: a Monaco theme. Main thread.
 */

import { monaco } from './monaco.ts';

const NAME = 'segue';

/** Makes and uses the theme for the tokens that are in force on `element` now. */
export function applyTheme(element: Element, dark: boolean): void {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const bare = (name: string) => token(name).slice(1);
  const rule = (scope: string, name: string) => ({ token: scope, foreground: bare(name) });
  const clear = '#00000000';
  const brackets = [1, 2, 3, 4, 5, 6].map((depth) => [
    `editorBracketHighlight.foreground${depth}`,
    token('code-delimiter'),
  ]);
  monaco.editor.defineTheme(NAME, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: bare('text'), background: bare('ground') },
      rule('comment', 'code-comment'),
      rule('keyword', 'code-keyword'),
      rule('number', 'code-number'),
      rule('string', 'code-string'),
      rule('regexp', 'code-string'),
      rule('type', 'code-type'),
      rule('delimiter', 'code-delimiter'),
    ],
    colors: {
      'editor.background': token('ground'),
      'editor.foreground': token('text'),
      'editorLineNumber.foreground': token('code-gutter'),
      'editorLineNumber.activeForeground': token('quiet'),
      'editorCursor.foreground': token('text'),
      'editor.selectionBackground': token('code-selection'),
      'editor.inactiveSelectionBackground': token('code-selection'),
      'editor.wordHighlightBackground': token('code-same'),
      'editor.wordHighlightStrongBackground': token('code-same'),
      'editor.selectionHighlightBackground': token('code-same'),
      'editor.findMatchBackground': token('code-found'),
      'editor.findMatchHighlightBackground': token('code-same'),
      'editor.lineHighlightBackground': clear,
      'editor.lineHighlightBorder': clear,
      ...Object.fromEntries(brackets),
      'editorBracketHighlight.unexpectedBracket.foreground': token('code-delimiter'),
      'editorBracketMatch.background': token('code-same'),
      'editorBracketMatch.border': clear,
      'editorIndentGuide.background1': token('line'),
      'editorIndentGuide.activeBackground1': token('line'),
      'editorError.foreground': token('error'),
      'editorWarning.foreground': token('warning'),
      'editorInfo.foreground': token('quiet'),
      'editorWidget.background': token('raised'),
      'editorWidget.foreground': token('text'),
      'editorWidget.border': token('line'),
      'editorHoverWidget.background': token('raised'),
      'editorHoverWidget.border': token('line'),
      'input.background': token('ground'),
      'input.foreground': token('text'),
      'input.border': token('line'),
      'inputOption.activeBorder': token('focus'),
      'quickInput.background': token('raised'),
      'quickInput.foreground': token('text'),
      'quickInputList.focusBackground': token('code-selection'),
      'quickInputList.focusForeground': token('text'),
      'list.hoverBackground': token('code-same'),
      'list.highlightForeground': token('text'),
      'list.focusHighlightForeground': token('text'),
      'menu.background': token('raised'),
      'menu.foreground': token('text'),
      'menu.selectionBackground': token('code-selection'),
      'menu.selectionForeground': token('text'),
      'menu.separatorBackground': token('line'),
      'menu.border': token('line'),
      'keybindingLabel.background': clear,
      'keybindingLabel.foreground': token('quiet'),
      'keybindingLabel.border': token('line'),
      'keybindingLabel.bottomBorder': token('line'),
      'scrollbarSlider.background': token('code-scrollbar'),
      'scrollbarSlider.hoverBackground': token('code-scrollbar'),
      'scrollbarSlider.activeBackground': token('code-scrollbar'),
      'widget.shadow': clear,
      'scrollbar.shadow': clear,
      focusBorder: token('focus'),
      foreground: token('text'),
      descriptionForeground: token('quiet'),
    },
  });
  monaco.editor.setTheme(NAME);
}
