import { onTestFinished } from 'vitest';
import { type Broker, type BrokerOptions, startBroker } from '../../../ingest/edge/broker.ts';
import type { IngestLog } from '../../../ingest/log.ts';
import { HandIntake } from './intake.ts';

/** A log that keeps the names of its events. */
export function recordingLog() {
  const events: string[] = [];
  const log: IngestLog = (event) => {
    events.push(event);
  };
  return { events, log };
}

/** A broker on a free port that ends with the test. */
export async function brokerForTest(
  options: Partial<BrokerOptions> & { intake?: HandIntake } = {},
): Promise<{ broker: Broker; intake: HandIntake; events: readonly string[] }> {
  const intake = options.intake ?? new HandIntake();
  const { log, events } = recordingLog();
  const broker = await startBroker({ host: '127.0.0.1', port: 0, log, now: Date.now, ...options, intake });
  onTestFinished(() => broker.close());
  return { broker, intake, events };
}
