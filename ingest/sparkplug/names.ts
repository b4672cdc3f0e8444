import type { MachinePath } from '../../domain/path.ts';

/** Which machine a node (`device` null) or a device is. */
export type MachineOf = (group: string, node: string, device: string | null) => MachinePath;

/** The binding where no rule says otherwise (contracts, "MQTT"). */
export const defaultMachineOf: MachineOf = (group, node, device) => `${group}/-/-/${node}/${device ?? '-'}`;

/** Metrics by which an edge node is told to do something. Kaidong only listens, so they are no signals. */
const CONTROLS = ['Node Control/', 'Device Control/'];

/** The number of an edge node's session. */
export const BD_SEQ = 'bdSeq';

/** Whether a metric serves the protocol and measures nothing. */
export const isProtocols = (name: string): boolean =>
  name === BD_SEQ || CONTROLS.some((prefix) => name.startsWith(prefix));

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const NOT_IN_SIGNALS = /[\u0000-\u001f\u007f-\u009f+#]/g;

/**
 * The signal of a metric: its name as it is. Sparkplug allows `+`, `#` and control characters in it, which no signal can have;
 * they are written as in URLs (`A+` becomes `A%2B`).
 */
export const signalOf = (name: string): string =>
  name.replace(
    NOT_IN_SIGNALS,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
