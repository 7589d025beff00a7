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

  static async start(executable: string, sampleRate: number): Promise<SoundServer> {
    const folder = mkdtempSync(path.join(tmpdir(), 'segue-sound-'));
    const socket = path.join(folder, 'native');
    const ours = { PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder, PULSE_COOKIE: path.join(folder, 'cookie') };
    const sink = `module-null-sink sink_name=${SINK} rate=${sampleRate} channels=2 format=float32le`;
    const protocol = `module-native-protocol-unix socket=${socket} auth-anonymous=1`;
    // `-n`: without the settings of the machine.
    const args = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '-L', sink, '-L', protocol];
    const child = start(executable, args, { stdio: 'ignore', env: { ...process.env, ...ours } });
    const server = new SoundServer(child, folder, { ...process.env, ...ours, PULSE_SERVER: `unix:${socket}` });
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

  private constructor(child: ChildProcess, folder: string, env: NodeJS.ProcessEnv) {
    this.#process = child;
    this.#folder = folder;
    this.env = env;
  }

  async end(): Promise<void> {
    await end(this.#process);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
