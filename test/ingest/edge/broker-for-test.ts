import { onTestFinished } from 'vitest';
import { type Broker, type BrokerOptions, startBroker } from '../../../ingest/edge/broker.ts';
import type { EdgeLog } from '../../../ingest/edge/log.ts';
import { HandIntake } from './intake.ts';

/** A log that keeps the names of its events. */
export function recordingLog(): EdgeLog & { readonly events: string[] } {
  const events: string[] = [];
  const keep = (_: object, event: string): void => {
    events.push(event);
  };
  return { events, info: keep, warn: keep };
}

/** A broker on a free port that ends with the test. */
export async function brokerForTest(
  options: Partial<BrokerOptions> & { intake?: HandIntake } = {},
): Promise<{ broker: Broker; intake: HandIntake; log: ReturnType<typeof recordingLog> }> {
  const intake = options.intake ?? new HandIntake();
  const log = recordingLog();
  const broker = await startBroker({ host: '127.0.0.1', port: 0, log, now: Date.now, ...options, intake });
  onTestFinished(() => broker.close());
  return { broker, intake, log };
}
