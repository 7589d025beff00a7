/**
 * What happens outside while the command line renders: settings of controls and other events, handed to the player as their time
 * comes, since what a setting means depends on the patch that plays then. Node only.
 */

import { MAX_WAITING_EVENTS } from '../protocol/hostEvents.ts';
import { type ControlSetting, type FailedSetting, noControl, valueFor } from './controlSettings.ts';
import type { Player } from './player.ts';
import type { ScriptEvent } from './scriptHost.ts';

export class Outside {
  readonly failed: FailedSetting[] = [];
  readonly #settings: readonly ControlSetting[];
  readonly #events: readonly ScriptEvent[];
  #nextSetting = 0;
  #nextEvent = 0;

  constructor(settings: readonly ControlSetting[], events: readonly ScriptEvent[]) {
    this.#settings = settings.toSorted((a, b) => a.frame - b.frame);
    this.#events = events.toSorted((a, b) => a.frame - b.frame);
  }

  /** Events that may wait at a time. */
  get room(): number {
    return Math.max(MAX_WAITING_EVENTS, this.#settings.length + this.#events.length);
  }

  /** Hands over what happens before this frame. */
  post(player: Player, beforeFrame: number): void {
    for (; (this.#settings[this.#nextSetting]?.frame ?? Infinity) < beforeFrame; this.#nextSetting++) {
      this.#set(player, this.#settings[this.#nextSetting]);
    }
    for (; (this.#events[this.#nextEvent]?.frame ?? Infinity) < beforeFrame; this.#nextEvent++) {
      const { event, frame } = this.#events[this.#nextEvent];
      player.post(event, frame);
    }
  }

  #set(player: Player, setting: ControlSetting): void {
    const { name, text, frame } = setting;
    const { controls } = player;
    const control = controls.find((declared) => declared.name === name);
    const value = control ? valueFor(text, control) : { reason: noControl(name, controls) };
    if (typeof value === 'object' && 'reason' in value) this.failed.push({ ...setting, reason: value.reason });
    else player.post({ kind: 'control', name, value }, frame);
  }
}
