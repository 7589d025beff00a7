/**
 * The composition root: makes the parts and wires them to each other. No logic.
 *
 *   text (workspace, editor) ─▶ conductor ─▶ compiler worker ─▶ processor
 *   model ─▶ page;  keys, buttons, palette ─▶ actions ─▶ conductor, workspace
 */

import { computed, effect, signal } from '@preact/signals';
import processorUrl from '../worklets/processor.ts?worker&url';
import { createActions } from './app/actions.ts';
import { carryThroughLines } from './app/carryThroughLines.ts';
import { LazyEditor } from './app/codeView.ts';
import { COMMAND_NAMES, COMMANDS } from './app/commands.ts';
import { Conductor } from './app/conductor.ts';
import { ControlBoard } from './app/controlBoard.ts';
import { createHands } from './app/controlHands.ts';
import { entriesFrom } from './app/examples.ts';
import { Freezes } from './app/freezes.ts';
import { KeptValues } from './app/keptValues.ts';
import { Listening } from './app/listening.ts';
import { MidiHands, readLearned } from './app/midiHands.ts';
import { createModel } from './app/model.ts';
import { HELD, openNewTab } from './app/newTab.ts';
import { createNotes } from './app/notes.ts';
import { PatchSounds } from './app/patchSounds.ts';
import { Peeking } from './app/peeking.ts';
import { PlaybackHistory } from './app/playbackHistory.ts';
import { lineColumn } from './app/position.ts';
import { PrintLog } from './app/printLog.ts';
import { Probes } from './app/probes.ts';
import { Profiling } from './app/profiling.ts';
import { decodeInBrowser, fetchSound } from './app/sampleFiles.ts';
import { SampleShelf } from './app/sampleShelf.ts';
import { settingsFrom } from './app/settings.ts';
import { heatIn } from './app/shares.ts';
import { SoundFileClient } from './app/soundFileClient.ts';
import { Takes } from './app/takes.ts';
import { tidySounds } from './app/tidySounds.ts';
import { Transport } from './app/transport.ts';
import { Turning } from './app/turning.ts';
import { followUnheard } from './app/unheard.ts';
import { Watch } from './app/watch.ts';
import { Watching } from './app/watching.ts';
import { Workspace } from './app/workspace.ts';
import { createAutomation } from './automation.ts';
import { CompileClient } from './engine/compileClient.ts';
import { withPrebuilt } from './engine/firstWorker.ts';
import { Gamepads } from './engine/gamepads.ts';
import { LanguageClient } from './engine/languageClient.ts';
import { MidiInput } from './engine/midiInput.ts';
import { Sound } from './engine/sound.ts';
import { browserKeeping, WorkerKeeper } from './engine/workerKeeper.ts';
import { clockMs } from './protocol/clock.ts';
import { browserAddress, openBeside, takeQuery } from './share/address.ts';
import { browserArchive } from './share/archive.ts';
import { FrozenTexts } from './share/frozenTexts.ts';
import { MovedMemory } from './share/movedValues.ts';
import { SavedPatches, whenSavedElsewhere } from './share/savedPatches.ts';
import { SoundMemory } from './share/soundMemory.ts';
import { browserStore, tabStore } from './share/store.ts';
import { leaveTab, takeTab } from './share/tab.ts';
import { chooseFiles, keepOpen, listenToDrops, saveFile } from './ui/files.ts';
import { listenToKeys, usesAppleKeys } from './ui/keyboard.ts';
import { followLineItems } from './ui/lineItems.tsx';
import { showPage } from './ui/page.tsx';
import { followStage } from './ui/stageMode.ts';
import type { Taps } from './ui/taps.ts';
import { followTheme, themeInForce } from './ui/theme.ts';

/** What a new visitor sees. The others come when the page is there (src/app/gallery.ts). */
const first = import.meta.glob<string>('../patches/01-*/01-*.ts', { query: '?raw', import: 'default', eager: true });
const apple = usesAppleKeys();
const tab = takeTab(tabStore(), () => crypto.randomUUID());
const memory = new SavedPatches(browserStore(), tab, () =>
  say({ tone: 'warning', text: 'This browser cannot save patches here: share a link before you leave.' }),
);
const model = createModel(settingsFrom(memory.settings()), entriesFrom(first));
const { status } = model;
const say = createNotes(model);
const workspace = new Workspace({
  model,
  memory,
  archive: browserArchive(),
  address: browserAddress,
  copy: (text) => navigator.clipboard.writeText(text),
  say,
  moved: () => values.now,
});
const code = new LazyEditor(workspace.firstText(), (text) => {
  workspace.edited(text);
  conductor.textChanged();
  unheardChanged();
  peeking.end();
  profiling.end();
  values.changed();
  patchSounds.edited();
});
workspace.attach(code);
status.attach(code);

const readText = () => code.text;
const history = new PlaybackHistory(model.generation);
const frozen = new FrozenTexts(browserStore());
if (takeQuery() === HELD) frozen.add({ text: readText(), before: null });
const board = new ControlBoard({
  controls: model.controls,
  send: (event) => void sound.then((opened) => opened.sendEvent(event)).catch(() => undefined),
});
const soundMemory = new SoundMemory(browserStore());
const patchSounds = new PatchSounds({ memory: soundMemory, readText, switched: () => samples.switched() });
const soundFiles = new SoundFileClient(
  () => new Worker(new URL('./sound/soundWorker.ts', import.meta.url), { type: 'module' }),
);
const samples = new SampleShelf({
  ...{ model, fetchSound, say: (note) => say(note) },
  decodeOther: async (bytes) => decodeInBrowser(bytes, (await sound).sampleRate),
  tell: (name, sample) => compiler.giveSample(name, sample),
  changed: () => void conductor.playAgain(),
  files: soundFiles,
  patch: patchSounds,
});
const watch = new Watch({
  ...{ model, status, history, readText, board, samples },
  readUnderruns: () => transport.underruns(),
  soundTimes: () => soundTimes,
});
const startWorker = (name: string) =>
  new Worker(new URL('./worker/entry.ts', import.meta.url), { type: 'module', /* @vite-ignore */ name });
const probes = new Probes(model, (place) => {
  const span = model.host.peek().probes[place]?.span;
  const carried = span && carryThroughLines(model.code.peek().text, readText(), span);
  if (!carried) return;
  const { line } = lineColumn(readText(), carried.start);
  code.flash(line, line);
});
const printLog = new PrintLog(model);
const worker = new WorkerKeeper({
  startWorker: withPrebuilt(frozen.of(code.text) ? null : code.text, startWorker),
  ...browserKeeping,
  events: {
    restarted: (reason) => transport.compilerRestarted(reason),
    resumed: (generation, text) => {
      history.resumed(generation, text);
      freezes.resumed();
    },
    notResumed: () => freezes.resumed(),
  },
});
const freezes = new Freezes({ frozen, history, status, keeper: worker, readText });
const compiler = new CompileClient(worker, {
  ready: () => transport.ready(),
  waiting: (event) => conductor.waiting(event),
  moved: (piece) => board.moved(piece),
  code: (event) => {
    watch.codeChanged(event);
    printLog.plays(event, event.host, model.code.value.text);
  },
  cost: (event) => watch.costTold(event),
  handleEvent: (events) => watch.handleEvent(events),
  noticed: (event) => watch.noticed(event),
  watched: (watched) => watching.told(watched),
  trapped: (event) => {
    const text = history.of(event.generation);
    watch.trapped(event);
    const { tryWithoutStateOf } = event;
    if (text !== null && tryWithoutStateOf !== undefined) void conductor.tryAgain(text, tryWithoutStateOf);
  },
  failed: (reason) => transport.compilerFailed(reason),
});
const language = new LanguageClient(worker);
const taps = signal<Taps | null>(null);
let soundTimes = { sampleRate: 48_000, callSeconds: 0 };
const limiterIsOn = computed(() => model.settings.value.limiterIsOn);
const sound = Sound.open(processorUrl, {
  state: (state) => transport.soundChanged(state),
  meter: (meter) => {
    watch.metered(meter);
    probes.metered(meter);
    printLog.metered(meter);
  },
  probed: (probed) => probes.probed(probed),
  inputChanged: (input) => listening.changed(input),
  rebuilt: (rebuilt, reason) => {
    attach(rebuilt);
    board.resend();
    transport.soundRebuilt(reason);
  },
  hung: () => freezes.hung(),
  gone: () => {
    freezes.gone();
    transport.soundGone();
  },
  failed: (reason) => transport.soundFailed(reason),
}).then(attach);
function attach(opened: Sound): Sound {
  worker.connectTo((memoryBytes) => ({ port: opened.compilerPort(memoryBytes), sampleRate: opened.sampleRate }));
  listening.changed(opened.input);
  opened.limit(limiterIsOn.peek());
  const { taps: tapped, tape, input } = opened;
  soundTimes = opened.times;
  taps.value = {
    sampleRate: opened.sampleRate,
    pair: (name) => tapped.pair(name),
    use: (name) => tapped.use(name),
    input,
    listen: (listener) => tape.listen(listener, { isLive: true }),
  };
  return opened;
}
const conductor = new Conductor({
  model,
  status,
  history,
  compiler,
  sound,
  readText,
  frozen,
  code,
  say,
  check: (text) => language.ask(text, { kind: 'check' }),
  now: clockMs,
});
const values = new KeptValues({
  ...{ board, readText, memory: new MovedMemory(browserStore()), piece: () => conductor.piece },
  kept: () => workspace.valuesChanged(),
});
values.opened(workspace.linkedMoved);
const hands = createHands({ model, board, code, evaluate: () => void conductor.evaluate({ byHand: false }), say });
const midiInput = new MidiInput({
  event: (event, timeStampMs) => midi.play(event, timeStampMs),
  changed: () => midi.changed(),
});
const midi = new MidiHands(
  {
    ...{ model, board, input: midiInput },
    send: (event, timeStampMs) =>
      void sound
        .then((opened) =>
          opened.sendEvent(timeStampMs === undefined ? event : { ...event, atSeconds: opened.timeAt(timeStampMs) }),
        )
        .catch(() => undefined),
    keep: (learned) => memory.keepLearned(learned),
  },
  readLearned(memory.learned()),
);
const listening = new Listening({ model, sound, say });
new Gamepads(window, { moved: (part, position, isMeant) => midi.pad(part, position, isMeant) });
const peeking = new Peeking({ model, compiler, code });
const watching = new Watching({
  ...{ model, compiler, readText, say },
  later: (call, ms) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
});
const profiling = new Profiling({ model, compiler, say });
const turning = new Turning({ model, history, conductor, compiler, readText });
const transport = new Transport({ model, status, history, conductor, frozen, sound, readText });
const takes = new Takes({ model, sound, saveFile, say, now: () => new Date() });
const actions = createActions({
  ...{
    model,
    conductor,
    transport,
    workspace,
    peeking,
    watching,
    profiling,
    hands,
    values,
    midi,
    takes,
    code,
    say,
    listening,
    printLog,
  },
  sounds: samples,
  patchSounds,
  chooseSounds: (open) => chooseFiles('sound', open),
  graph: () => language.ask('', { kind: 'graph' }),
  openNewTab: () =>
    openNewTab({
      ...{ readText, frozen },
      save: () => workspace.save(),
      saved: () => memory.patch(),
      open: openBeside,
    }),
});

const unheardChanged = followUnheard({ sounding: history.sounding, readText, code });
effect(() => {
  void model.controls.value;
  values.changed();
});
const hasProbes = computed(() => model.host.value.probes.length > 0);
effect(() => {
  const isOn = hasProbes.value;
  void sound.then((opened) => opened.watchProbes(isOn)).catch(() => undefined);
});
effect(() => compiler.configure(model.settings.value));
effect(() => {
  const isOn = limiterIsOn.value;
  void sound.then((opened) => opened.limit(isOn)).catch(() => undefined);
});
effect(() => {
  if (model.menu.value !== 'examples') return;
  void workspace.listSaved();
  loadExamples();
});
followTheme(model.settings);
followStage(model);
effect(() => memory.keepSettings({ ...model.settings.value }));
effect(() => {
  document.title = `${model.title.value} · segue`;
});
listenToKeys(actions, apple);
listenToDrops(actions);
effect(() => keepOpen(model.takeSeconds.value !== null));
window.addEventListener('pagehide', () => {
  workspace.save();
  values.keep();
  patchSounds.keep();
  leaveTab(tabStore(), { ...tab, text: workspace.saved });
});
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) takeTab(tabStore(), () => tab.name);
});
whenSavedElsewhere(() => workspace.savedElsewhere());
window.addEventListener('hashchange', () => {
  if (!workspace.openAddress()) return;
  conductor.opened();
  values.opened(workspace.linkedMoved);
  patchSounds.opened();
  samples.opened();
  transport.stop();
});
window.segue = createAutomation({ place: code, conductor, transport, model, board, samples, sound });
void conductor.evaluate({ byHand: false });

/** May be called again and again. */
function loadExamples(): void {
  import('./app/gallery.ts').then(
    ({ texts }) => {
      if (model.examples.peek().length < 2) model.examples.value = entriesFrom(texts);
    },
    () => say({ tone: 'warning', text: 'The examples did not load. Open the menu again to try once more.' }),
  );
}

const host = await showPage(document.getElementById('app') as HTMLElement, { model, actions, apple, taps });
const commands = COMMAND_NAMES.map((id) => ({
  id,
  title: COMMANDS[id].title,
  keys: COMMANDS[id].chord,
  run: () => actions.run(id),
}));
const look = {
  textSizePx: model.settings.value.textSizePx,
  dark: themeInForce.value === 'dark',
  commands,
  language,
  say: (text: string) => say({ tone: 'warning', text }),
  onNumberMoved: (gesture: number) => turning.moved(gesture),
  onCursorMoved: (offset: number) => watching.cursorMoved(offset),
};
// One after the other, since both at a time take what the sound needs; but where there is no sound there will be no compiler.
const turn = sound.then(() => worker.compilerIsThere).catch(() => undefined);
const editor = await code.show(host, look, () => turn.then(() => import('./editor/editor.ts')));
compiler.spareTime();
unheardChanged();
followLineItems(
  { model, hands, readText, closePeeked: () => peeking.end(), toggleWatched: () => watching.toggle() },
  (items) => editor.showItems(items),
);
window.addEventListener('keydown', ({ key }) => key === 'Escape' && peeking.end(), true);
effect(() => {
  const profile = model.profile.value;
  editor.showHeat(profile === null || profile === 'counting' ? [] : heatIn(profile, readText()));
});
effect(() => editor.setTextSize(model.settings.value.textSizePx));
effect(() => editor.setStage(model.stage.value !== 'off'));
effect(() => editor.setTheme(themeInForce.value === 'dark'));
loadExamples();
void tidySounds(soundMemory, soundFiles, navigator.locks);
