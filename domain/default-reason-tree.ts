import type { ReasonGroup, ReasonTree } from './reason-tree.ts';

/** Stops that aren't planned and no changeover either. */
const UNPLANNED = ['idle', 'blocked', 'starved', 'held', 'down', 'off'] as const;

const GROUPS: readonly ReasonGroup[] = [
  {
    ...{ id: 'equipment', zh: '设备故障', en: 'Equipment', colour: 'breakdown' },
    reasons: [
      { id: 'mechanical', zh: '机械故障', en: 'Mechanical fault', class: 'breakdown', states: UNPLANNED },
      { id: 'electrical', zh: '电气故障', en: 'Electrical fault', class: 'breakdown', states: UNPLANNED },
      { id: 'control', zh: '控制或传感器', en: 'Control or sensor', class: 'breakdown', states: UNPLANNED },
      {
        ...{ id: 'hydraulic-pneumatic', zh: '液压或气动', en: 'Hydraulics or pneumatics' },
        ...{ class: 'breakdown', states: UNPLANNED },
      },
      { id: 'tooling', zh: '模具、刀具或夹具', en: 'Tool or mould', class: 'breakdown', states: UNPLANNED },
      { id: 'jam', zh: '卡料', en: 'Jam', class: 'breakdown', states: UNPLANNED },
      { id: 'utilities', zh: '水电气中断', en: 'Power, air or water', class: 'breakdown', states: UNPLANNED },
    ],
  },
  {
    ...{ id: 'waiting', zh: '等待', en: 'Waiting', colour: 'delay' },
    reasons: [
      { id: 'material-short', zh: '缺料', en: 'No material', class: 'delay', states: UNPLANNED },
      { id: 'upstream-stopped', zh: '上游停机', en: 'Upstream stopped', class: 'delay', states: UNPLANNED },
      {
        ...{ id: 'downstream-stopped', zh: '下游停机', en: 'Downstream stopped' },
        ...{ class: 'delay', states: UNPLANNED },
      },
      { id: 'operator-absent', zh: '缺人', en: 'No operator', class: 'delay', states: UNPLANNED },
      {
        id: 'quality-check',
        zh: '等待检验',
        en: 'Waiting for inspection',
        class: 'delay',
        states: UNPLANNED,
      },
      { id: 'quality-problem', zh: '质量异常', en: 'Quality problem', class: 'delay', states: UNPLANNED },
      { id: 'transport', zh: '等待吊运', en: 'Waiting for transport', class: 'delay', states: UNPLANNED },
    ],
  },
  {
    ...{ id: 'changeover', zh: '换型调试', en: 'Changeover', colour: 'changeover' },
    reasons: [
      { id: 'changeover', zh: '换型', en: 'Changeover', class: 'changeover' },
      { id: 'tool-change', zh: '换刀换模', en: 'Tool or mould change', class: 'changeover' },
      { id: 'adjustment', zh: '调整', en: 'Adjustment', class: 'changeover' },
      { id: 'first-article', zh: '首件检验', en: 'First article', class: 'changeover' },
      { id: 'warm-up', zh: '预热', en: 'Warming up', class: 'changeover' },
    ],
  },
  {
    ...{ id: 'planned', zh: '计划停机', en: 'Planned', colour: 'plannedStop' },
    reasons: [
      { id: 'planned-maintenance', zh: '计划保养', en: 'Planned maintenance', class: 'plannedStop' },
      { id: 'planned-cleaning', zh: '计划清扫', en: 'Planned cleaning', class: 'plannedStop' },
      { id: 'meeting', zh: '会议或培训', en: 'Meeting or training', class: 'plannedStop' },
      { id: 'trial', zh: '试制', en: 'Trial', class: 'plannedStop' },
    ],
  },
  {
    ...{ id: 'no-demand', zh: '无任务', en: 'No demand', colour: 'idle' },
    reasons: [
      { id: 'no-orders', zh: '无订单', en: 'No orders', class: 'idle' },
      { id: 'power-rationing', zh: '限电', en: 'Power rationing', class: 'idle' },
    ],
  },
  {
    ...{ id: 'other', zh: '其他', en: 'Other' },
    reasons: [{ id: 'other', zh: '其他', en: 'Other' }],
  },
];

/** What operators of a site without a tree of its own choose from. */
export const DEFAULT_REASON_TREE: ReasonTree = {
  version: 1,
  source: 'own design; the classes are those of ISO 22400-2 as the glossary maps them',
  groups: GROUPS,
};
