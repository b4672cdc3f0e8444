import type { MachineDetail } from '../api.ts';
import { duration, moment } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { Scroll } from './scroll.tsx';

/** The newest value of each of a machine's signals, and when it was. */
export function Signals({ machine, zone }: { machine: MachineDetail; zone: string }) {
  const { words, locale } = useSpeech();
  const asOf = Date.now();
  return (
    <section class="card signals" aria-labelledby="signals-title">
      <h2 id="signals-title">{words.signals}</h2>
      <Scroll name={words.signals}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.signal}</th>
              <th scope="col" class="number">
                {words.value}
              </th>
              <th scope="col">{words.time}</th>
            </tr>
          </thead>
          <tbody>
            {machine.signals.map((signal) => (
              <tr key={signal.name}>
                <td>{signal.name}</td>
                <td class="number" translate={false}>
                  {String(signal.value)} {signal.unit ?? ''}
                </td>
                <td title={duration(asOf - Date.parse(signal.ts), locale)}>
                  {moment(signal.ts, locale, zone)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
