import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether an address to listen on can only be reached from this host. Names other than `localhost` count as open. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(address);
  return version !== 0 && LOOPBACK.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Throws where a server would listen off loopback without asking anyone who they are. `what` names the server and
 * `remedy` the credentials to set, e.g. `broker.username and broker.password`.
 */
export function refuseOpenListener(options: {
  readonly what: string;
  readonly host: string;
  readonly hasCredentials: boolean;
  readonly remedy: string;
}): void {
  const { what, host, hasCredentials, remedy } = options;
  if (hasCredentials || isLoopback(host)) return;
  throw new Error(
    `${what} would listen on ${host}, open to the network, without credentials: ${remedy}, ` +
      'or listen on 127.0.0.1 only',
  );
}
