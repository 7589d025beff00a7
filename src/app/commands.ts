/**
 * Everything a performer can ask for, with its key: the one table behind the tooltips, the editor's command palette and
 * the keyboard.
 *
 * In: keyboard events. Out: names of commands. Knows no page beyond the event.
 */

/** A combination of keys. `mod` is Cmd on Apple's keyboards and Ctrl on others. */
export interface Chord {
  readonly mod?: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
  /** As `KeyboardEvent.key`. Letters are lower case. */
  readonly key: string;
  /** As `KeyboardEvent.code`: for keys whose character depends on the layout or on Alt. */
  readonly code?: string;
}

export interface Command {
  readonly title: string;
  readonly chord: Chord;
}

export const COMMANDS = {
  play: { title: 'play', chord: { mod: true, shift: true, key: 'Enter' } },
  stop: { title: 'stop', chord: { mod: true, key: '.' } },
  evaluate: { title: 'evaluate', chord: { mod: true, key: 'Enter' } },
  freshStart: {
    title: 'restart from scratch: reset all state',
    chord: { mod: true, alt: true, key: 'Enter' },
  },
  peek: { title: 'show the value of the line or selection', chord: { alt: true, key: 'Enter' } },
  watch: {
    title: 'watch the variable at the cursor, or stop watching it',
    chord: { shift: true, alt: true, key: 'Enter' },
  },
  profile: { title: 'show or hide where the time goes', chord: { alt: true, key: 'p', code: 'KeyP' } },
  undoSwap: { title: 'undo the swap: bring back the previous sound', chord: { key: 'F4' } },
  redoSwap: { title: 'redo the swap: bring back what was undone', chord: { shift: true, key: 'F4' } },
  record: { title: 'record to a WAV file, or stop and save it', chord: { key: 'F6' } },
  keepLastMinute: { title: 'save the last minute as a WAV file', chord: { shift: true, key: 'F6' } },
  listen: { title: 'choose an input', chord: { shift: true, key: 'F2' } },
  addSounds: { title: 'add sound files', chord: { shift: true, key: 'F1' } },
  loadSounds: { title: 'load the sounds', chord: { alt: true, key: 'l', code: 'KeyL' } },
  share: { title: 'copy a link to this patch', chord: { mod: true, shift: true, key: 's' } },
  newTab: { title: 'open in a new tab', chord: { mod: true, alt: true, key: 'o', code: 'KeyO' } },
  save: { title: 'save in this browser', chord: { mod: true, key: 's' } },
  examples: { title: 'examples and your patches', chord: { mod: true, key: 'o' } },
  nextProblem: { title: 'go to the next problem', chord: { key: 'F8' } },
  toggleDock: { title: 'show or hide the dock', chord: { mod: true, key: 'b' } },
  toggleInline: { title: 'controls in the lines of code', chord: { shift: true, key: 'F8' } },
  writeControls: {
    title: 'write moved controls into the text',
    chord: { mod: true, alt: true, key: 's', code: 'KeyS' },
  },
  toggleAuto: { title: 'evaluate after a pause in typing', chord: { key: 'F9' } },
  cycleQuantise: { title: 'swap at once, on the beat, on the bar', chord: { key: 'F7' } },
  longerFade: { title: 'longer fade', chord: { alt: true, key: '.', code: 'Period' } },
  shorterFade: { title: 'shorter fade', chord: { alt: true, key: ',', code: 'Comma' } },
  toggleLimiter: { title: 'limiter', chord: { shift: true, key: 'F7' } },
  cycleTheme: { title: 'change the theme', chord: { shift: true, key: 'F9' } },
  largerText: { title: 'larger text', chord: { alt: true, key: '=', code: 'Equal' } },
  smallerText: { title: 'smaller text', chord: { alt: true, key: '-', code: 'Minus' } },
  stage: { title: 'stage: only text, errors and beat, fullscreen', chord: { key: 'F11' } },
  stageHere: { title: 'stage in this window', chord: { shift: true, key: 'F11' } },
  palette: { title: 'all commands', chord: { key: 'F1' } },
  menu: { title: 'settings and more', chord: { key: 'F10' } },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/** The part of `KeyboardEvent` that tells a chord. */
export type Keystroke = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The command that these keys ask for; null when they mean something else. */
export function commandFor(stroke: Keystroke, apple: boolean): CommandName | null {
  return COMMAND_NAMES.find((name) => matches(COMMANDS[name].chord, stroke, apple)) ?? null;
}

function matches(chord: Chord, stroke: Keystroke, apple: boolean): boolean {
  const mod = apple ? stroke.metaKey : stroke.ctrlKey;
  const foreign = apple ? stroke.ctrlKey : stroke.metaKey;
  if (mod !== (chord.mod ?? false) || foreign || stroke.altKey !== (chord.alt ?? false)) return false;
  const isKey = stroke.key.toLowerCase() === chord.key.toLowerCase();
  if (!isKey && (chord.code === undefined || stroke.code !== chord.code)) return false;
  // Some layouts have the full stop, and others the signs, on the upper half of a key.
  return stroke.shiftKey === (chord.shift ?? false) || (isKey && /^[^\w]$/.test(chord.key));
}

/** A chord as people write it: `⌘⇧S` or `Ctrl+Shift+S`. */
export function chordText(chord: Chord, apple: boolean): string {
  const key = chord.key.length === 1 ? chord.key.toUpperCase() : chord.key;
  const parts = [
    ...(chord.mod ? [apple ? '⌘' : 'Ctrl'] : []),
    ...(chord.alt ? [apple ? '⌥' : 'Alt'] : []),
    ...(chord.shift ? [apple ? '⇧' : 'Shift'] : []),
    apple && key === 'Enter' ? '↩' : key,
  ];
  return parts.join(apple ? '' : '+');
}

/** What a control that runs `name` says when the pointer rests on it. */
export function tooltip(name: CommandName, apple: boolean): string {
  const { title, chord } = COMMANDS[name];
  return `${title} (${chordText(chord, apple)})`;
}
