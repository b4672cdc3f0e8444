import type { Bilingual } from './register.ts';

/** How a text of the register must look; every way in (file, API, spreadsheet) asks for the same. */
export interface TextForm {
  readonly pattern: RegExp;
  /** What is allowed, to be put behind what was wrong. */
  readonly allowed: Bilingual;
}

/** No control characters, no half surrogates, nothing that XML can't carry: what is registered can be written anywhere. */
const CHARACTER = '[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\uFFFE\\uFFFF]';
/** A level of a path; MQTT wildcards can't be in one. */
const SEGMENT = '[^/+#\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\uFFFE\\uFFFF]+';
const NO_SPACE_AROUND = '(?!\\s)(?!.*\\s$)';

/** Names, document titles, ids of equipment: whatever people call a thing. */
export const PLAIN_TEXT: TextForm = {
  pattern: new RegExp(`^${NO_SPACE_AROUND}${CHARACTER}{1,500}$`, 'u'),
  allowed: {
    zh: '1 至 500 个字符，单行，首尾无空格',
    en: 'one line of 1 to 500 characters without spaces around',
  },
};

/** A pilot's id. */
export const PILOT_ID: TextForm = {
  pattern: /^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/,
  allowed: {
    zh: '小写字母、数字和连字符，至多 64 个，如 haida-zhusu',
    en: 'lower-case letters, digits and hyphens, up to 64, such as haida-plastics',
  },
};

/** A site of the plant. Without semicolons, which part the sites in a spreadsheet's cell. */
export const SITE_PATH: TextForm = {
  pattern: new RegExp(`^(?=.{1,500}$)(?!.*[;；])${NO_SPACE_AROUND}${SEGMENT}/${SEGMENT}$`, 'u'),
  allowed: { zh: '企业/厂区，不含分号', en: 'enterprise/site, without semicolons' },
};

export const MACHINE_PATH: TextForm = {
  pattern: new RegExp(`^(?=.{1,500}$)${NO_SPACE_AROUND}${SEGMENT}(/${SEGMENT}){4}$`, 'u'),
  allowed: { zh: '企业/厂区/区域/产线/设备', en: 'enterprise/site/area/line/machine' },
};

/** Years that a document or a baseline can be of; others are typing errors. */
export const YEARS = { from: 1990, to: 2200 } as const;

/** Whether a text is a day of the calendar in {@link YEARS}, written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  try {
    const day = Temporal.PlainDate.from(text);
    return day.toString() === text && day.year >= YEARS.from && day.year <= YEARS.to;
  } catch {
    return false;
  }
}

export const CALENDAR_DATE: Bilingual = {
  zh: `${YEARS.from} 至 ${YEARS.to} 年的日期，写作 2026-01-05`,
  en: `a day from ${YEARS.from} to ${YEARS.to}, such as 2026-01-05`,
};
