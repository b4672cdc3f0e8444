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

/** Whether a STATE says that its host is offline; Sparkplug 2.2 wrote the bare word. */
export function saysOffline(payload: Uint8Array): boolean {
  const text = Buffer.from(payload).toString();
  if (text === 'OFFLINE') return true;
  try {
    const state: unknown = JSON.parse(text);
    return typeof state === 'object' && state !== null && (state as Partial<HostState>).online === false;
  } catch {
    return false;
  }
}
