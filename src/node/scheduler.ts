/**
 * `after`, `at`, `every`, `cancel` and `now` in plain JavaScript, for what runs patches without the compiler. In: the frame.
 * Out: calls of what is due in it. Written for being read: the patch language's own is src/library/dsp/scheduling/events.ts.
 */

export type Callback = (time: number, value: number) => void;

interface Waiting {
  readonly id: number;
  readonly call: Callback;
  readonly value: number;
  /** Seconds; `null`: once. */
  readonly interval: number | null;
  readonly start: number;
  count: number;
}

const MAX_WAITING = 1024;
const SLACK_FRAMES = 1e-6;

export class Scheduler {
  private waiting: Waiting[] = [];
  private nextId = 1;
  /** The due time of what runs. */
  private running: number | null = null;
  private frame = 0;
  private readonly sampleRate: number;

  constructor(sampleRate: number) {
    this.sampleRate = sampleRate;
  }

  /** The names that a patch has for it. */
  readonly names: ReadonlyMap<string, unknown> = new Map<string, unknown>([
    ['now', () => this.now()],
    ['cancel', (id: number) => this.cancel(id)],
    ['at', (seconds: number, call: Callback, value = 0) => this.add(atLeastZero(seconds), call, value, null)],
    [
      'after',
      (seconds: number, call: Callback, value = 0) => this.add(this.now() + atLeastZero(seconds), call, value, null),
    ],
    [
      'every',
      (seconds: number, call: Callback) =>
        this.add(this.now(), call, 0, Math.max(atLeastZero(seconds), 1 / this.sampleRate)),
    ],
  ]);

  /** To be called in every frame before the default export. */
  run(frame: number): void {
    this.frame = frame;
    for (let next = this.first(); next; next = this.first()) {
      const due = dueOf(next);
      if (frame < due * this.sampleRate - SLACK_FRAMES) return;
      const value = next.interval === null ? next.value : next.count;
      if (next.interval === null) this.cancel(next.id);
      else next.count++;
      this.running = due;
      next.call(due, value);
      this.running = null;
    }
  }

  private now(): number {
    return this.running ?? this.frame / this.sampleRate;
  }

  private add(start: number, call: Callback, value: number, interval: number | null): number {
    if (this.waiting.length >= MAX_WAITING) return -1;
    const id = this.nextId++;
    this.waiting.push({ id, call, value, interval, start, count: 0 });
    return id;
  }

  private cancel(id: number): void {
    this.waiting = this.waiting.filter((one) => one.id !== id);
  }

  private first(): Waiting | undefined {
    let first: Waiting | undefined;
    for (const one of this.waiting) {
      const earlier = first ? dueOf(one) - dueOf(first) || one.id - first.id : -1;
      if (earlier < 0) first = one;
    }
    return first;
  }
}

/** The first time is the start, whatever the interval: zero times infinity would be no number. */
const dueOf = ({ start, count, interval }: Waiting): number => (count > 0 ? start + count * (interval ?? 0) : start);

const atLeastZero = (seconds: number): number => (seconds > 0 ? seconds : 0);
