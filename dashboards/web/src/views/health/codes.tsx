import { integer, moment } from '../../format.ts';
import type { RefusedCode } from '../../health/answers.ts';
import { useSpeech } from '../../i18n/index.ts';
import { Folded } from '../../parts/folded.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { type HealthQuestion, refusedAddress } from '../../route.ts';

/** How many messages rest in quarantine for which reason, what it means, and what to do. */
export function Codes({
  codes,
  asked,
}: {
  readonly codes: readonly RefusedCode[];
  readonly asked: HealthQuestion;
}) {
  const { words } = useSpeech();
  const present = codes
    .filter(({ inQuarantine }) => inQuarantine > 0)
    .toSorted((a, b) => b.inQuarantine - a.inQuarantine);
  return (
    <>
      {present.length > 0 ? (
        <CodesTable name={words.dataHealth.codesTitle} codes={present} asked={asked} />
      ) : null}
      <Folded summary={words.dataHealth.showAllCodes}>
        {() => <CodesTable name={words.dataHealth.showAllCodes} codes={codes} asked={asked} />}
      </Folded>
    </>
  );
}

function CodesTable({
  name,
  codes,
  asked,
}: {
  readonly name: string;
  readonly codes: readonly RefusedCode[];
  readonly asked: HealthQuestion;
}) {
  const { words, language, locale } = useSpeech();
  const say = words.dataHealth;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const columns: Column<RefusedCode>[] = [
    {
      id: 'code',
      title: words.code,
      text: ({ code }) => code,
      show: ({ code }) => (
        <a href={refusedAddress({ code, topic: asked.topic })}>
          <code>{code}</code>
        </a>
      ),
    },
    {
      id: 'count',
      title: say.inQuarantine,
      kind: 'number',
      text: ({ inQuarantine }) => inQuarantine,
      show: ({ inQuarantine }) => integer(inQuarantine, locale),
    },
    { id: 'meaning', title: say.meaning, kind: 'break', text: ({ meaning }) => meaning[language] },
    { id: 'remedy', title: say.remedy, kind: 'break', text: ({ remedy }) => remedy[language] },
    {
      id: 'newest',
      title: say.newest,
      text: ({ newest }) => newest,
      show: ({ newest }) =>
        newest === null ? '–' : <span class="whole">{moment(newest, locale, zone)}</span>,
    },
  ];
  return (
    <RichTable
      name={name}
      file="refusals"
      columns={columns}
      rows={codes}
      keyOf={({ code }) => code}
      classOf={({ code }) => (code === asked.code ? 'given' : undefined)}
    />
  );
}
