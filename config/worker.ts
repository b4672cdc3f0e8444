/** What a worker may be called: its name is part of a client id and the name of a folder. */
export const WORKER_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
export const WORKER_NAME_RULE =
  'write up to 32 lower-case letters, digits and hyphens, beginning with a letter or digit, e.g. w1';

/** Why a configuration can't be that of one of several workers; empty where it can, or names no worker. */
export function workerProblems({
  ingest,
  mqtt,
  store,
}: {
  readonly ingest: { readonly worker?: string | undefined };
  readonly mqtt: { readonly url?: string | undefined };
  readonly store: { readonly kind: string };
}): { readonly path: readonly string[]; readonly message: string }[] {
  if (ingest.worker === undefined) return [];
  const path = ['ingest', 'worker'];
  const problems: string[] = [];
  if (mqtt.url === undefined) {
    problems.push(
      'workers share the topics of an outside broker: set mqtt.url, or run without a worker name',
    );
  }
  if (store.kind === 'embedded' || store.kind === 'memory') {
    problems.push(
      `the ${store.kind} store works in one process: set store.kind to influxdb1 or influxdb2, or run without a worker name`,
    );
  }
  return problems.map((message) => ({ path, message }));
}
