import type { Finding, Grade } from './check.ts';
import { plausibilityChecks } from './checks/index.ts';

/** What is said, Chinese first. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** What each grade says. */
export const GRADE_WORDS: Readonly<Record<Grade, Bilingual>> = {
  A: { zh: '没有发现与证据相悖之处', en: 'nothing speaks against the evidence' },
  B: { zh: '有待解释之处', en: 'something wants an explanation' },
  C: { zh: '有与证据相悖之处', en: 'something speaks against the evidence' },
};

/** The names of the numbers that findings show; a check's numbers without one fail its test. */
export const EVIDENCE_WORDS: Readonly<Record<string, Bilingual>> = {
  ratio: { zh: '所需时间为运行时间的倍数', en: 'needed time over running time' },
  neededMs: { zh: '按理想节拍所需', en: 'needed at the ideal cycle' },
  runningMs: { zh: '运行', en: 'running' },
  pieces: { zh: '件数', en: 'pieces' },
  expectedPieces: { zh: '通常可做件数', en: 'pieces usually made in that time' },
  energyWh: { zh: '电量（Wh）', en: 'energy in Wh' },
  meteredHours: { zh: '电表走动的小时数', en: 'hours with energy' },
  whPerPiece: { zh: '每件电量（Wh）', en: 'Wh per piece' },
  hours: { zh: '如此的小时数', en: 'hours so' },
  ofHours: { zh: '有产量且有电表的小时数', en: 'hours with pieces and a meter' },
  signal: { zh: '信号', en: 'signal' },
  value: { zh: '数值', en: 'value' },
  flatHours: { zh: '不动的小时数', en: 'hours without change' },
  livelyHours: { zh: '变动的小时数', en: 'hours with changes' },
  increments: { zh: '连续相同的增量数', en: 'equal increments in a row' },
  everyMs: { zh: '间隔', en: 'apart' },
  events: { zh: '相同的事件数', en: 'equal events' },
  differentGaps: { zh: '不同的间隔数', en: 'different gaps among them' },
  otherMachine: { zh: '另一台设备', en: 'other machine' },
  shiftMs: { zh: '时间平移', en: 'moved by' },
  cause: { zh: '修改的种类', en: 'kind of change' },
  cells: { zh: '被改变的时段数', en: 'stretches changed' },
  newestAt: { zh: '最近一次修改', en: 'newest change at' },
};

const CAUSE_WORDS: Readonly<Record<string, Bilingual>> = {
  correction: { zh: '更正', en: 'correction' },
  annotation: { zh: '停机批注', en: 'annotation of a stop' },
  order: { zh: '工单', en: 'order' },
  calendar: { zh: '日历', en: 'calendar' },
  vocabulary: { zh: '状态词表', en: 'vocabulary' },
  cycle: { zh: '理想节拍', en: 'ideal cycle' },
  settings: { zh: '设置', en: 'settings' },
};

const UNITS = [
  { ms: 86_400_000, zh: '天', en: 'd' },
  { ms: 3_600_000, zh: '小时', en: 'h' },
  { ms: 60_000, zh: '分', en: 'min' },
  { ms: 1000, zh: '秒', en: 's' },
] as const;

/** The two largest units that matter, without rounding up: `1 d 2 h`. */
function durationText(ms: number): Bilingual {
  if (ms < 1000) return { zh: `${ms} 毫秒`, en: `${ms} ms` };
  let rest = ms;
  const parts: { readonly zh: string; readonly en: string }[] = [];
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    if (count > 0) parts.push({ zh: `${count} ${unit.zh}`, en: `${count} ${unit.en}` });
  }
  const [zh, en] = (['zh', 'en'] as const).map((language) =>
    parts
      .slice(0, 2)
      .map((part) => part[language])
      .join(' '),
  );
  return { zh: zh as string, en: en as string };
}

function valueWords(name: string, value: number | string): Bilingual {
  if (typeof value === 'string') return (name === 'cause' && CAUSE_WORDS[value]) || { zh: value, en: value };
  if (name.endsWith('Ms')) return durationText(value);
  const text = String(Number(value.toFixed(3)));
  return { zh: text, en: text };
}

/** The numbers of a finding, each with its name. */
export function evidenceWords({ evidence }: Pick<Finding, 'evidence'>): Bilingual {
  const parts = Object.entries(evidence).map(([name, value]) => {
    const said = EVIDENCE_WORDS[name] ?? { zh: name, en: name };
    const shown = valueWords(name, value);
    return { zh: `${said.zh} ${shown.zh}`, en: `${said.en} ${shown.en}` };
  });
  return { zh: parts.map(({ zh }) => zh).join('，'), en: parts.map(({ en }) => en).join(', ') };
}

/** What a check is called; its id where this program doesn't know it. */
export const checkTitle = (id: string): Bilingual =>
  plausibilityChecks.find((check) => check.id === id)?.title ?? { zh: id, en: id };
