import { useFiring } from '../health/alerts.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { useLink } from '../plant/use-plant.ts';
import { healthAddress, plantAddress, programmeAddress, type Route, stopsAddress } from '../route.ts';
import { SECTION } from './views.ts';

export function Header({
  route,
  otherTheme,
  otherLanguage,
}: {
  readonly route: Route;
  readonly otherTheme: () => void;
  readonly otherLanguage: () => void;
}) {
  const { words } = useSpeech();
  const { connected } = useLink();
  const firing = useFiring();
  const here = (view: Route['view']): { 'aria-current'?: 'page' | 'true' } =>
    route.view === view
      ? { 'aria-current': 'page' }
      : SECTION[route.view] === view
        ? { 'aria-current': 'true' }
        : {};
  return (
    <header class="top">
      <a class="brand" href={plantAddress()}>
        <strong>{words.title}</strong>
        <span>{words.subtitle}</span>
      </a>
      <nav aria-label={words.wall.views}>
        <a href={plantAddress()} {...here('plant')}>
          {words.plant}
        </a>
        <a href={stopsAddress()} {...here('stops')}>
          {words.stopping.title}
        </a>
        <a href={programmeAddress()} {...here('programme')}>
          {words.programme}
        </a>
        <a href={healthAddress} {...here('health')}>
          {words.health}
          {firing > 0 ? (
            <span class="badge" title={fill(words.alerting.firingCount, { count: firing })}>
              {firing > 99 ? '99+' : firing}
            </span>
          ) : null}
        </a>
      </nav>
      <div class="tools">
        <span class={connected ? 'live on' : 'live'} role="status">
          {connected ? words.live : words.reconnecting}
        </span>
        <button type="button" onClick={otherTheme} title={words.theme} aria-label={words.theme}>
          ◐
        </button>
        <button type="button" onClick={otherLanguage} lang={words.language === 'English' ? 'en' : 'zh-CN'}>
          {words.language}
        </button>
      </div>
    </header>
  );
}
