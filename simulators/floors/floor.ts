import type { ReasonGroup, ReasonTree, TreeReason } from '../../domain/reason-tree.ts';

/** The people at a plant's machines, and what they know that the machines don't say. All of them are made up, and say so. */
export interface Floor {
  /** What operators choose reasons from. */
  readonly reasons: ReasonTree;
  /** Names under what is said, shift by shift in turns. */
  readonly operators: readonly string[];
  /** By the machine's reason for a stop: the tree's reason for it. */
  readonly knows: Readonly<Record<string, string>>;
  /** The machine's reasons that no controller knows: the machine stands, and says nothing of why. */
  readonly untold: readonly string[];
  /** By the tree's reason: remarks that go with it now and then. */
  readonly remarks: Readonly<Record<string, readonly string[]>>;
  /** What one shift hands over to the next. */
  readonly handover: readonly string[];
}

const UNPLANNED = ['idle', 'blocked', 'starved', 'held', 'down', 'off'] as const;

export const fault = (id: string, zh: string, en: string): TreeReason => ({
  ...{ id, zh, en },
  class: 'breakdown',
  states: UNPLANNED,
});

export const wait = (id: string, zh: string, en: string): TreeReason => ({
  ...{ id, zh, en },
  class: 'delay',
  states: UNPLANNED,
});

export const changeover = (id: string, zh: string, en: string): TreeReason => ({
  ...{ id, zh, en },
  class: 'changeover',
});

/** What every plant has in common. */
const COMMON: readonly ReasonGroup[] = [
  {
    ...{ id: 'planned', zh: '计划停机', en: 'Planned', colour: 'plannedStop' },
    reasons: [
      { id: 'planned-maintenance', zh: '计划保养', en: 'Planned maintenance', class: 'plannedStop' },
      { id: 'planned-cleaning', zh: '计划清扫', en: 'Planned cleaning', class: 'plannedStop' },
      { id: 'meeting', zh: '会议或培训', en: 'Meeting or training', class: 'plannedStop' },
    ],
  },
  {
    ...{ id: 'no-demand', zh: '无任务', en: 'No demand', colour: 'idle' },
    reasons: [{ id: 'no-orders', zh: '无订单', en: 'No orders', class: 'idle' }],
  },
  { ...{ id: 'other', zh: '其他', en: 'Other' }, reasons: [{ id: 'other', zh: '其他', en: 'Other' }] },
];

/** A site's tree: its own faults, waits and changeovers before what all have in common. */
export const treeOf = (own: {
  readonly faults: readonly TreeReason[];
  readonly waits: readonly TreeReason[];
  readonly changeovers: readonly TreeReason[];
}): ReasonTree => ({
  version: 1,
  source: 'a fictional plant of the demo',
  groups: [
    { ...{ id: 'faults', zh: '设备故障', en: 'Faults', colour: 'breakdown' }, reasons: own.faults },
    { ...{ id: 'waiting', zh: '等待', en: 'Waiting', colour: 'delay' }, reasons: own.waits },
    {
      ...{ id: 'changeover', zh: '换型调试', en: 'Changeover', colour: 'changeover' },
      reasons: own.changeovers,
    },
    ...COMMON,
  ],
});
