import { useEffect, useRef, useState } from 'preact/hooks';
import { useSpeech } from '../i18n/index.ts';
import { goTo, healthAddress, plantAddress, programmeAddress, type Route } from '../route.ts';

/** How long the first key of a pair is remembered. */
const PAIR_MS = 1500;

/** Keys as they are pressed, and what each is called. */
const LIST = [
  ['?', 'help'],
  ['g p', 'plant'],
  ['g a', 'programme'],
  ['g h', 'health'],
  ['/', 'filter'],
  ['w', 'wall'],
  ['t', 'theme'],
  ['l', 'language'],
  ['Esc', 'leave'],
] as const;

type Name = (typeof LIST)[number][1];

/** Keys that do something anywhere outside a field, and the dialog that lists them. */
export function Shortcuts({
  route,
  otherTheme,
  otherLanguage,
}: {
  readonly route: Route;
  readonly otherTheme: () => void;
  readonly otherLanguage: () => void;
}) {
  const { words } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const [opened, open] = useState(false);
  const latest = useRef({ route, otherTheme, otherLanguage });
  latest.current = { route, otherTheme, otherLanguage };
  useEffect(() => {
    if (opened) dialog.current?.showModal();
    else dialog.current?.close();
  }, [opened]);
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | undefined;
    const actions: Readonly<Record<Name, () => void>> = {
      help: () => open(true),
      plant: () => goTo(plantAddress()),
      programme: () => goTo(programmeAddress()),
      health: () => goTo(healthAddress),
      filter: () => document.getElementById('machine-filter')?.focus(),
      wall: () => toggleWall(latest.current.route),
      theme: () => latest.current.otherTheme(),
      language: () => latest.current.otherLanguage(),
      leave: () => leaveWall(latest.current.route),
    };
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
      if (dialog.current?.open) return;
      const pair = first && event.timeStamp - first.at < PAIR_MS ? `${first.key} ${event.key}` : event.key;
      first = event.key === 'g' ? { key: 'g', at: event.timeStamp } : undefined;
      const name = LIST.find(([keys]) => keys === (pair === 'Escape' ? 'Esc' : pair))?.[1];
      if (!name) return;
      event.preventDefault();
      actions[name]();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  return (
    <dialog ref={dialog} class="shortcuts" aria-labelledby="shortcuts-title" onClose={() => open(false)}>
      <h2 id="shortcuts-title">{words.wall.shortcuts}</h2>
      <dl>
        {LIST.map(([keys, name]) => (
          <div key={name}>
            <dt>
              {keys.split(' ').map((key, place) => (
                <>
                  {place > 0 ? ` ${words.wall.andThen} ` : null}
                  <kbd>{key}</kbd>
                </>
              ))}
            </dt>
            <dd>{words.wall.keys[name]}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => open(false)}>
        {words.wall.close}
      </button>
    </dialog>
  );
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

function toggleWall(route: Route): void {
  const question = route.view === 'plant' ? route.question : {};
  goTo(plantAddress({ ...question, wall: !(route.view === 'plant' && route.question.wall) }));
}

function leaveWall(route: Route): void {
  if (route.view === 'plant' && route.question.wall) toggleWall(route);
}
