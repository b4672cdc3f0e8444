import { isLoopback, refuseOpenListener } from '../access/listener.ts';
import { secretCheck } from '../access/password.ts';
import type { TokenCheck } from '../api/ports.ts';
import type { Config } from '../config.ts';
import type { Registry } from '../registry/registry.ts';

/**
 * Who may use the API: whoever shows `http.token` or a token of the registry. On loopback nobody is asked while no token
 * exists. Throws where HTTP would listen off loopback without any token.
 */
export function tokenCheckOf({ config, registry }: { config: Config; registry: Registry }): TokenCheck {
  const { host, token } = config.http;
  const configured = token === undefined ? undefined : secretCheck(token);
  refuseOpenListener({
    what: 'HTTP',
    host,
    hasCredentials: configured !== undefined || registry.tokens.exist(),
    remedy: 'create a token with "kaidong token create", or set http.token (KAIDONG__HTTP__TOKEN)',
  });
  return {
    get required() {
      return configured !== undefined || !isLoopback(host) || registry.tokens.exist();
    },
    verify(given) {
      if (configured?.(given)) return { name: 'http.token' };
      return registry.tokens.verify(given);
    },
  };
}

/** Throws where the embedded broker would listen off loopback without username and password. */
export function refuseOpenBroker({ broker, mqtt }: Config): void {
  if (mqtt.url) return;
  refuseOpenListener({
    what: 'the embedded broker',
    host: broker.host,
    hasCredentials: broker.username !== undefined && broker.password !== undefined,
    remedy: 'set broker.username and broker.password (KAIDONG__BROKER__USERNAME, KAIDONG__BROKER__PASSWORD)',
  });
}
