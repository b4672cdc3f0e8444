import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { pilotSchema } from '../config/pilots/schema.ts';
import { rubricSchema } from '../config/rubrics/schema.ts';
import { configSchema } from '../config/schema.ts';
import { STANDARD_KPIS } from '../domain/iso-22400.ts';
import { kpis } from '../domain/kpi/index.ts';
import { REFUSALS } from '../domain/refusal.ts';
import { dashboardsPage } from './dashboards.ts';
import { NOTICE, table } from './markdown.ts';
import { measuresPage } from './measures.ts';
import { notificationRulesPage } from './notification-rules.ts';
import { readyRulesPage } from './ready-rules.ts';
import { registerPage } from './register.ts';
import { settingsPage } from './settings.ts';
import { simulatorPage } from './simulator.ts';
import { sparkplugPage } from './sparkplug.ts';
import { vocabulariesPage } from './vocabularies.ts';

/** Every generated file and its content. */
const FILES: Readonly<Record<string, () => string>> = {
  'dashboards.md': dashboardsPage,
  'kaidong.schema.json': () =>
    `${JSON.stringify({ title: 'kaidong.yaml', ...z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`,
  'pilot.schema.json': () =>
    `${JSON.stringify({ title: 'A file of pilots/', ...z.toJSONSchema(pilotSchema, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`,
  'rubric.schema.json': () =>
    `${JSON.stringify({ title: 'A file of rubrics/', ...z.toJSONSchema(rubricSchema, { io: 'input', unrepresentable: 'any' }) }, null, 2)}\n`,
  'settings.md': settingsPage,
  'kpis.md': () =>
    [
      NOTICE,
      '# KPIs',
      '',
      'Every figure is one division of two integers of the time ledger. Formulas live in `domain/kpi/`.',
      '',
      'The clause is that of ISO 22400-2:2014 in its public table of contents, which numbers nothing below clauses; it is empty where the standard',
      'has no such KPI. Figures whose integers do not add up over rows are marked: ask for the union, and find no recorded columns of them in InfluxDB.',
      '',
      table(
        [
          'Id',
          '中文',
          'English',
          'Formula',
          'Unit',
          'Range',
          'Better',
          'Timing',
          'Adds up',
          'Clause',
          'Known',
          'Source',
        ],
        kpis.map((kpi) => [
          `\`${kpi.id}\``,
          kpi.title.zh,
          kpi.title.en,
          kpi.formula,
          kpi.unit,
          `${kpi.range.min ?? '−∞'} … ${kpi.range.max ?? '∞'}`,
          kpi.trend === 'higher-is-better' ? 'higher' : 'lower',
          kpi.timing.join(', '),
          kpi.additive ? 'yes' : 'no',
          kpi.clause ?? '',
          kpi.verification,
          kpi.source,
        ]),
      ),
      '',
      '## Of the standard, and not given',
      '',
      `Of the ${STANDARD_KPIS.length} KPIs of ISO 22400-2 these have no figure here, since it would have to be guessed; \`GET /api/v1/kpis/catalogue\` lists all of them (\`standard\`).`,
      '',
      table(
        ['中文', 'English', 'Formula', '为何没有', 'Why not'],
        STANDARD_KPIS.flatMap((one) =>
          one.kpi === null ? [[one.title.zh, one.title.en, one.formula, one.why.zh, one.why.en]] : [],
        ),
      ),
      '',
    ].join('\n'),
  'measures.md': measuresPage,
  'notification-rules.md': notificationRulesPage,
  'ready-rules.md': readyRulesPage,
  'refusals.md': () =>
    [
      NOTICE,
      '# Why a message is refused',
      '',
      table(
        ['Code', '含义', 'Meaning', '处理办法', 'What to do'],
        Object.entries(REFUSALS).map(([code, { meaning, remedy }]) => [
          `\`${code}\``,
          ...[meaning.zh, meaning.en, remedy.zh, remedy.en],
        ]),
      ),
      '',
    ].join('\n'),
  'register.md': registerPage,
  'sparkplug.md': sparkplugPage,
  'simulator.md': simulatorPage,
  'vocabularies.md': vocabulariesPage,
};

const checkOnly = process.argv.includes('--check');
for (const [name, make] of Object.entries(FILES)) {
  const file = join(import.meta.dirname, name);
  const fresh = make();
  if (!checkOnly) {
    writeFileSync(file, fresh);
    continue;
  }
  let present = '';
  try {
    present = readFileSync(file, 'utf8');
  } catch {
    // A missing file is a stale one.
  }
  if (present !== fresh) {
    console.error(`docs/${name} is stale; run "npm run docs" and commit it`);
    process.exitCode = 1;
  }
}
