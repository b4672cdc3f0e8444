import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

/** A machine's connection; every message is QoS 1, and published when it is acknowledged. */
export interface Publisher extends AsyncDisposable {
  readonly client: MqttClient;
  publish(topic: string, payload: unknown, options?: { qos?: 0 | 1; retain?: boolean }): Promise<void>;
}

/** Connects, or rejects with the broker's reason. A payload that is no text and no bytes is sent as JSON. */
export async function connectPublisher(url: string, options: IClientOptions = {}): Promise<Publisher> {
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...options }, false);
  return {
    client,
    async publish(topic, payload, { qos = 1, retain = false } = {}) {
      const bytes =
        typeof payload === 'string' || payload instanceof Uint8Array ? payload : JSON.stringify(payload);
      await client.publishAsync(topic, bytes as string | Buffer, { qos, retain });
    },
    async [Symbol.asyncDispose]() {
      await client.endAsync();
    },
  };
}
