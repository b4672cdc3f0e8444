import { changeover, type Floor, fault, treeOf, wait } from './floor.ts';

/** Peeling, freezing and packing. */
export const seafoodHall: Floor = {
  reasons: treeOf({
    faults: [
      fault('roller-drive', '辊驱动', 'Peeling rollers'),
      fault('water-pump', '水泵', 'Water supply'),
      fault('compressor', '压缩机', 'Refrigeration'),
      fault('belt-tension', '皮带张力', 'Belt'),
      fault('film-drive', '送膜驱动', 'Film and sealing'),
      fault('weigher', '称重机', 'Weigher'),
      fault('metal-detector', '金属检测', 'Metal detector'),
    ],
    waits: [
      wait('raw-material', '待原料', 'Waiting for the catch'),
      wait('outfeed-full', '出料口满', 'Next step is full'),
      wait('waiting-for-setter', '等待调机员', 'Waiting for the setter'),
    ],
    changeovers: [
      changeover('size-change', '换规格', 'Change of size'),
      changeover('washing', '冲洗消毒', 'Washing down'),
    ],
  }),
  operators: ['林师傅（演示）', '黄师傅（演示）', '徐师傅（演示）'],
  knows: {
    'S104-roller-drive': 'roller-drive',
    'S221-water-pump': 'water-pump',
    'F310-compressor': 'compressor',
    'F120-belt-tension': 'belt-tension',
    'K105-film-drive': 'film-drive',
    'K210-weigher': 'weigher',
    'K330-metal-detector': 'metal-detector',
    'material-short': 'raw-material',
    'outfeed-full': 'outfeed-full',
    'waiting-for-setter': 'waiting-for-setter',
  },
  untold: ['material-short', 'outfeed-full', 'waiting-for-setter'],
  remarks: {
    'raw-material': ['渔船晚到一小时（演示）'],
    compressor: ['排气压力高，已清洗冷凝器（演示）'],
    'film-drive': ['膜卷接头跑偏，已重新穿膜（演示）'],
  },
  handover: [
    '速冻机出口温度 -18.5 ℃，正常（演示）',
    '2 号线剥壳辊磨损，明天停机更换（演示）',
    '换 1 kg 规格，标签已核对（演示）',
  ],
};
