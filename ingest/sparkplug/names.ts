import type { MachinePath } from '../../domain/path.ts';

/** Which machine a node (`device` null) or a device is. */
export type MachineOf = (group: string, node: string, device: string | null) => MachinePath;

/** The binding where no rule says otherwise (contracts, "MQTT"). */
export const defaultMachineOf: MachineOf = (group, node, device) => `${group}/-/-/${node}/${device ?? '-'}`;

/** Where nodes and devices belong in the plant; what is absent matches any. */
export interface MachineRule {
  readonly group?: string | undefined;
  readonly node?: string | undefined;
  /** `-`: the node itself. */
  readonly device?: string | undefined;
  /** A machine path in which `{group}`, `{node}` and `{device}` stand for those of the topic. */
  readonly path: string;
}

/** The first rule that matches counts; without one it is the default. */
export function machineOfRules(rules: readonly MachineRule[]): MachineOf {
  if (rules.length === 0) return defaultMachineOf;
  return (group, node, device) => {
    const own: Readonly<Record<string, string>> = { group, node, device: device ?? '-' };
    const rule = rules.find((one) =>
      (['group', 'node', 'device'] as const).every(
        (level) => one[level] === undefined || one[level] === own[level],
      ),
    );
    if (!rule) return defaultMachineOf(group, node, device);
    return rule.path.replace(/\{(group|node|device)\}/g, (_, level: string) => own[level] as string);
  };
}

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
