/**
 * Gamepads: what of them is moved, looked at once for each picture of the page while there is one. Browsers tell of a gamepad only when
 * something on it is pressed, so nothing is asked for. Main thread.
 */

/** An axis of a stick, or a button; `pad` counts from 0. */
export interface PadPart {
  readonly pad: number;
  readonly kind: 'axis' | 'button';
  readonly number: number;
}

export interface PadEvents {
  /**
   * `position`: 0 to 1; of an axis left and down are 0. `isMeant`: it went so far that somebody means it, and no stick that does not quite
   * come to rest.
   */
  moved(part: PadPart, position: number, isMeant: boolean): void;
}

/** The part of the page that is used here. */
export interface PadPage {
  readonly navigator: { getGamepads?(): readonly (Gamepad | null)[] };
  addEventListener(type: 'gamepadconnected', listener: () => void): void;
  requestAnimationFrame(step: () => void): unknown;
}

/** A stick at rest is this far from its middle at most. */
const REST = 0.1;
const LEAST_STEP = 0.004;
/** How far an axis is moved from its middle, or a button pressed, on purpose. */
const MEANT = 0.6;

export class Gamepads {
  readonly #page: PadPage;
  readonly #events: PadEvents;
  readonly #positions = new Map<string, number>();
  #isLooking = false;

  constructor(page: PadPage, events: PadEvents) {
    this.#page = page;
    this.#events = events;
    page.addEventListener('gamepadconnected', () => {
      if (this.#isLooking) return;
      this.#isLooking = true;
      this.#look();
    });
  }

  #look(): void {
    const pads = [...(this.#page.navigator.getGamepads?.() ?? [])].filter((pad) => pad?.connected);
    for (const pad of pads) {
      if (!pad) continue;
      for (const [number, value] of pad.axes.entries()) {
        const fromRest = Math.abs(value) < REST ? 0 : value;
        const position = Math.min(1, Math.max(0, (1 + fromRest) / 2));
        // The second of a stick's two axes grows downwards.
        const upwards = number % 2 === 1 ? 1 - position : position;
        this.#found({ pad: pad.index, kind: 'axis', number }, upwards, Math.abs(value) >= MEANT);
      }
      for (const [number, { value }] of pad.buttons.entries()) {
        this.#found({ pad: pad.index, kind: 'button', number }, value, value >= MEANT);
      }
    }
    this.#isLooking = pads.length > 0;
    if (this.#isLooking) this.#page.requestAnimationFrame(() => this.#look());
    else this.#positions.clear();
  }

  #found(part: PadPart, position: number, isMeant: boolean): void {
    const key = `${part.pad} ${part.kind} ${part.number}`;
    const before = this.#positions.get(key);
    const isEnd = position === 0 || position === 0.5 || position === 1;
    if (before === position || (before !== undefined && !isEnd && Math.abs(position - before) < LEAST_STEP)) return;
    this.#positions.set(key, position);
    // Where it stands when it is first seen moves nothing, but the button that made the browser tell of the pad was pressed.
    if (before !== undefined || isMeant) this.#events.moved(part, position, isMeant);
  }
}
