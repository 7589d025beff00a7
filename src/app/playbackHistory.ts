/**
 * Which versions have played, which of them plays, and how to get from one to the other: the history that undo and redo
 * walk through. In: what became of evaluations, undos and traps. Out: the generation that plays, in the model, and
 * answers to who wants to go back or to mark places. Main thread; reads no clock.
 *
 *   oldest … ─▶ the version before ─▶ the version that plays ─▶ what redo brings back …
 *
 * A version is a text. Typing that only continues one number or name is one version, however often it was evaluated
 * on the way; so what was there before one began to type is one step back.
 */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Generation } from '../protocol/units.ts';
import { KeptTexts } from './texts.ts';
import { editedToken } from './tokenEdit.ts';

/** What has played, or has come to mean the same as what plays. */
export interface Version {
  readonly text: string;
  /** The number under which the compiler may still have it. */
  readonly generation: Generation;
  /** Which piece it is of: what was opened is another one, an edit is not. */
  readonly piece: number;
}

export interface EvaluationFacts {
  /** Asked for by a key or a call: a version of its own. Else it was a pause in typing. */
  readonly byHand: boolean;
  /** When it was asked for, in milliseconds on any clock. */
  readonly atMs: number;
  /** That of what plays if not given. */
  readonly piece?: number;
  /** Whatever one gesture of a hand has changed is one version. */
  readonly gesture?: number;
}

/** As many as one goes back. */
export const MAX_VERSIONS = 50;
/** What they may take up altogether, in UTF-16 code units. */
const MAX_KEPT_UNITS = 2 ** 23;
/** Typing in one token that was evaluated twice within this time is one edit. */
export const MOMENT_MS = 3000;

export class PlaybackHistory {
  readonly #generation: Signal<number | null>;
  readonly #texts = new KeptTexts();
  #versions: Version[] = [];
  /** Index of the version that plays, or that would if it had not trapped; -1 before the first. */
  #position = -1;
  /** A trap has left nothing that could sound. */
  #isSilent = false;
  /** What was in the editor when another version was brought back, or when a trap ended it. */
  #setAside: string | null = null;
  /** The token that is being typed into the version that plays, and when that was evaluated last; null: none is. */
  #typing: { readonly start: number; readonly atMs: number } | null = null;
  /** The gesture that the version which plays came from. */
  #gesture: number | null = null;
  readonly #sounding = signal<string | null>(null);

  /** `generation`: of the model; nobody else writes it. */
  constructor(generation: Signal<number | null>) {
    this.#generation = generation;
  }

  /** The text that plays; null when nothing does. */
  get text(): string | null {
    return this.#isSilent ? null : (this.#versions[this.#position]?.text ?? null);
  }

  /** The same, for who wants to follow it. */
  get sounding(): ReadonlySignal<string | null> {
    return this.#sounding;
  }

  /** How many versions there are to go forward to: those that were undone. */
  get stepsBack(): number {
    return this.#versions.length - 1 - this.#position;
  }

  /** Whether there is only one generation as yet. */
  get isFirst(): boolean {
    return this.#texts.size <= 1;
  }

  /** Which piece plays, or would if it had not trapped; null before the first. */
  get piece(): number | null {
    return this.#versions[this.#position]?.piece ?? null;
  }

  /** Which piece a text is of that has played: that of what plays, where it is not known. */
  pieceOf(text: string): number {
    const current = this.#versions[this.#position];
    const known = current?.text === text ? current : this.#versions.findLast((version) => version.text === text);
    return known?.piece ?? this.piece ?? 0;
  }

  /** The text of a generation; null when it is not known, or known no more. */
  of(generation: number | null): string | null {
    return this.#texts.of(generation);
  }

  /** Whether play has no need to compile `text`: it plays, or it plays no more because of an undo or a trap. */
  isTried(text: string): boolean {
    return text === this.text || text === this.#setAside;
  }

  /** The version that undo brings back; `from`: one that is on its way already. */
  before(from: Version | null = null): Version | null {
    if (this.#isSilent && !from) return this.#versions[this.#position] ?? null;
    return this.#versions[this.#positionOf(from) - 1] ?? null;
  }

  /** The version that redo brings back. */
  after(from: Version | null = null): Version | null {
    return this.#versions[this.#positionOf(from) + 1] ?? null;
  }

  /** The version that plays: undo brings it back while another one is still on its way. */
  get playing(): Version | null {
    return this.#isSilent ? null : (this.#versions[this.#position] ?? null);
  }

  /** An evaluation was taken in: `text` plays now, or means the same as what plays. */
  evaluated(generation: Generation, text: string, facts: EvaluationFacts): void {
    const { byHand, atMs, piece = this.piece ?? 0, gesture = null } = facts;
    const current = this.#versions[this.#position];
    this.#setAside = null;
    const isEdit = current?.piece === piece;
    const token = byHand || !isEdit ? null : editedToken(current.text, text);
    const isTypedOn =
      this.#typing !== null && token?.start === this.#typing.start && atMs - this.#typing.atMs <= MOMENT_MS;
    const goesOn = isTypedOn || (isEdit && gesture !== null && gesture === this.#gesture);
    this.#gesture = gesture;
    this.#typing = token && { start: token.start, atMs };
    const isSame = current?.generation === generation || (isEdit && current.text === text);
    const version: Version = { text, generation, piece };
    if (isSame || goesOn) {
      this.#versions[this.#position] = version;
      if (!isSame) this.#versions.length = this.#position + 1;
    } else {
      this.#versions.splice(this.#position + 1, Number.POSITIVE_INFINITY, version);
      this.#position++;
    }
    this.#plays(version);
    this.#prune();
  }

  /** A version was brought back as `generation`, while `editorText` was in the editor. */
  restored(version: Version, generation: Generation, editorText: string): void {
    this.#setAside = editorText;
    this.#typing = this.#gesture = null;
    const restored: Version = { ...version, generation };
    const position = this.#versions.findIndex((known) => known === version || known.generation === version.generation);
    if (position >= 0) {
      this.#versions[position] = restored;
      this.#position = position;
    } else {
      // What was typed on came too late to be taken back, and took its place.
      this.#position = Math.max(0, this.#position);
      this.#versions.splice(this.#position, 0, restored);
    }
    this.#plays(restored);
  }

  /** A version could not be brought back: the next undo or redo goes beyond it. */
  lost(version: Version): void {
    this.#remove(this.#versions.indexOf(version));
  }

  /** A trap ended `from`; `to` plays instead, nothing if null. Nobody is to be brought back to what traps. */
  rolledBack(from: Generation, to: Generation | null): void {
    const trapped = this.#versions.findIndex(({ generation }) => generation === from);
    if (trapped >= 0) this.#remove(trapped);
    this.#typing = this.#gesture = null;
    this.#setAside = to === null ? null : this.of(from);
    if (to === null) {
      this.#isSilent = true;
      this.#tell(null);
      return;
    }
    let position = this.#versions.findIndex(({ generation }) => generation === to);
    const text = this.of(to);
    if (position < 0 && text !== null) {
      // It was a step on the way to what trapped.
      position = this.#position + 1;
      this.#versions.splice(position, 0, { text, generation: to, piece: this.piece ?? 0 });
    }
    if (position >= 0) this.#position = position;
    this.#isSilent = false;
    this.#tell(to);
  }

  /** The audio hangs in `text`: nothing plays, and nobody is to be brought back to it. */
  froze(text: string): void {
    for (let position = this.#versions.length - 1; position >= 0; position--) {
      if (this.#versions[position].text === text) this.#remove(position);
    }
    this.#typing = null;
    this.#setAside = text;
    this.#isSilent = true;
    this.#tell(null);
  }

  /** What played is with another worker, or in another output, under another number. */
  resumed(generation: Generation, text: string): void {
    const isCurrent = this.#versions[this.#position]?.text === text;
    const position = isCurrent ? this.#position : this.#versions.findLastIndex((known) => known.text === text);
    const version: Version = { text, generation, piece: this.pieceOf(text) };
    if (position >= 0) {
      this.#versions[position] = version;
      this.#position = position;
    } else this.#versions.splice(++this.#position, 0, version);
    this.#plays(version);
  }

  #plays({ text, generation }: Version): void {
    this.#texts.keep(generation, text);
    this.#isSilent = false;
    this.#tell(generation);
  }

  #tell(generation: number | null): void {
    this.#sounding.value = this.text;
    this.#generation.value = generation;
  }

  #positionOf(version: Version | null): number {
    const position = version ? this.#versions.indexOf(version) : -1;
    return position < 0 ? this.#position : position;
  }

  #remove(position: number): void {
    if (position < 0) return;
    this.#versions.splice(position, 1);
    if (position <= this.#position) this.#position--;
  }

  #prune(): void {
    let units = 0;
    for (const { text } of this.#versions) units += text.length;
    while (this.#position > 0 && (this.#versions.length > MAX_VERSIONS || units > MAX_KEPT_UNITS)) {
      units -= this.#versions[0].text.length;
      this.#remove(0);
    }
  }
}
