import { STORAGE_KINDS, settingsThatHelp } from '../../../../../domain/storage-forecast.ts';
import { bytes } from '../../format.ts';
import type { StorageStanding } from '../../health/answers.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { useAsked } from '../../use-asked.ts';

const REFRESH_MS = 60_000;

/** What lies on disk, how fast it grows, how long it is kept, and when the disk is full; nothing while nobody tells. */
export function StorageCard() {
  const { words, locale } = useSpeech();
  const { answer } = useAsked<StorageStanding>('/storage', REFRESH_MS);
  if (!answer) return null;
  const { kinds, disk, retention, fullAt } = answer;
  const say = words.dataHealth;
  const size = (count: number): string => (count < 0 ? `−${bytes(-count, locale)}` : bytes(count, locale));
  const kept = (days: number | null): string =>
    days === null ? say.storageForGood : fill(say.storageDays, { days });
  const known = STORAGE_KINDS.some((kind) => kinds[kind].perDay !== null);
  return (
    <section class="card" aria-labelledby="health-storage">
      <h2 id="health-storage" tabIndex={-1}>
        {say.storageTitle}
      </h2>
      <p class={fullAt === null ? undefined : 'warning'}>
        {fill(say.storageDisk, { free: size(disk.freeBytes), total: size(disk.totalBytes) })}{' '}
        {fullAt !== null
          ? fill(say.storageFull, {
              day: fullAt.slice(0, 10),
              settings: settingsThatHelp(kinds).join(' / '),
            })
          : known
            ? say.storageNever
            : say.storageUnknown}
      </p>
      <Scroll name={say.storageTitle}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.storageKind}</th>
              {[say.storageBytes, say.storagePerDay, say.storageSteady].map((title) => (
                <th key={title} scope="col" class="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {STORAGE_KINDS.map((kind) => {
              const { bytes: held, perDay, steadyBytes, steadyPerDay } = kinds[kind];
              return (
                <tr key={kind}>
                  <th scope="row">{words.storageKinds[kind]}</th>
                  <td class="number">{held === null ? say.storageElsewhere : size(held)}</td>
                  <td class="number">
                    {perDay !== null ? size(perDay) : held === null ? '–' : say.storageSoon}
                  </td>
                  <td class="number">
                    {steadyBytes === null
                      ? '–'
                      : steadyPerDay
                        ? fill(say.storageSteadyOn, { size: size(steadyBytes), more: size(steadyPerDay) })
                        : size(steadyBytes)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {retention.rawDays === null ? null : (
        <p class="muted">
          {fill(say.storageKept, {
            days: retention.rawDays,
            hour: kept(retention.hourDays),
            shift: kept(retention.shiftDays),
            day: kept(retention.dayDays),
            revision: kept(retention.revisionDays),
            evidence: kept(retention.evidenceDays),
          })}
        </p>
      )}
    </section>
  );
}
