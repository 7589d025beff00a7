/**
 * What every command does: the one place where keys, buttons, menu items and the editor's palette meet.
 * In: names of commands. Out: calls of the conductor, the workspace and the code view. Main thread.
 */

import type { CodeRow, Quantise } from '../protocol/compile.ts';
import type { Span } from '../protocol/diagnostic.ts';
import type { PatchGraph } from '../protocol/graph.ts';
import { carryThroughLines } from './carryThroughLines.ts';
import type { CommandName } from './commands.ts';
import type { Conductor } from './conductor.ts';
import type { Hands } from './controlHands.ts';
import type { KeptValues } from './keptValues.ts';
import type { Listening } from './listening.ts';
import type { MidiHands } from './midiHands.ts';
import type { Entry, Message, Model, Problem, RunningCode, Stage } from './model.ts';
import type { Say } from './notes.ts';
import { type PatchFile, readPatchFile } from './patchFile.ts';
import type { PatchSounds } from './patchSounds.ts';
import type { Peeking } from './peeking.ts';
import { carrySpan } from './position.ts';
import type { PrintLog } from './printLog.ts';
import type { Profiling } from './profiling.ts';
import type { SampleShelf } from './sampleShelf.ts';
import {
  changeSettings,
  fadeStepFrom,
  MAX_TEXT_SIZE_PX,
  MIN_TEXT_SIZE_PX,
  QUANTISES,
  type Settings,
  THEMES,
} from './settings.ts';
import { isSoundFile } from './soundFiles.ts';
import { setStage } from './stage.ts';
import { durationText } from './swaps.ts';
import type { Takes } from './takes.ts';
import type { Transport } from './transport.ts';
import type { Watching } from './watching.ts';
import type { Workspace } from './workspace.ts';
import type { TextEdit } from './writeBack.ts';

export interface Actions {
  run(command: CommandName): void;
  /**
   * Replaces the code with an example or a patch of the user's, and evaluates it if typing would. It is another piece, which
   * starts from scratch.
   */
  open(entry: Pick<Entry, 'text' | 'moved'>): void;
  /**
   * Files that somebody chose or dropped: sounds go to the shelf, `as` the name that the patch has for it, and the first other one is
   * opened like an entry.
   */
  openFiles(files: readonly PatchFile[], as?: string): void;
  /** Changes settings; invalid values change nothing. */
  set(change: Partial<Settings>): void;
  /** What hands do to the controls of the patch. */
  readonly hands: Hands;
  /** Devices, and what is played on the page. */
  readonly midi: Pick<MidiHands, 'open' | 'choose' | 'learn' | 'forget' | 'play'>;
  /** The input that patches hear. */
  readonly listening: Pick<Listening, 'open' | 'close'>;
  /** Sound files that patches play. */
  readonly sounds: Pick<SampleShelf, 'allow' | 'retry' | 'remove'>;
  /** Writes something where the cursor is, in place of nothing. */
  insert(text: string): void;
  /** Goes to the code of a running unit, unless an edit has changed it since. `text`: what the span is of; what plays if not given. */
  reveal(unit: Pick<CodeRow, 'span'>, text?: string): void;
  /** Goes to a place of the text that plays, unless its line was edited since. */
  revealSpan(span: Span): void;
  /** What plays, as boxes; `null`: nothing does, or a newer question took the place of this one. */
  graph(): Promise<PatchGraph | null>;
  /** Empties the list of what the patch has printed. */
  clearPrinted(): void;
}

/** The parts of the code view that the commands use. */
export interface CodeControls {
  readonly text: string;
  readonly cursor: number;
  edit(edits: readonly TextEdit[]): void;
  reveal(offset: number): void;
  focus(): void;
  openPalette(): void;
}

export interface ActionParts {
  readonly model: Model;
  readonly conductor: Pick<Conductor, 'evaluate' | 'undo' | 'redo' | 'textChanged' | 'opened'>;
  readonly transport: Pick<Transport, 'play' | 'stop' | 'evaluateAndPlay'>;
  readonly workspace: Pick<Workspace, 'share' | 'saveByHand' | 'open'>;
  readonly peeking: Pick<Peeking, 'ask'>;
  readonly watching: Pick<Watching, 'toggle'>;
  readonly profiling: Pick<Profiling, 'toggle'>;
  readonly hands: Hands;
  readonly values: Pick<KeptValues, 'opened'>;
  readonly midi: Actions['midi'];
  readonly takes: Pick<Takes, 'toggle' | 'keepLastMinute'>;
  readonly listening: Actions['listening'];
  readonly sounds: Pick<SampleShelf, 'allow' | 'retry' | 'remove' | 'add' | 'opened'>;
  readonly patchSounds: Pick<PatchSounds, 'opened' | 'pin'>;
  /** Has somebody choose files. */
  readonly chooseSounds: (open: (files: readonly PatchFile[]) => void) => void;
  /** Opens the text in a new tab. */
  readonly openNewTab: () => void;
  readonly code: CodeControls;
  readonly printLog: Pick<PrintLog, 'clear'>;
  readonly graph: Actions['graph'];
  readonly say: Say;
}

export function createActions(parts: ActionParts): Actions {
  const { model, conductor, transport, workspace, peeking, watching, profiling, hands, values, midi, takes } = parts;
  const { openNewTab, code, say, listening, sounds, patchSounds, chooseSounds, graph, printLog } = parts;
  const { settings } = model;
  const set = (change: Partial<Settings>) => void changeSettings(settings, change);
  const resize = (stepPx: number) => {
    const textSizePx = model.settings.value.textSizePx + stepPx;
    set({ textSizePx: Math.max(MIN_TEXT_SIZE_PX, Math.min(MAX_TEXT_SIZE_PX, textSizePx)) });
  };
  /** Changes settings, and says what that means for the sound. */
  const choose = (change: Partial<Settings>) => {
    set(change);
    const { fadeMs, quantise, limiterIsOn } = change;
    if (fadeMs !== undefined) {
      const text = fadeMs === 0 ? 'Swaps do not fade.' : `Swaps fade over ${durationText(fadeMs)}.`;
      say({ tone: 'note', text }, () => settings.value.fadeMs === fadeMs);
    }
    if (quantise !== undefined) {
      const { text } = quantiseNote(quantise, model.code.value);
      // What it says of the patch that plays may not be so of the next one.
      const holds = () => quantiseNote(settings.value.quantise, model.code.value).text === text;
      say({ tone: 'note', text }, holds);
    }
    if (limiterIsOn !== undefined) {
      say(limiterIsOn ? LIMITER_ON : LIMITER_OFF, () => settings.value.limiterIsOn === limiterIsOn);
    }
  };
  const fade = (direction: 1 | -1) => choose({ fadeMs: fadeStepFrom(model.settings.value.fadeMs, direction) });
  const toggleMenu = (menu: 'examples' | 'more') => {
    model.menu.value = model.menu.value === menu ? null : menu;
  };
  const toggleStage = (stage: Stage) => {
    model.menu.value = null;
    setStage(model, model.stage.value === 'off' ? stage : 'off');
    code.focus();
  };
  const commands: Readonly<Record<CommandName, () => void>> = {
    // The status line already says why there is nothing to play.
    play: () => void transport.play().catch(() => undefined),
    stop: () => transport.stop(),
    evaluate: () => void transport.evaluateAndPlay(),
    freshStart: () => void transport.evaluateAndPlay({ fresh: true }),
    peek: () => void peeking.ask(),
    watch: () => watching.toggle(),
    profile: () => void profiling.toggle(),
    undoSwap: () => void conductor.undo(),
    redoSwap: () => void conductor.redo(),
    record: () => void takes.toggle(),
    keepLastMinute: () => void takes.keepLastMinute(),
    listen: () => listening.open(),
    addSounds: () => chooseSounds(openFiles),
    loadSounds: () => sounds.allow(),
    share: () => void workspace.share(),
    newTab: () => {
      openNewTab();
      say({ tone: 'note', text: 'Your code is open in a new tab. You can close this one.' });
    },
    save: () => {
      patchSounds.pin();
      void workspace.saveByHand();
    },
    examples: () => toggleMenu('examples'),
    menu: () => toggleMenu('more'),
    nextProblem: () => {
      const next = problemAfter(model.problems.value, code.cursor);
      if (next) code.reveal(next.span.start);
    },
    toggleDock: () => set({ dockOpen: !model.settings.value.dockOpen }),
    toggleInline: () => set({ inlineControls: !settings.value.inlineControls }),
    writeControls: () => hands.writeBack(),
    toggleAuto: () => {
      set({ autoEvaluate: !model.settings.value.autoEvaluate });
      const isOn = model.settings.value.autoEvaluate;
      const text = isOn ? 'Code is evaluated after a pause in typing.' : 'Code is evaluated only when you ask for it.';
      say({ tone: 'note', text }, () => settings.value.autoEvaluate === isOn);
      if (isOn) conductor.textChanged();
    },
    cycleQuantise: () =>
      choose({ quantise: QUANTISES[(QUANTISES.indexOf(model.settings.value.quantise) + 1) % QUANTISES.length] }),
    longerFade: () => fade(1),
    shorterFade: () => fade(-1),
    toggleLimiter: () => choose({ limiterIsOn: !model.settings.value.limiterIsOn }),
    cycleTheme: () => set({ theme: THEMES[(THEMES.indexOf(model.settings.value.theme) + 1) % THEMES.length] }),
    largerText: () => resize(1),
    smallerText: () => resize(-1),
    palette: () => code.openPalette(),
    stage: () => toggleStage('screen'),
    stageHere: () => toggleStage('window'),
  };
  const open: Actions['open'] = (entry) => {
    workspace.open(entry);
    conductor.opened();
    values.opened(entry.moved ?? null);
    patchSounds.opened();
    sounds.opened();
    code.focus();
    if (model.settings.value.autoEvaluate) void conductor.evaluate({ byHand: false });
  };
  const openFiles: Actions['openFiles'] = (files, as) => {
    const [sound, ...more] = files.filter(isSoundFile);
    if (sound) void sounds.add(sound, as);
    for (const file of more) void sounds.add(file);
    const patch = files.find((file) => !isSoundFile(file));
    if (!patch) return;
    void readPatchFile(patch).then((opened) => {
      if ('text' in opened) open(opened);
      else say({ tone: 'warning', text: opened.reason });
    });
  };
  return {
    run: (command) => commands[command](),
    open,
    openFiles,
    set: choose,
    hands,
    midi,
    listening,
    sounds,
    clearPrinted: () => printLog.clear(),
    insert: (text) => {
      code.edit([{ span: { start: code.cursor, end: code.cursor }, put: text }]);
      code.focus();
    },
    graph,
    revealSpan: (span) => {
      const place = carryThroughLines(model.code.value.text, code.text, span);
      if (place) code.reveal(place.start);
    },
    reveal: ({ span }, text = model.code.value.text) => {
      const place = span && carrySpan(text, code.text, span);
      if (place) code.reveal(place.start);
      else if (span) {
        const { code: running } = model;
        const { value } = running;
        say(UNIT_CHANGED, () => running.value === value);
      }
    },
  };
}

/** When swaps happen from now on, in the patch that is playing. */
function quantiseNote(quantise: Quantise, { beatsPerBar }: Pick<RunningCode, 'beatsPerBar'>): Message {
  if (quantise === 'off') return { tone: 'note', text: 'Swaps happen immediately.' };
  if (beatsPerBar !== null) {
    return { tone: 'note', text: `Swaps wait for the ${quantise}.` };
  }
  return {
    tone: 'note',
    text: `This patch has no tempo, so swaps do not wait for the ${quantise}. Add one, such as \`const bpm = 120\`.`,
  };
}

const LIMITER_ON: Message = { tone: 'note', text: 'The limiter is on.' };
const LIMITER_OFF: Message = { tone: 'warning', text: 'The limiter is off: peaks above 0 dB will clip.' };
const UNIT_CHANGED: Message = { tone: 'note', text: 'This unit has been edited since it was swapped in.' };

/** The first problem after the cursor, or else the first one. */
function problemAfter(problems: readonly Problem[], cursor: number): Problem | undefined {
  const inOrder = [...problems].sort((a, b) => a.span.start - b.span.start);
  return inOrder.find(({ span }) => span.start > cursor) ?? inOrder[0];
}
