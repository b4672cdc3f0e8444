import { durationWords, SEVERITY_NAMES } from '../domain/alert.ts';
import type { Name } from '../domain/names.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Entry, Message } from './message.ts';

type Language = keyof Name;

/** `11-30 10:05` by a zone's wall clock. */
export function clockOf(at: EpochMs, zone: string): string {
  const { month, day, hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

/** The title of a message. Both names of the platform are always in it: robots can ask for a keyword. */
export function titleOf({ kind, entries, more }: Message, language: Language): string {
  const name = language === 'zh' ? '开动 Kaidong' : 'Kaidong 开动';
  const colon = language === 'zh' ? '：' : ': ';
  return `${name}${colon}${subjectOf(kind, entries, entries.length + more, language)}`;
}

function subjectOf(
  kind: Message['kind'],
  entries: readonly Entry[],
  count: number,
  language: Language,
): string {
  const zh = language === 'zh';
  const [first] = entries;
  switch (kind) {
    case 'test':
      return zh ? '通知测试' : 'test of notifications';
    case 'summary':
      return zh ? `静默时段汇总，${count} 项` : `${count} in quiet hours`;
    case 'alerts':
      if (first && count === 1) return `${first.title[language]} ${lastName(first.subject)}`;
      return zh ? `${count} 项告警` : `${count} alerts`;
  }
}

const lastName = (subject: string): string => subject.split('/').at(-1) ?? subject;

/** What a message without alerts says. */
export const testText: Name = {
  zh: '这是一条测试消息，收到即表示此通道可用。',
  en: 'This is a test. Whoever reads it knows that this channel works.',
};

/** What stands before an entry: how much it matters, and what happened. */
export function labelOf({ event, severity, title }: Entry, language: Language): string {
  const zh = language === 'zh';
  if (event === 'resolved') return `${zh ? '已恢复' : 'Resolved'} · ${title[language]}`;
  const again = event === 'repeated' ? (zh ? '（提醒）' : ' (reminder)') : '';
  return `${SEVERITY_NAMES[severity][language]}${again} · ${title[language]}`;
}

/** What an entry says below its label and subject. */
export function detailOf({ event, text, clock, since, resolvedAt }: Entry, language: Language): string {
  const zh = language === 'zh';
  const whole = zh ? `${clock.since} 起` : `since ${clock.since}`;
  if (event !== 'resolved' || resolvedAt === null) {
    return zh ? `${text.zh}（${whole}，${clock.zone}）` : `${text.en} (${whole}, ${clock.zone})`;
  }
  const length = durationWords(resolvedAt - since, language);
  return zh
    ? `持续 ${length}（${clock.since} 至 ${clock.resolved}，${clock.zone}）`
    : `after ${length} (${clock.since} to ${clock.resolved}, ${clock.zone})`;
}

/** What stands at the end where there is more than fits. */
export const moreOf = (count: number, language: Language): string =>
  language === 'zh'
    ? `另有 ${count} 项，见网页“数据健康”。`
    : `And ${count} more; see Data health on the page.`;
