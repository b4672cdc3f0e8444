import type { ISubscriptionMap, MqttClient } from 'mqtt';
import type { TopicFilter } from '../../domain/mapping/filters.ts';
import type { IngestLog } from '../log.ts';

const SUBACK_MS = 10_000;
/** `granted` of a SUBACK: 0 to 2 is the QoS, from 128 on a refusal. */
const REFUSED = 128;

/** Asks a broker for topics, and gives them up, with its answers checked. */
export function createSubscribing({
  client,
  prefix,
  url,
  log,
}: {
  readonly client: MqttClient;
  /** Put before each filter: that of the group that shares them, or nothing. */
  readonly prefix: string;
  /** Without secrets. */
  readonly url: string;
  readonly log: IngestLog;
}) {
  /** MQTT 5 brokers send retained messages for new subscriptions only; in 3.1.1 each subscribe asks for them again. */
  function askFor(wanted: readonly TopicFilter[]): Promise<void> {
    const subscriptions: ISubscriptionMap = Object.fromEntries(
      wanted.map(({ filter, qos }) => [prefix + filter, { qos, rh: 1 }]),
    );
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const late = setTimeout(() => reject(new Error('the broker did not answer the subscription')), SUBACK_MS);
    client.subscribe(subscriptions, (error, asked, packet) => {
      const granted = (packet as { granted?: number[] } | undefined)?.granted;
      // What was asked has the granted QoS by now.
      const names = (asked ?? [])
        .map(({ topic }) => topic)
        .filter((topic, index) => (granted?.[index] ?? REFUSED) !== subscriptions[topic]?.qos);
      const [first] = names;
      if (!granted) reject(error ?? new Error('the broker sent no SUBACK'));
      else if (first === undefined) resolve();
      else {
        const qos = subscriptions[first]?.qos;
        reject(new Error(`the broker does not grant QoS ${qos} for ${names.join(', ')}: allow it there`));
      }
    });
    return promise.finally(() => clearTimeout(late));
  }

  /** The broker shall send no more of these; where it doesn't answer, it is asked again at the next connection. */
  async function giveUp(filters: readonly string[]): Promise<boolean> {
    if (filters.length === 0) return true;
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, SUBACK_MS, false);
    const asked = client.unsubscribeAsync(filters.map((filter) => prefix + filter)).then(
      () => true,
      () => false,
    );
    const isDone = await Promise.race([asked, late]);
    clearTimeout(timer);
    if (!isDone) log('mqtt-unsubscribe-failed', { url, filters });
    return isDone;
  }

  return { askFor, giveUp };
}
