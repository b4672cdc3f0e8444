import { fill, useSpeech } from '../i18n/index.ts';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import type { PlantQuestion } from '../plant/arrange.ts';
import { useLink, usePlant } from '../plant/use-plant.ts';
import { plantAddress } from '../route.ts';
import { LinkBanner, useDeadFor } from './plant/link-banner.tsx';
import { Tiles } from './plant/tiles.tsx';
import { StateFilter, Tools } from './plant/tools.tsx';
import { type Arrangement, useArrangement } from './plant/use-arrangement.ts';
import { WallBar } from './plant/wall-bar.tsx';

/** Every machine at a glance, at a desk or on the wall. */
export function PlantView({ question }: { readonly question: PlantQuestion }) {
  const { words } = useSpeech();
  const { again } = usePlant();
  const { error } = useLink();
  const deadForMs = useDeadFor();
  const arrangement = useArrangement(question);
  const { wall } = question;
  const dead = deadForMs !== null;
  if (!arrangement) return error ? <Failure error={error} again={again} /> : <Loading />;
  return (
    <div class={dead ? 'plant dead' : 'plant'}>
      {wall ? (
        <WallBar question={question} counts={arrangement.counts} dead={dead} />
      ) : (
        <>
          <h1 class="hidden">{words.plant}</h1>
          <div class="plant-head">
            <StateFilter question={question} counts={arrangement.counts} />
            <Tools question={question} arrangement={arrangement} />
          </div>
        </>
      )}
      <LinkBanner deadForMs={deadForMs} />
      {error && !dead ? (
        <p class="stale-banner" role="alert">
          {words.noAnswer}
        </p>
      ) : null}
      <Machines question={question} arrangement={arrangement} />
    </div>
  );
}

function Machines({
  question,
  arrangement,
}: {
  readonly question: PlantQuestion;
  readonly arrangement: Arrangement;
}) {
  const { words } = useSpeech();
  if (arrangement.shown > 0)
    return <Tiles groups={arrangement.groups} grouping={question.group} wall={question.wall} />;
  if (arrangement.inScope > 0) {
    return (
      <Notice title={words.wall.noneLike}>
        <a href={plantAddress({ ...question, text: '', states: [] })}>{words.wall.clear}</a>
      </Notice>
    );
  }
  if (question.scope !== '') {
    return (
      <Notice title={fill(words.wall.noScope, { scope: question.scope })}>
        <a href={plantAddress()}>{words.backToPlant}</a>
      </Notice>
    );
  }
  return (
    <Notice title={words.noMachines}>
      <p>{words.noMachinesHint}</p>
    </Notice>
  );
}
