import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Started } from './measure.ts';

/**
 * Telegraf set up for the same work as Kaidong: the same points under the same tags with the times of the payloads, QoS 1, a
 * session that lasts, acknowledged after InfluxDB has them. What costs nothing in safety is set as is best for it here: batches as
 * large as Kaidong's requests, more messages under way than a batch holds, no compression over loopback, no tag of the host.
 */
const configuration = ({ mqttUrl, influxUrl }: Servers): string => `
[agent]
  interval = "1s"
  flush_interval = "1s"
  flush_jitter = "0s"
  metric_batch_size = 5000
  metric_buffer_limit = 200000
  omit_hostname = true
  quiet = true

[[inputs.mqtt_consumer]]
  servers = ["${mqttUrl.replace(/^mqtt:/, 'tcp:')}"]
  topics = ["kaidong/v1/#"]
  topic_tag = ""
  qos = 1
  client_id = "telegraf"
  persistent_session = true
  max_undelivered_messages = 20000
  name_override = "signals"
  data_format = "json"
  json_time_key = "ts"
  json_time_format = "unix_ms"
  [[inputs.mqtt_consumer.topic_parsing]]
    topic = "kaidong/v1/+/+/+/+/+"
    tags = "_/_/enterprise/site/area/line/machine"

[[outputs.influxdb]]
  urls = ["${influxUrl}"]
  database = "kaidong"
  content_encoding = "identity"
`;

interface Servers {
  readonly mqttUrl: string;
  readonly influxUrl: string;
}

/** Starts the Telegraf at `path` on a folder for its configuration. Disposal sends SIGTERM and waits. */
export async function startTelegraf({
  path,
  dir,
  ...servers
}: Servers & { readonly path: string; readonly dir: string }): Promise<
  Pick<Started, 'pid'> & AsyncDisposable
> {
  const file = join(dir, 'telegraf.conf');
  writeFileSync(file, configuration(servers));
  const child = spawn(path, ['--config', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'spawn');
  return {
    pid: child.pid as number,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
