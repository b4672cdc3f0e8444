import { onTestFinished } from 'vitest';
import { connectMqtt } from '../../../ingest/edge/mqtt-client.ts';
import type { MqttEdge, MqttOptions, MqttStatus } from '../../../ingest/edge/mqtt-edge.ts';
import type { Intake } from '../../../ingest/message.ts';
import { recordingLog } from './broker-for-test.ts';
import { HandIntake } from './intake.ts';

/** A client that ends with the test, and a way to wait for what its status says. */
export function mqttForTest<I extends Intake = HandIntake>(
  options: Partial<MqttOptions> & { url: string; intake?: I },
): {
  edge: MqttEdge;
  intake: I;
  events: readonly string[];
  until(condition: (status: MqttStatus) => boolean): Promise<MqttStatus>;
} {
  const intake = options.intake ?? (new HandIntake() as Intake as I);
  const { log, events } = recordingLog();
  const topics = [{ filter: 'kaidong/v1/#', qos: 1 }] as const;
  const edge = connectMqtt({ clientId: 'kaidong', topics, log, now: Date.now, ...options, intake });
  onTestFinished(() => edge.close());
  async function until(condition: (status: MqttStatus) => boolean): Promise<MqttStatus> {
    for (;;) {
      const status = edge.status();
      if (condition(status)) return status;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  return { edge, intake, events, until };
}
