import { setTimeout as delay } from 'node:timers/promises';
import type { MqttEdge } from '../ingest/edge/mqtt-edge.ts';

/** Longest wait for the first connection; after it, or its first failure, connecting goes on in the background. */
const SUBSCRIBE_MS = 5000;

/** Before the subscription the broker keeps nothing for us: whoever publishes once we are ready shall be heard. */
export async function subscribed(client: Pick<MqttEdge, 'status'>): Promise<void> {
  for (let waited = 0; waited < SUBSCRIBE_MS; waited += 10) {
    const { connected, lastError } = client.status();
    if (connected || lastError !== null) return;
    await delay(10);
  }
}
