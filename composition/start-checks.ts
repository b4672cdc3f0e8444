import { loginCheck } from '../access/login.ts';
import { loadClientTls, loadServerTls } from '../access/tls.ts';
import type { Config } from '../config.ts';
import { refuseDataFolder } from '../operation/data-folder.ts';
import { checkStoreOptions } from '../store/open-store.ts';
import { refuseOpenBroker } from './access.ts';

/**
 * Why a start with this configuration would be refused, as far as the configuration and the files that it names can tell; empty
 * where nothing speaks against it. Whether a token exists for an open HTTP listener is known at the start only.
 */
export function refusalsAtStart(config: Config): string[] {
  const { broker, data, http, mqtt, sparkplug, store } = config;
  const checks: (() => unknown)[] = [
    () => refuseDataFolder(data.dir),
    () => checkStoreOptions(store),
    () => loadServerTls(http.tls, 'http.tls'),
    ...(mqtt.url
      ? [() => loadClientTls(mqtt.tls, 'mqtt.tls')]
      : [
          () => loadServerTls(broker.tls, 'broker.tls'),
          () => loginCheck({ ...broker, section: 'broker' }),
          () => refuseOpenBroker(config),
        ]),
    ...sparkplug.brokers.map(
      ({ tls }, index) =>
        () =>
          loadClientTls(tls, `sparkplug.brokers.${index}.tls`),
    ),
  ];
  return checks.flatMap((check) => {
    try {
      check();
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}
