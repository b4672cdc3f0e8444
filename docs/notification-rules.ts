import { configSchema } from '../config/schema.ts';
import { SEVERITY_NAMES } from '../domain/alert.ts';
import { RULES } from '../notify/rules/index.ts';
import { NOTICE, table } from './markdown.ts';

const COMMON = [
  'rule',
  'forMinutes',
  'clearMinutes',
  'severity',
  'repeatMinutes',
  'tellResolved',
  'channels',
];

/** Every rule, and what an entry of it is where it says nothing but its name. */
export const notificationRulesPage = (): string =>
  [
    NOTICE,
    '# Rules of notifications',
    '',
    'How to set them up: [notifications.md](notifications.md). Each entry of `notify.rules` has the defaults below, and those of every rule:',
    '',
    '```json',
    JSON.stringify(commonDefaults()),
    '```',
    '',
    table(
      ['Rule', '名称', 'Name', '何时触发', 'When it fires', 'Severity', 'forMinutes', 'Its own settings'],
      RULES.map(({ id, title, why }) => {
        const { severity, forMinutes, ...entry } = defaultsOf(id);
        const own = Object.entries(entry).filter(([key]) => !COMMON.includes(key));
        return [
          `\`${id}\``,
          ...[title.zh, title.en, why.zh, why.en],
          `${SEVERITY_NAMES[severity].zh} ${severity}`,
          String(forMinutes),
          own.map(([key, value]) => `\`${key}: ${JSON.stringify(value)}\``).join(', '),
        ];
      }),
    ),
    '',
  ].join('\n');

const defaultsOf = (rule: string) => {
  const [entry] = configSchema.parse({ notify: { rules: [{ rule, channels: ['x'] }] } }).notify.rules;
  if (!entry) throw new Error(`the configuration has no rule ${rule}`);
  return entry;
};

function commonDefaults() {
  const { clearMinutes, repeatMinutes, tellResolved } = defaultsOf(RULES[0]?.id ?? '');
  return { clearMinutes, repeatMinutes, tellResolved };
}
