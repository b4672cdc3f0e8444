import { useEffect, useState } from 'preact/hooks';
import {
  initialLanguage,
  type Language,
  rememberLanguage,
  SpeechContext,
  speechIn,
  useSpeech,
} from './i18n/index.ts';
import { Outages } from './parts/outages.tsx';
import { healthAddress, plantAddress, useRoute } from './route.ts';
import { initialTheme, rememberTheme, type Theme } from './theme.ts';
import { usePlant } from './use-plant.ts';
import { useReadiness } from './use-readiness.ts';
import { HealthView } from './views/health.tsx';
import { MachineView } from './views/machine.tsx';
import { PlantView } from './views/plant.tsx';
import { TokenView } from './views/token.tsx';

/** The page: header, and the view that the address names. */
export function App() {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  const [theme, setTheme] = useState<Theme>(initialTheme);
  const speech = speechIn(language);
  useEffect(() => {
    document.documentElement.lang = speech.locale;
    document.title = language === 'zh' ? '开动 Kaidong' : 'Kaidong 开动';
    rememberLanguage(language);
  }, [language, speech.locale]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    rememberTheme(theme);
  }, [theme]);
  return (
    <SpeechContext.Provider value={speech}>
      <Shell
        otherLanguage={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        otherTheme={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
      />
    </SpeechContext.Provider>
  );
}

function Shell({ otherLanguage, otherTheme }: { otherLanguage: () => void; otherTheme: () => void }) {
  const { words } = useSpeech();
  const route = useRoute();
  const plant = usePlant();
  const parts = useReadiness();
  const failed = parts.flatMap(({ part, ok }) => (ok ? [] : [part])).join();
  // What comes or goes with an outage, such as every machine's silence, isn't told by the live stream.
  useEffect(() => plant.again(), [failed]);
  const here = (view: string): { 'aria-current'?: 'page' } =>
    route.view === view ? { 'aria-current': 'page' } : {};
  return (
    <>
      <header class="top">
        <a class="brand" href={plantAddress()}>
          <strong>{words.title}</strong>
          <span>{words.subtitle}</span>
        </a>
        <nav aria-label={words.title}>
          <a href={plantAddress()} {...here('plant')}>
            {words.plant}
          </a>
          <a href={healthAddress} {...here('health')}>
            {words.health}
          </a>
        </nav>
        <div class="tools">
          <span class={plant.connected ? 'live on' : 'live'} role="status">
            {plant.connected ? words.live : words.reconnecting}
          </span>
          <button type="button" onClick={otherTheme} title={words.theme} aria-label={words.theme}>
            ◐
          </button>
          <button type="button" onClick={otherLanguage} lang={words.language === 'English' ? 'en' : 'zh-CN'}>
            {words.language}
          </button>
        </div>
      </header>
      <main>
        <Outages parts={parts} />
        {plant.error?.status === 401 ? (
          <TokenView />
        ) : route.view === 'machine' ? (
          <MachineView
            key={route.path}
            path={route.path}
            window={route.window}
            now={plant.machines?.get(route.path)}
          />
        ) : route.view === 'health' ? (
          <HealthView />
        ) : (
          <PlantView plant={plant} scope={route.scope} />
        )}
      </main>
    </>
  );
}
