/** What an edge node knows of the host that it depends on. */
export interface PrimaryHost {
  readonly topic: string;
  readonly isOnline: boolean;
  takes(topic: string): boolean;
  /** Takes a STATE in; returns what has become of the host. */
  becomes(payload: Buffer): 'online' | 'offline' | 'same';
}

/** [tck-id-message-flow-edge-node-birth-publish-phid-wait] and its like. */
export function primaryHost(id: string): PrimaryHost {
  const own = `spBv1.0/STATE/${id}`;
  let isOnline = false;
  let onlineAt = Number.NEGATIVE_INFINITY;
  return {
    topic: own,
    get isOnline() {
      return isOnline;
    },
    takes: (topic) => topic === own,
    becomes(payload) {
      const state = stateOf(payload);
      // [tck-id-message-flow-edge-node-birth-publish-phid-wait-timestamp] A death of an older session says nothing.
      if (!state || (!state.online && state.timestamp < onlineAt)) return 'same';
      const before = isOnline;
      isOnline = state.online;
      if (state.online) onlineAt = Math.max(onlineAt, state.timestamp);
      if (before === isOnline) return 'same';
      return isOnline ? 'online' : 'offline';
    },
  };
}

function stateOf(payload: Buffer): { readonly online: boolean; readonly timestamp: number } | null {
  try {
    const value = JSON.parse(payload.toString()) as {
      readonly online?: unknown;
      readonly timestamp?: unknown;
    } | null;
    if (typeof value?.online !== 'boolean' || typeof value.timestamp !== 'number') return null;
    return { online: value.online, timestamp: value.timestamp };
  } catch {
    return null;
  }
}
