import { changeover, type Floor, fault, treeOf, wait } from './floor.ts';

/** Injection moulding, and screws from lathe and mill. */
export const moulding: Floor = {
  reasons: treeOf({
    faults: [
      fault('barrel-heater', '料筒加热', 'Barrel heater'),
      fault('hydraulic-pressure', '液压压力', 'Hydraulics'),
      fault('ejector', '顶出机构', 'Ejector'),
      fault('clamp-sensor', '锁模传感器', 'Clamp and its sensors'),
      fault('mould', '模具', 'Mould'),
      fault('spindle-drive', '主轴驱动', 'Spindle and axes'),
      fault('tool-magazine', '刀库', 'Turret and magazine'),
      fault('chip-conveyor', '排屑器', 'Chips and coolant'),
    ],
    waits: [
      wait('material-short', '缺料', 'No material'),
      wait('outfeed-full', '出料口满', 'Outfeed full'),
      wait('waiting-for-setter', '等待调机员', 'Waiting for the setter'),
      wait('quality-check', '等待检验', 'Waiting for inspection'),
    ],
    changeovers: [
      changeover('mould-change', '换模', 'Mould change'),
      changeover('first-article', '首件检验', 'First article'),
      changeover('colour-change', '换色', 'Colour change'),
    ],
  }),
  operators: ['张师傅（演示）', '李师傅（演示）', '王师傅（演示）', '陈师傅（演示）'],
  knows: {
    'A210-barrel-heater': 'barrel-heater',
    'A305-hydraulic-pressure': 'hydraulic-pressure',
    'A118-ejector': 'ejector',
    'A404-clamp-sensor': 'clamp-sensor',
    'E220-spindle-drive': 'spindle-drive',
    'E114-turret-index': 'tool-magazine',
    'E305-chip-conveyor': 'chip-conveyor',
    'M310-axis-follow-error': 'spindle-drive',
    'M122-tool-magazine': 'tool-magazine',
    'M402-lubrication': 'chip-conveyor',
    'material-short': 'material-short',
    'outfeed-full': 'outfeed-full',
    'waiting-for-setter': 'waiting-for-setter',
    'first-article': 'first-article',
  },
  untold: ['material-short', 'outfeed-full', 'waiting-for-setter', 'first-article'],
  remarks: {
    'barrel-heater': ['更换 3 区加热圈（演示）', '热电偶松动，已紧固（演示）'],
    'hydraulic-pressure': ['补油后压力恢复，油封渗漏待换（演示）'],
    'material-short': ['ABS 料未及时上线（演示）', '干燥料不足，等 20 分钟（演示）'],
    'waiting-for-setter': ['调机工在 2 号线换模（演示）'],
    'spindle-drive': ['主轴报警复位后正常，已报修（演示）'],
  },
  handover: [
    '1 号线模温机有轻微渗漏，已垫托盘，请继续观察（演示）',
    '换模后首件合格，尺寸偏上限，每两小时抽检一次（演示）',
    '本班缺料两次，已通知仓库提前备料（演示）',
    '设备运行正常，现场已清扫（演示）',
  ],
};
