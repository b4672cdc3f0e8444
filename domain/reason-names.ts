import { DEFAULT_REASON_TREE } from './default-reason-tree.ts';
import { type ReasonsInGroups, reasonIn } from './reason-tree.ts';

/**
 * What the well-known reasons are called in Chinese: those of the vocabularies and of the simulated plants. The words
 * themselves are English; another source's own words stay as they were heard.
 */
const REASONS_ZH: Readonly<Record<string, string>> = {
  // vocabularies and the platform
  unmapped: '状态词未映射',
  offline: '离线',
  'no-value': '没有值',
  'bad-quality': '质量不良',
  unavailable: '不可用',
  'emergency-stop': '急停',
  maintenance: '保养',
  manual: '手动',
  fault: '故障报警',
  engineering: '工程试制',
  'non-scheduled': '非计划时间',
  break: '休息',
  // waiting
  'material-short': '缺料',
  'upstream-stopped': '上游停机',
  'outfeed-full': '出料口满',
  'infeed-gap': '来料间断',
  'conveyor-full': '输送线满',
  'tank-full': '储罐满',
  'reel-empty': '料盘空',
  'weigher-empty': '称重斗空',
  'hopper-refill': '补料',
  'robot-wait': '等待机器人',
  'waiting-for-load': '等待上料',
  'waiting-for-setter': '等待调机员',
  'between-meals': '投喂间隔',
  'appetite-low': '食欲低',
  'oxygen-sufficient': '溶氧充足',
  'banksman-halt': '指挥员叫停',
  'wind-limit': '风速超限',
  'sea-state': '海况不宜',
  moored: '靠泊',
  'door-open': '门未关',
  'feed-hold': '进给保持',
  'tack-correction': '补正定位焊',
  'shell-jam': '卡壳',
  'plate-warped': '板材翘曲',
  'board-short': '缺板',
  'raw-material': '待原料',
  // setting up
  'colour-change': '换色',
  'size-change': '换规格',
  'feeder-change': '换供料器',
  'mould-change': '换模',
  'grade-change': '换牌号',
  'film-change': '换膜',
  'label-change': '换标签',
  'fixture-change': '换夹具',
  'insert-change': '换刀片',
  'chuck-change': '换卡盘',
  'panel-change': '换板',
  'stencil-change': '换钢网',
  'profile-change': '换炉温曲线',
  'consumable-change': '换易损件',
  'first-article': '首件检验',
  'roller-setting': '调辊',
  'belt-alignment': '皮带校正',
  'heat-up': '升温',
  'sealing-heat-up': '封口升温',
  'cool-down': '冷却',
  'spindle-warm-up': '主轴预热',
  'engine-warm-up': '主机预热',
  'paste-conditioning': '锡膏回温',
  priming: '灌泵',
  purge: '吹扫',
  loading: '装料',
  'plate-loading': '上板',
  'pellet-loading': '装饲料',
  rigging: '吊具准备',
  // checks and cleaning
  'tool-check': '刀具检查',
  'torch-check': '焊枪检查',
  'nozzle-check': '喷嘴检查',
  'nozzle-cleaning': '清洗喷嘴',
  'stencil-cleaning': '清洗钢网',
  'strainer-cleaning': '清洗滤网',
  'chip-removal': '清屑',
  'brake-test': '制动试验',
  rinse: '冲洗',
  washing: '冲洗消毒',
  defrost: '除霜',
  // process
  'total-reflux': '全回流',
  'reflux-adjustment': '回流调整',
  recycle: '循环运行',
  'surge-control': '防喘振',
  'analyser-alarm': '分析仪报警',
  // alarms, behind the machine's own number
  ejector: '顶出机构',
  mould: '模具',
  'barrel-heater': '料筒加热',
  'hydraulic-pressure': '液压压力',
  'clamp-sensor': '锁模传感器',
  'rail-brake': '轨道制动',
  'limit-switch': '限位开关',
  'hoist-inverter': '起升变频器',
  'turret-index': '刀塔分度',
  'spindle-drive': '主轴驱动',
  'chip-conveyor': '排屑器',
  'belt-tension': '皮带张力',
  compressor: '压缩机',
  vision: '视觉系统',
  'squeegee-pressure': '刮刀压力',
  'film-drive': '送膜驱动',
  'seal-gas': '密封气',
  weigher: '称重机',
  'lube-oil': '润滑油',
  'vibration-trip': '振动跳车',
  'metal-detector': '金属检测',
  'tool-magazine': '刀库',
  vacuum: '真空',
  'head-axis': '贴装头轴',
  'feeder-bank': '供料器组',
  'axis-follow-error': '轴跟随误差',
  lubrication: '润滑',
  blower: '鼓风机',
  'feed-line-blocked': '投料管堵塞',
  'zone-heater': '温区加热',
  'conveyor-chain': '输送链',
  'height-control': '高度控制',
  'plasma-source': '等离子电源',
  'agitator-vibration': '搅拌振动',
  'high-pressure-trip': '高压跳车',
  'roller-drive': '辊驱动',
  'water-pump': '水泵',
  reboiler: '再沸器',
  flooding: '液泛',
  impeller: '叶轮',
  'motor-overload': '电机过载',
  'main-engine': '主机',
  'deck-crane': '甲板吊',
  'seam-tracker': '焊缝跟踪',
  'wire-feeder': '送丝机',
  'gas-flow': '保护气流量',
  'mould-protection': '模具保护',
  'coolant-low': '冷却液不足',
  'seal-fault': '密封故障',
  'pick-error': '取料错误',
  'arc-failure': '断弧',
};

/** `E220-spindle-drive`: the machine's own number stays as it is. */
const NUMBERED = /^([A-Z]\d+)-(.+)$/;

/** A reason in a reader's language; a word that isn't well known stays as it was heard. */
export function reasonName(reason: string, language: 'zh' | 'en'): string {
  if (language === 'en') return reason;
  const [, number, rest] = NUMBERED.exec(reason) ?? [];
  if (number === undefined || rest === undefined) return named(reason) ?? reason;
  const name = named(rest);
  return name === undefined ? reason : `${number} ${name}`;
}

type Named = { readonly id: string; readonly zh: string; readonly en: string };

/** A reason as the site names it in its tree, else as {@link reasonName} does; `undefined`: the site's tree isn't known. */
export function reasonNameIn(
  tree: ReasonsInGroups<Named> | undefined,
  reason: string,
  language: 'zh' | 'en',
): string {
  return (tree && reasonIn(tree, reason)?.[language]) ?? reasonName(reason, language);
}

const named = (reason: string): string | undefined =>
  Object.hasOwn(REASONS_ZH, reason) ? REASONS_ZH[reason] : reasonIn(DEFAULT_REASON_TREE, reason)?.zh;
