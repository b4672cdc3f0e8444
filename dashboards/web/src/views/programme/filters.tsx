import { INDUSTRY_NAMES, PROGRAMME_NAMES } from '../../../../../domain/assess/register-names.ts';
import type { Rubric } from '../../../../../domain/assess/rubric.ts';
import type { Row } from '../../assess/stored.ts';
import { useVoice } from '../../assess/voice.ts';
import { Choice } from '../../parts/choice.tsx';
import { SourceMark } from '../../parts/marks.tsx';
import { type ProgrammeQuestion, programmeAddress } from '../../route.ts';

/** The rubric, and which pilots are shown; each choice is an address of its own. */
export function Filters({
  asked,
  rubrics,
  rubric,
  all,
}: {
  readonly asked: ProgrammeQuestion;
  readonly rubrics: readonly Rubric[];
  readonly rubric: Rubric;
  /** Rows of every pilot. */
  readonly all: readonly Row[];
}) {
  const { words, say, locale } = useVoice();
  const go = (change: Partial<ProgrammeQuestion>): void => {
    location.hash = programmeAddress({ ...asked, ...change });
  };
  const every: [string, string] = ['', words.all];
  const there = <T extends string>(of: (row: Row) => T): T[] =>
    [...new Set(all.map(of))].toSorted(new Intl.Collator(locale).compare);
  const filter = (
    field: 'district' | 'industry' | 'programme',
    options: readonly (readonly [string, string])[],
  ) => (
    <Choice
      label={words.assess[field === 'programme' ? 'appliedFor' : field]}
      value={asked[field] ?? ''}
      change={(value) => go({ [field]: value || null })}
      options={[every, ...options]}
    />
  );
  return (
    <section class="fields filters" aria-label={words.assess.filters}>
      <Choice
        label={words.assess.rubric}
        value={rubric.id}
        change={(id) => go({ rubric: id })}
        options={rubrics.map(({ id, title }) => [id, say(title)])}
      />
      {filter(
        'district',
        there(({ district }) => district).map((name) => [name, name]),
      )}
      {filter(
        'industry',
        there(({ industry }) => industry).map((id) => [id, say(INDUSTRY_NAMES[id])]),
      )}
      {filter(
        'programme',
        there(({ programme }) => programme).map((id) => [id, say(PROGRAMME_NAMES[id])]),
      )}
      <p class="muted">
        {say(rubric.title)} · {words.assess.version} {rubric.version} <SourceMark source={rubric.source} />
      </p>
    </section>
  );
}
