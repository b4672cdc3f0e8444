import { expect, test } from 'vitest';
import { machineOfRules } from '../../../ingest/sparkplug/names.ts';

const machineOf = machineOfRules([
  { group: 'G', node: 'gw-1', device: 'press', path: 'acme/zs/moulding/line1/the-press' },
  { group: 'G', device: '-', path: 'acme/zs/{group}/gateways/{node}' },
  { group: 'G', path: 'acme/zs/{group}/line-{node}/{device}' },
]);

test.each([
  ['the first rule that matches counts', ['G', 'gw-1', 'press'], 'acme/zs/moulding/line1/the-press'],
  ['a device of another node', ['G', 'gw-2', 'press'], 'acme/zs/G/line-gw-2/press'],
  ['the node itself is the device "-"', ['G', 'gw-1', null], 'acme/zs/G/gateways/gw-1'],
  ['without a rule it is the default', ['H', 'n', 'd'], 'H/-/-/n/d'],
  ['and of a node', ['H', 'n', null], 'H/-/-/n/-'],
  ['names are taken as they are', ['G', '$&', '{node}'], 'acme/zs/G/line-$&/{node}'],
] as const)('%s', (_why, [group, node, device], path) => {
  expect(machineOf(group, node, device)).toBe(path);
});
