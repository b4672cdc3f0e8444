import type { Bilingual } from '../../domain/assess/register.ts';
import type { SeenTopic } from '../discovery.ts';

/** What the levels of topics that are written alike stand for. */
export interface Levels {
  /** A name for a level, `+` for one that nobody should ask; a level that isn't here is text. */
  readonly at: ReadonlyMap<number, string>;
  /** The named levels, outermost first. */
  readonly names: readonly string[];
  /** What to call the machine where no level is named so: a text, or another level; `null`: one is. */
  readonly fixedMachine: string | null;
  /** Why this level is taken for the machine. */
  readonly reason: Bilingual;
}

/** Levels that say what kind of message it is, and of which thing nothing. */
export const GENERIC =
  /^(?:data|datas|state|status|telemetry|tele|values?|sensors?|json|raw|info|report|up|out|events?|evt|msg|messages?)$/i;
const VERSION = /^v\d+(?:\.\d+)*$/i;
/** What stands around machines (ISA-95), from the inside outwards; and machines themselves. */
const AROUND: readonly (readonly [name: string, word: RegExp])[] = [
  [
    'line',
    /^(?:(?:production|prod|assembly)?[-_ ]?lines?|产线|生产线|线)[-_ ]?[a-z]?\d*$|^\d+(?:号)?(?:产线|线)$/i,
  ],
  [
    'area',
    /^(?:hall|area|shop|workshop|dept|department|building|floor|zone|车间|厂房)[-_ ]?[a-z]?\d*$|^\d+号?(?:车间|厂房)$/i,
  ],
  ['site', /^(?:site|plant|factory|werk|工厂|厂区)[-_ ]?[a-z]?\d*$/i],
];
const MACHINE =
  /^(?:machine|maschine|device|equipment|asset|station|imm|cnc|press|lathe|mill|robot|oven|furnace|crane|welder|packer|filler|labell?er|pump|compressor|extruder|cutter|saw|drill|grinder|mixer|dryer|boiler|chiller|palleti[sz]er|agv|设备|机台|机床|注塑机|冲床|压机|机器人)[-_ ]?[a-z]?\d*$/i;
/** UUIDs, ULIDs, digests and instants. */
const MADE_UP =
  /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,}|[0-9a-hjkmnp-tv-z]{26}|\d{5,}|\d{4}-?\d\d-?\d\dT?[\d:.-]*Z?)$/i;
const OUTWARDS = ['line', 'area', 'site', 'enterprise'];

interface Level {
  readonly index: number;
  readonly first: string;
  readonly varies: boolean;
  /** Has a digit, and isn't a version. */
  readonly isNumbered: boolean;
  readonly isGeneric: boolean;
  readonly isMachine: boolean;
  /** `line`, `area`, `site` by its word; `undefined`: no such word. */
  readonly around: string | undefined;
}

/** Tells levels apart; `last`: up to which level they say where (a level for the signal stands behind it). */
export function levelsOf(topics: readonly SeenTopic[], last: number): Levels {
  const split = topics.map(({ topic }) => topic.split('/'));
  const at = new Map<number, string>();
  const levels: Level[] = [];
  for (let index = 0; index <= last; index++) {
    const values = new Set(split.map((one) => one[index] as string));
    if (index > 0 && isOfTheMessage(topics, split, index)) at.set(index, '+');
    else levels.push(levelOf(index, [...values]));
  }
  const ignored = [...at.keys()];
  const { level, case: why } = machineAmong(levels, last);
  const outer = levels.filter(({ index }) => level === null || index < level.index);
  const isNamed = ({ varies, isNumbered, index }: Level): boolean =>
    varies || (isNumbered && index > 0) || !isPlain(split[0]?.[index] as string);
  const names: string[] = [];
  let nth = 0;
  const name = (one: Level): string => {
    const known = one.around === undefined ? -1 : OUTWARDS.indexOf(one.around, nth);
    const own = known === -1 ? nth : known;
    nth = own + 1;
    return OUTWARDS[own] ?? `level${one.index + 1}`;
  };
  const isItself = level !== null && why !== 'whole' && isNamed(level);
  if (isItself) {
    at.set(level.index, 'machine');
    names.unshift('machine');
  }
  const wholeName = why === 'whole' && level ? name(level) : null;
  if (wholeName !== null && level) {
    at.set(level.index, wholeName);
    names.unshift(wholeName);
  }
  for (const one of outer.toReversed()) {
    if (!isNamed(one)) continue;
    const called = name(one);
    at.set(one.index, called);
    names.unshift(called);
  }
  const fixedMachine = isItself ? null : wholeName !== null ? `{${wholeName}}` : (level?.first ?? '-');
  return { at, names, fixedMachine, reason: reasonOf(why, level, ignored) };
}

const isPlain = (level: string): boolean => !/[{}+#]/.test(level) && level !== '';

function levelOf(index: number, values: readonly string[]): Level {
  const all = (word: RegExp): boolean => index > 0 && values.every((value) => word.test(value));
  return {
    index,
    first: values[0] as string,
    varies: values.length > 1,
    isNumbered: values.some((value) => /\d/.test(value) && !VERSION.test(value)),
    isGeneric: values.length === 1 && GENERIC.test(values[0] as string),
    isMachine: all(MACHINE),
    around: AROUND.find(([, word]) => all(word))?.[0],
  };
}

/** Another id or instant in each message: it names nothing that stays. */
function isOfTheMessage(topics: readonly SeenTopic[], split: readonly string[][], index: number): boolean {
  const messages = new Map<string, number>();
  for (const [nth, { messages: count }] of topics.entries()) {
    const value = (split[nth] as string[])[index] as string;
    if (!MADE_UP.test(value)) return false;
    messages.set(value, (messages.get(value) ?? 0) + count);
  }
  return messages.size > 1 && [...messages.values()].every((count) => count === 1);
}

type Case = 'word' | 'varies' | 'inside' | 'whole' | 'numbered' | 'innermost' | 'none';

function machineAmong(
  levels: readonly Level[],
  last: number,
): { readonly level: Level | null; readonly case: Case } {
  const innermost = levels.findLast(({ varies }) => varies);
  const inside = levels.filter(({ index }) => index >= (innermost?.index ?? 0));
  const isOwn = ({ around, isGeneric, index, first }: Level): boolean =>
    !around && !isGeneric && index > 0 && !VERSION.test(first);
  // Where a level inside varies, two things would be one machine.
  const called = inside.findLast(({ isMachine }) => isMachine);
  if (called) return { level: called, case: 'word' };
  if (innermost) {
    if (!innermost.around) return { level: innermost, case: 'varies' };
    const within = inside.findLast((one) => isOwn(one) && one !== innermost && one.index < last);
    return within ? { level: within, case: 'inside' } : { level: innermost, case: 'whole' };
  }
  const numbered = levels.findLast((one) => isOwn(one) && one.isNumbered);
  if (numbered) return { level: numbered, case: 'numbered' };
  const around = levels.findLast((one) => one.around !== undefined && one.isNumbered);
  const own = levels.findLast((one) => isOwn(one) && one.index > (around?.index ?? 0));
  if (own) return { level: own, case: 'innermost' };
  if (around) return { level: around, case: 'whole' };
  const any = levels.findLast(({ isGeneric }) => !isGeneric);
  return any ? { level: any, case: 'innermost' } : { level: null, case: 'none' };
}

function reasonOf(why: Case, level: Level | null, ignored: readonly number[]): Bilingual {
  const nth = (level?.index ?? 0) + 1;
  const word = level?.first ?? '';
  const said: Readonly<Record<Case, Bilingual>> = {
    word: {
      zh: `第 ${nth} 级（“${word}”）是机器的叫法。`,
      en: `Level ${nth} ("${word}") is what machines are called.`,
    },
    varies: {
      zh: `第 ${nth} 级是最内层的可变级，用来区分机器。`,
      en: `Level ${nth} is the innermost that varies, so it tells machines apart.`,
    },
    inside: {
      zh: `可变的一级是产线或车间；其内的第 ${nth} 级（“${word}”）作为机器。`,
      en: `What varies is a line or an area; level ${nth} ("${word}") within it is taken for the machine.`,
    },
    whole: {
      zh: `主题只说到产线或车间（第 ${nth} 级），整体作为一台机器。`,
      en: `The topic names no more than a line or an area (level ${nth}), which is taken as one machine.`,
    },
    numbered: {
      zh: `各级都不变；第 ${nth} 级（“${word}”）带编号，作为机器。`,
      en: `No level varies; level ${nth} ("${word}") has a number, and is taken for the machine.`,
    },
    innermost: {
      zh: `各级都不变；最内层的名称“${word}”作为机器。`,
      en: `No level varies; the innermost name "${word}" is taken for the machine.`,
    },
    none: { zh: '没有一级像是机器的名称。', en: 'No level looks like the name of a machine.' },
  };
  if (ignored.length === 0) return said[why];
  const places = ignored.map((index) => index + 1).join(', ');
  return {
    zh: `${said[why].zh}第 ${places} 级每条消息都不同，不用来命名。`,
    en: `${said[why].en} Level ${places} is another one in each message, and names nothing.`,
  };
}
