import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports that were free a moment ago, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(
    servers.map((server) => {
      server.close();
      return once(server, 'close');
    }),
  );
  return ports;
}

/** Servers that lost the race for a port this often in a row have another trouble. */
const MOST_STARTS = 5;
const IN_USE = /address already in use|EADDRINUSE/i;

/**
 * Starts a server on ports that are free, and again on others where somebody was quicker. `start` rejects with what the
 * server said when it ended, and has stopped it by then; that is the last error's message.
 */
export async function startedOnFreePorts<T>(
  count: number,
  start: (ports: readonly number[]) => Promise<T>,
  pick: (count: number) => Promise<readonly number[]> = freePorts,
): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await start(await pick(count));
    } catch (error) {
      if (turn === MOST_STARTS || !IN_USE.test(String(error))) throw error;
    }
  }
}
