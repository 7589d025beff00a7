/**
 * A line with a rate and a delay, between a browser and a server: a proxy for TCP through which all connections share one
 * downlink, packet by packet in turn. The network emulation of the browser's own protocol leaves out what workers and worklets
 * load, and gives each request a line of its own.
 *
 * The way up has the delay and no limit; the handshake of a connection takes one round trip. Node only.
 */

import { connect, createServer, type Socket } from 'node:net';

export interface LineOptions {
  readonly bitsPerSecond: number;
  readonly roundTripMs: number;
}

export interface Line {
  readonly port: number;
  /** Bytes that have come down so far. */
  readonly bytes: number;
  close(): void;
}

const PACKET_BYTES = 1460;
const TICK_MS = 2;
/** What a connection may hold back of what the server has sent. */
const WINDOW_BYTES = 65_536;
/** A busy machine must not make up for more than this at a time. */
const MAX_TICK_MS = 50;

interface Downlink {
  readonly client: Socket;
  readonly server: Socket;
  waiting: Buffer[];
  waitingBytes: number;
  isAtEnd: boolean;
}

/** Leads to `port` on this machine. */
export async function openLine(port: number, { bitsPerSecond, roundTripMs }: LineOptions): Promise<Line> {
  const links = new Set<Downlink>();
  let bytes = 0;
  let allowance = 0;
  let lastMs = performance.now();

  const sendPacket = (link: Downlink): void => {
    const [first] = link.waiting;
    if (first === undefined) return;
    const packet = first.subarray(0, PACKET_BYTES);
    if (packet.length === first.length) link.waiting.shift();
    else link.waiting[0] = first.subarray(PACKET_BYTES);
    link.waitingBytes -= packet.length;
    allowance -= packet.length;
    bytes += packet.length;
    setTimeout(() => link.client.write(packet), roundTripMs / 2);
    if (link.waitingBytes < WINDOW_BYTES) link.server.resume();
  };

  const timer = setInterval(() => {
    const nowMs = performance.now();
    const perMs = bitsPerSecond / 8000;
    allowance = Math.min(allowance + perMs * (nowMs - lastMs), perMs * MAX_TICK_MS);
    lastMs = nowMs;
    while (allowance > 0 && [...links].some(({ waiting }) => waiting.length > 0)) {
      for (const link of links) if (allowance > 0) sendPacket(link);
    }
    // What was not used is gone.
    if (allowance > 0) allowance = 0;
    for (const link of links) {
      if (!link.isAtEnd || link.waiting.length > 0) continue;
      links.delete(link);
      setTimeout(() => link.client.end(), roundTripMs / 2);
    }
  }, TICK_MS);

  const proxy = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    const link: Downlink = { client, server, waiting: [], waitingBytes: 0, isAtEnd: false };
    links.add(link);
    const untilMs = performance.now() + roundTripMs;
    client.on('data', (sent) => {
      const handshakeMs = Math.max(0, untilMs - performance.now());
      setTimeout(() => server.write(sent), handshakeMs + roundTripMs / 2);
    });
    server.on('data', (received) => {
      link.waiting.push(received);
      link.waitingBytes += received.length;
      if (link.waitingBytes >= WINDOW_BYTES) server.pause();
    });
    server.on('end', () => {
      link.isAtEnd = true;
    });
    const drop = () => {
      links.delete(link);
      client.destroy();
      server.destroy();
    };
    client.on('close', drop);
    client.on('error', drop);
    server.on('error', drop);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the line has no port');
  return {
    port: address.port,
    get bytes() {
      return bytes;
    },
    close: () => {
      clearInterval(timer);
      proxy.close();
      for (const { client, server } of links) {
        client.destroy();
        server.destroy();
      }
    },
  };
}
