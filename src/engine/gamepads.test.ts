/** What is told of a gamepad that is made up here. */
import { expect, it } from 'vitest';
import { Gamepads, type PadPage } from './gamepads.ts';

function setUp() {
  const pad = { index: 0, connected: true, axes: [0, 0, 0, 0], buttons: [{ value: 0 }, { value: 0 }] };
  const told: string[] = [];
  let step: (() => void) | null = null;
  let connect: () => void = () => undefined;
  const page: PadPage = {
    navigator: { getGamepads: () => [null, pad as unknown as Gamepad] },
    addEventListener: (_, listener) => {
      connect = listener;
    },
    requestAnimationFrame: (next) => {
      step = next;
    },
  };
  new Gamepads(page, {
    moved: ({ pad: of, kind, number }, position, isMeant) =>
      void told.push(`${of} ${kind} ${number}: ${Number(position.toFixed(3))}${isMeant ? ' meant' : ''}`),
  });
  const look = () => {
    const next = step;
    step = null;
    next?.();
    return told.splice(0);
  };
  return { pad, look, connect: () => connect(), isLooking: () => step !== null };
}

it('looks at none before there is one, and tells what moves, upwards as more', () => {
  const { pad, look, connect, isLooking } = setUp();
  expect(isLooking()).toBe(false);
  pad.buttons[1] = { value: 1 };
  connect();
  connect();
  expect(look()).toEqual(['0 button 1: 1 meant']);
  pad.axes = [0.05, -1, 0.5, 0.502];
  pad.buttons[1] = { value: 0 };
  expect(look()).toEqual(['0 axis 1: 1 meant', '0 axis 2: 0.75', '0 axis 3: 0.249', '0 button 1: 0']);
  // Not worth telling, but for coming to rest.
  pad.axes = [0.05, -0.999, 0.501, 0.001];
  expect(look()).toEqual(['0 axis 3: 0.5']);
});

it('stops looking when the last one is gone', () => {
  const { pad, look, connect, isLooking } = setUp();
  connect();
  expect(isLooking()).toBe(true);
  pad.connected = false;
  look();
  expect(isLooking()).toBe(false);
});
