/**
 * A PulseAudio of the tests' own, with one loudspeaker that nobody hears: browsers find it by the environment that it
 * gives, and what they really play can be recorded from it.
 */

import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { end, isOver, start } from './processes.ts';

const SINK = 'segue';
const START_MS = 30_000;

export class SoundServer {
  readonly #process: ChildProcess;
  readonly #folder: string;
  /** For programs that are to play here. */
  readonly env: NodeJS.ProcessEnv;
  readonly sampleRate: number;

  static async start(executable: string, sampleRate: number): Promise<SoundServer> {
    const folder = mkdtempSync(path.join(tmpdir(), 'segue-sound-'));
    const socket = path.join(folder, 'native');
    const ours = { PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder, PULSE_COOKIE: path.join(folder, 'cookie') };
    const sink = `module-null-sink sink_name=${SINK} rate=${sampleRate} channels=2 format=float32le`;
    const protocol = `module-native-protocol-unix socket=${socket} auth-anonymous=1`;
    // `-n`: without the settings of the machine.
    const args = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '-L', sink, '-L', protocol];
    const child = start(executable, args, { stdio: 'ignore', env: { ...process.env, ...ours } });
    const server = new SoundServer(
      child,
      folder,
      { ...process.env, ...ours, PULSE_SERVER: `unix:${socket}` },
      sampleRate,
    );
    const startMs = Date.now();
    while (!existsSync(socket)) {
      if (isOver(child) || Date.now() - startMs > START_MS) {
        await server.end();
        throw new Error(`${executable} did not start`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return server;
  }

  private constructor(child: ChildProcess, folder: string, env: NodeJS.ProcessEnv, sampleRate: number) {
    this.#process = child;
    this.#folder = folder;
    this.env = env;
    this.sampleRate = sampleRate;
  }

  /** Begins to record what comes out of the loudspeaker; the result of it ends that. */
  async record(): Promise<() => Promise<{ readonly left: Float32Array; readonly right: Float32Array }>> {
    const format = ['--format=float32le', `--rate=${this.sampleRate}`, '--channels=2', '--raw'];
    const args = [`--device=${SINK}.monitor`, ...format];
    const recorder = start('parec', args, { stdio: ['ignore', 'pipe', 'ignore'], env: this.env });
    const pieces: Buffer[] = [];
    await new Promise<void>((resolve, reject) => {
      recorder.once('exit', () => reject(new Error('parec ended before it recorded anything')));
      recorder.stdout?.on('data', (piece: Buffer) => {
        pieces.push(piece);
        resolve();
      });
    });
    return async () => {
      await end(recorder);
      const bytes = Buffer.concat(pieces);
      const frames = Math.floor(bytes.length / 8);
      const both = new Float32Array(new Uint8Array(bytes).buffer, 0, 2 * frames);
      return { left: both.filter((_, n) => n % 2 === 0), right: both.filter((_, n) => n % 2 === 1) };
    };
  }

  async end(): Promise<void> {
    await end(this.#process);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
