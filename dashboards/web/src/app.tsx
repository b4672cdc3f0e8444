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
import { healthAddress, plantAddress, programmeAddress, type Route, useRoute } from './route.ts';
import { initialTheme, rememberTheme, type Theme } from './theme.ts';
import { type PlantPicture, usePlant } from './use-plant.ts';
import { useReadiness } from './use-readiness.ts';
import { HealthView } from './views/health.tsx';
import { IndicatorView } from './views/indicator.tsx';
import { MachineView } from './views/machine.tsx';
import { PlantView } from './views/plant.tsx';
import { ProgrammeView } from './views/programme.tsx';
import { ScorecardView } from './views/scorecard.tsx';
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
  const here = (view: Route['view']): { 'aria-current'?: 'page' } =>
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
          <a href={programmeAddress()} {...here('programme')}>
            {words.programme}
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
        {plant.error?.status === 401 ? <TokenView /> : <View route={route} plant={plant} />}
      </main>
    </>
  );
}

/** The view that the address names. */
function View({ route, plant }: { route: Route; plant: PlantPicture }) {
  switch (route.view) {
    case 'plant':
      return <PlantView plant={plant} scope={route.scope} />;
    case 'machine':
      return (
        <MachineView
          key={route.path}
          path={route.path}
          window={route.window}
          now={plant.machines?.get(route.path)}
        />
      );
    case 'health':
      return <HealthView />;
    case 'programme':
      return <ProgrammeView asked={route.asked} />;
    case 'pilot':
      return <ScorecardView key={route.pilot} pilot={route.pilot} assessment={route.assessment} />;
    case 'indicator':
      return (
        <IndicatorView
          key={`${route.pilot}/${route.indicator}`}
          pilot={route.pilot}
          indicator={route.indicator}
          assessment={route.assessment}
        />
      );
  }
}
