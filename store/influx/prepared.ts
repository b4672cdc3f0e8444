/**
 * Runs `prepare` once before the first use of a server, again after a failure, and again after `forget()`: the store may
 * be away when the platform starts, and a database may be dropped while it runs.
 */
export function preparedOnce(prepare: () => Promise<void>) {
  let prepared: Promise<void> | undefined;
  const forget = (): void => {
    prepared = undefined;
  };
  const ready = (): Promise<void> => {
    prepared ??= prepare().catch((error: unknown) => {
      forget();
      throw error;
    });
    return prepared;
  };
  return { ready, forget };
}
