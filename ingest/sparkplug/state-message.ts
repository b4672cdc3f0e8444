import { NAMESPACE } from './topic.ts';

/**
 * [tck-id-host-topic-phid-birth-topic] [tck-id-host-topic-phid-death-topic]
 * [tck-id-operational-behavior-host-application-connect-birth-topic]
 * [tck-id-operational-behavior-host-application-connect-will-topic]
 * [tck-id-operational-behavior-host-application-death-topic]
 */
export const stateTopic = (hostId: string): string => `${NAMESPACE}/STATE/${hostId}`;

/** [tck-id-components-ph-state] A host's birth (`online` true) or death, at a time in UTC milliseconds. */
export interface HostState {
  readonly online: boolean;
  readonly timestamp: number;
}

/**
 * [tck-id-host-topic-phid-birth-payload] [tck-id-host-topic-phid-death-payload]
 * [tck-id-message-flow-phid-sparkplug-state-publish-payload]
 * [tck-id-operational-behavior-host-application-connect-birth-payload]
 * [tck-id-operational-behavior-host-application-connect-will-payload]
 * [tck-id-operational-behavior-host-application-death-payload]
 * [tck-id-payloads-state-will-message-payload] [tck-id-payloads-state-birth-payload]
 * JSON in UTF-8 with the keys `online` and `timestamp`.
 */
export const statePayload = ({ online, timestamp }: HostState): Buffer =>
  Buffer.from(JSON.stringify({ online, timestamp }));

/** What a STATE says; Sparkplug 2.2 wrote the bare word, which has no time. `null`: it is none. */
export function readState(
  payload: Uint8Array,
): { readonly online: boolean; readonly timestamp: number | null } | null {
  const text = Buffer.from(payload).toString();
  if (text === 'OFFLINE' || text === 'ONLINE') return { online: text === 'ONLINE', timestamp: null };
  try {
    const state = JSON.parse(text) as Partial<HostState> | null;
    if (typeof state !== 'object' || typeof state?.online !== 'boolean') return null;
    return { online: state.online, timestamp: typeof state.timestamp === 'number' ? state.timestamp : null };
  } catch {
    return null;
  }
}
