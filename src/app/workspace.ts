/**
 * Which text is in the editor, and that none is lost: opening (saved code, a link, an example), saving while typing,
 * putting aside code that is replaced, and the link to share.
 *
 * In: edits and commands. Out: the model's title and lists, the browser's memory, the address. Main thread.
 */

import type { MovedControl } from '../protocol/controls.ts';
import type { Archive } from '../share/archive.ts';
import { fromFragment, toFragment } from '../share/link.ts';
import type { SavedPatches } from '../share/savedPatches.ts';
import type { Entry, Message, Model } from './model.ts';
import { titleOf } from './title.ts';

/** The part of the browser that holds the address. */
export interface Address {
  fragment(): string;
  /** Replaces the fragment without leaving a trace in the history; '' removes it. */
  setFragment(fragment: string): void;
  whole(): string;
}

/** The text in the editor, or what will be in it when it has loaded. */
export interface TextPlace {
  readonly text: string;
  /** Puts another text there, in a way that can be undone. */
  replace(text: string): void;
}

export interface WorkspaceParts {
  readonly model: Model;
  readonly memory: SavedPatches;
  readonly archive: Archive;
  readonly address: Address;
  readonly copy: (text: string) => Promise<void>;
  readonly say: (note: Message) => void;
  /** Where the controls of the text stand. */
  readonly moved: () => readonly MovedControl[];
}

/** Code is saved after a pause this long in typing. */
const SAVE_AFTER_MS = 300;
const SAVED: Message = { tone: 'note', text: 'Saved in this browser: find it in the menu under the title.' };
const NOT_SAVED: Message = {
  tone: 'warning',
  text: 'Not saved: this browser blocks storage for this page. Share a link to keep this patch.',
};
const DAMAGED_KEEPS = 'Your own patch is still here.';

export class Workspace {
  readonly #parts: WorkspaceParts;
  #place: TextPlace = { text: '', replace: () => undefined };
  /** What the memory holds as far as this page knows; null: something else, or nothing. */
  #saved: string | null = null;
  #linked: string | null = null;
  #linkedMoved: readonly MovedControl[] | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #toldOfOthers = false;

  constructor(parts: WorkspaceParts) {
    this.#parts = parts;
  }

  /** The text to begin with: of the link, else what this tab had, else what was saved last, else the first example. */
  firstText(): string {
    const { memory, model, address } = this.#parts;
    const own = memory.ownPatch() ?? memory.patch() ?? model.examples.value[0]?.text ?? '';
    const opened = fromFragment(address.fragment());
    if (opened.kind === 'broken') {
      address.setFragment('');
      this.#parts.say({ tone: 'warning', text: opened.reason, sound: DAMAGED_KEEPS });
    }
    this.#linked = opened.kind === 'patch' ? opened.text : null;
    this.#linkedMoved = (opened.kind === 'patch' && opened.moved) || null;
    this.#saved = this.#linked === null ? own : null;
    const text = this.#linked ?? own;
    model.title.value = titleOf(text);
    this.#list(text);
    return text;
  }

  /** The values that came with the link that was opened last; null: none did. */
  get linkedMoved(): readonly MovedControl[] | null {
    return this.#linkedMoved;
  }

  attach(place: TextPlace): void {
    this.#place = place;
  }

  /** To be told of every change of the text. */
  edited(text: string): void {
    const { model, address } = this.#parts;
    model.title.value = titleOf(text);
    if (this.#linked !== null && text !== this.#linked) {
      // The address no longer says what is here; a reload is to bring back the edited text.
      this.#linked = null;
      address.setFragment('');
    }
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  /** Controls were moved: an address that carries the text says where they stand, too. */
  valuesChanged(): void {
    const { address, moved } = this.#parts;
    if (this.#linked === null || this.#linked !== this.#place.text) return;
    const fragment = toFragment(this.#linked, moved());
    if (fragment !== null) address.setFragment(fragment);
  }

  /** Writes down what is not saved yet. */
  save(): void {
    clearTimeout(this.#pause);
    const { memory } = this.#parts;
    const { text } = this.#place;
    // A link that was only looked at leaves everything as it is.
    if (text === this.#saved || text === this.#linked) return;
    const stored = memory.patch();
    const isLost = stored !== this.#saved || memory.isForeign();
    if (stored !== null && isLost && stored !== text && this.#isOwn(stored)) {
      memory.putForeignAside(stored);
    }
    memory.keepPatch(text);
    this.#saved = text;
    this.#list(text);
  }

  /** Saves the text for good, and says whether that could be done. */
  async saveByHand(): Promise<void> {
    const { archive, say } = this.#parts;
    const { text } = this.#place;
    this.save();
    const isKept = await archive.save(text, this.#parts.moved());
    await this.listSaved();
    say(isKept ? SAVED : NOT_SAVED);
  }

  /** Brings the list of what was saved by hand up to date; other tabs may have added to it. */
  async listSaved(): Promise<void> {
    const { archive, model } = this.#parts;
    const saved = await archive.all();
    model.saved.value = saved.map(({ text, savedMs, moved }) => ({
      ...{ title: titleOf(text), text, detail: dateText(savedMs), moved },
    }));
    this.#list(this.#place.text);
  }

  /** The patch of this tab as it was saved, for when the tab is loaded again; null while it only shows a link. */
  get saved(): string | null {
    return this.#saved;
  }

  /** Another tab has saved its patch. */
  savedElsewhere(): void {
    const { text } = this.#place;
    this.#list(text);
    if (this.#toldOfOthers || this.#parts.memory.patch() === text) return;
    this.#toldOfOthers = true;
    this.#parts.say({
      tone: 'note',
      text: 'Another tab has saved a patch as well. Each tab keeps its own; a new page opens the latest, and the menu has the other.',
    });
  }

  /** Opens an example, a patch that was put aside, or a file. */
  open({ text }: Pick<Entry, 'text'>): void {
    this.save();
    this.#putAside(this.#place.text);
    this.#place.replace(text);
    this.save();
  }

  /** Opens what the address carries now, if it does; tells whether it did. */
  openAddress(): boolean {
    const opened = fromFragment(this.#parts.address.fragment());
    if (opened.kind === 'broken') this.#parts.say({ tone: 'warning', text: opened.reason, sound: DAMAGED_KEEPS });
    if (opened.kind !== 'patch' || opened.text === this.#place.text) return false;
    this.save();
    this.#linked = opened.text;
    this.#linkedMoved = opened.moved ?? null;
    this.#saved = null;
    this.#place.replace(opened.text);
    this.#list(opened.text);
    return true;
  }

  /** Puts a link to the text into the address and onto the clipboard. */
  async share(): Promise<void> {
    const { address, copy, say } = this.#parts;
    const { text } = this.#place;
    const fragment = toFragment(text, this.#parts.moved());
    if (fragment === null) {
      say({ tone: 'warning', text: 'This patch is too long for a link, which holds up to 1 MB.' });
      return;
    }
    this.save();
    this.#linked = text;
    address.setFragment(fragment);
    const link = address.whole();
    try {
      await copy(link);
      say({ tone: 'note', text: `Link copied: ${link.length.toLocaleString('en')} characters.` });
    } catch {
      say({ tone: 'note', text: 'The browser did not allow copying: the link is in the address bar.' });
    }
  }

  #putAside(text: string): void {
    if (this.#isOwn(text)) this.#parts.memory.putAside(text);
  }

  #isOwn(text: string): boolean {
    return text.trim() !== '' && !this.#parts.model.examples.value.some((example) => example.text === text);
  }

  /** What the menu offers: what was put aside, and what was saved when a link or another tab's own patch is shown instead. */
  #list(shown: string): void {
    const { memory, model } = this.#parts;
    const texts = [...new Set([memory.patch(), ...memory.aside()])];
    const isElsewhere = (text: string | null) =>
      [...model.examples.value, ...model.saved.value].some((entry) => entry.text === text);
    model.aside.value = texts
      .filter((text) => text !== null && text !== shown && !isElsewhere(text))
      .map((text) => ({ title: titleOf(text ?? ''), text: text ?? '' }));
  }
}

/** To the minute, as people here write it. */
const dateText = (ms: number): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
