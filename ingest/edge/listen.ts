import type { AddressInfo, Server } from 'node:net';

/** How many ports after the wanted one are tried. */
const TRIES = 100;

export interface ListenOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Take the next free port where this one is busy. */
  readonly orNext: boolean;
  /** The configuration key that sets the port, for the error. */
  readonly key: string;
  /** The same of the port, where it isn't `port` in there. */
  readonly portKey?: string;
}

/** Starts to listen; resolves with the port. Rejects with the remedy where the port or host can't be had. */
export async function listen(
  server: Server,
  { host, port, orNext, key, portKey = `${key}.port` }: ListenOptions,
): Promise<number> {
  for (let tried = port; ; tried++) {
    try {
      await attempt(server, host, tried);
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && orNext && tried < port + TRIES && tried < 65_535) continue;
      throw new Error(`can't listen on ${host}:${tried} (${code}): ${remedyFor({ code, key, portKey })}`, {
        cause: error,
      });
    }
  }
}

function attempt(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function remedyFor({
  code,
  key,
  portKey,
}: {
  code: string | undefined;
  key: string;
  portKey: string;
}): string {
  switch (code) {
    case 'EADDRINUSE':
      return `another program has the port; stop it, or set ${portKey} to another one (0: any free one)`;
    case 'EACCES':
      return `ports below 1024 need rights that this user lacks; set ${portKey} above`;
    default:
      return `${key}.host must be an address of this host`;
  }
}
