import { changeover, type Floor, fault, treeOf, wait } from './floor.ts';

/** Boards: solder paste, placement, reflow. */
export const smt: Floor = {
  reasons: treeOf({
    faults: [
      fault('vision', '视觉系统', 'Vision'),
      fault('squeegee-pressure', '刮刀压力', 'Squeegee'),
      fault('head-axis', '贴装头轴', 'Placement head'),
      fault('vacuum', '真空', 'Vacuum'),
      fault('feeder-bank', '供料器组', 'Feeder'),
      fault('zone-heater', '温区加热', 'Zone heater'),
      fault('conveyor-chain', '输送链', 'Chain'),
    ],
    waits: [
      wait('reel-empty', '料盘空', 'Waiting for a reel'),
      wait('board-short', '缺板', 'No boards'),
      wait('upstream-stopped', '上游停机', 'Upstream stopped'),
      wait('outfeed-full', '出料口满', 'Next step is full'),
      wait('waiting-for-setter', '等待调机员', 'Waiting for the technician'),
    ],
    changeovers: [
      changeover('feeder-change', '换供料器', 'Feeder change'),
      changeover('first-article', '首件检验', 'First article'),
    ],
  }),
  operators: ['赵工（演示）', '孙工（演示）', '钱工（演示）'],
  knows: {
    'G118-vision': 'vision',
    'G204-squeegee-pressure': 'squeegee-pressure',
    'M210-head-axis': 'head-axis',
    'M122-vacuum': 'vacuum',
    'M305-feeder-bank': 'feeder-bank',
    'O104-zone-heater': 'zone-heater',
    'O220-conveyor-chain': 'conveyor-chain',
    'material-short': 'board-short',
    'outfeed-full': 'outfeed-full',
    'upstream-stopped': 'upstream-stopped',
    'waiting-for-setter': 'waiting-for-setter',
    'first-article': 'first-article',
  },
  untold: ['material-short', 'waiting-for-setter', 'first-article'],
  remarks: {
    'feeder-bank': ['更换 12 号供料器（演示）'],
    vacuum: ['吸嘴堵塞，已超声清洗（演示）'],
    'board-short': ['来料 PCB 真空包装破损，退换（演示）'],
    'first-article': ['首件 AOI 误判，复核后放行（演示）'],
  },
  handover: [
    'line1 贴片机 2 抛料率偏高，已换吸嘴，请继续跟踪（演示）',
    '回流焊 6 区温度补偿 +2 ℃，曲线已存（演示）',
    '夜班换线 3 次，锡膏已按时回温（演示）',
  ],
};
