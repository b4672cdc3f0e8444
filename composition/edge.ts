import { loadTls } from '../access/tls.ts';
import type { Config } from '../config.ts';
import { startBroker } from '../ingest/edge/broker.ts';
import { connectMqtt } from '../ingest/edge/mqtt-client.ts';
import type { Intake } from '../ingest/message.ts';
import type { Log } from '../operation/log.ts';

/** Where messages come in: the embedded broker, or our session at an outside one. */
export interface Edge extends AsyncDisposable {
  /** Where machines publish. */
  readonly url: string;
  /** The messages come from an outside broker. */
  readonly outside: boolean;
  readonly notes: readonly string[];
  readiness(): { readonly part: string; readonly ok: boolean; readonly detail: string };
}

const DEFAULT_BROKER_PORT = 1883;
const PORTS_TRIED = 50;

/** Opens the edge that the configuration names. */
export async function openEdge({
  config,
  intake,
  log,
}: {
  config: Config;
  intake: Intake;
  log: Log;
}): Promise<Edge> {
  return config.mqtt.url
    ? outsideEdge(config, config.mqtt.url, intake, log)
    : embeddedEdge(config, intake, log);
}
