import { changeover, type Floor, fault, treeOf, wait } from './floor.ts';

/** Plates, panels and the slipway of a shipyard. */
export const shipyard: Floor = {
  reasons: treeOf({
    faults: [
      fault('wire-feeder', '送丝机', 'Wire feeder'),
      fault('seam-tracker', '焊缝跟踪', 'Seam tracker'),
      fault('gas-flow', '保护气流量', 'Shielding gas'),
      fault('plasma-source', '等离子电源', 'Plasma source'),
      fault('hoist-inverter', '起升变频器', 'Hoist and inverter'),
      fault('rail-brake', '轨道制动', 'Travel and brakes'),
    ],
    waits: [
      wait('waiting-for-load', '等待上料', 'Waiting for a load'),
      wait('wind-limit', '风速超限', 'Wind above the limit'),
      wait('plate-warped', '板材翘曲', 'Warped plate'),
      wait('tack-correction', '补正定位焊', 'Tack welds to be redone'),
      wait('material-short', '缺料', 'No material'),
      wait('outfeed-full', '出料口满', 'Next step is full'),
    ],
    changeovers: [
      changeover('panel-change', '换板', 'Panel change'),
      changeover('consumable-change', '换易损件', 'Consumables'),
      changeover('first-article', '首件检验', 'First article'),
    ],
  }),
  operators: ['周师傅（演示）', '吴师傅（演示）'],
  knows: {
    'W210-wire-feeder': 'wire-feeder',
    'W118-seam-tracker': 'seam-tracker',
    'W402-gas-flow': 'gas-flow',
    'P220-plasma-source': 'plasma-source',
    'P105-height-control': 'plasma-source',
    'C310-hoist-inverter': 'hoist-inverter',
    'C122-rail-brake': 'rail-brake',
    'C204-limit-switch': 'rail-brake',
    'waiting-for-load': 'waiting-for-load',
    'wind-limit': 'wind-limit',
    'plate-warped': 'plate-warped',
    'tack-correction': 'tack-correction',
    'consumable-change': 'consumable-change',
    'material-short': 'material-short',
    'outfeed-full': 'outfeed-full',
    'first-article': 'first-article',
  },
  untold: [
    ...['waiting-for-load', 'wind-limit', 'plate-warped', 'tack-correction', 'consumable-change'],
    ...['material-short', 'outfeed-full', 'first-article'],
  ],
  remarks: {
    'waiting-for-load': ['3 号分段涂装未完（演示）'],
    'wind-limit': ['阵风 7 级，按规程停吊（演示）'],
    'wire-feeder': ['更换送丝轮与导丝管（演示）'],
  },
  handover: [
    '2 号焊接站送丝不稳，备件已领，请下一班更换（演示）',
    '龙门吊制动间隙已调整，起吊前请试车（演示）',
    '分段 305 已焊完，等待探伤（演示）',
  ],
};
