import { useEffect, useMemo, useState } from 'preact/hooks';
import { Trail } from './assess/trail.tsx';
import {
  type FirstLanguage,
  firstLanguage,
  rememberLanguage,
  SpeechContext,
  speechIn,
  useSpeech,
} from './i18n/index.ts';
import { Outages } from './parts/outages.tsx';
import { openPlant, PlantContext, useLink, useMachine, usePlant } from './plant/use-plant.ts';
import { type MachineQuestion, type Route, useRoute } from './route.ts';
import { Boundary } from './shell/boundary.tsx';
import { Header } from './shell/header.tsx';
import { Notes } from './shell/notes.tsx';
import { Shortcuts } from './shell/shortcuts.tsx';
import { placeOf, titleOf } from './shell/title.ts';
import { useArrival } from './shell/use-arrival.ts';
import { useTheme } from './theme.ts';
import { type Part, useReadiness } from './use-readiness.ts';
import { CalendarView } from './views/calendar.tsx';
import { ExplainView } from './views/explain.tsx';
import { HealthView } from './views/health.tsx';
import { IndicatorView } from './views/indicator.tsx';
import { LineView } from './views/line.tsx';
import { MachineView } from './views/machine.tsx';
import { NowhereView } from './views/nowhere.tsx';
import { ObservationsView } from './views/observations.tsx';
import { OrdersView } from './views/orders.tsx';
import { PlantView } from './views/plant.tsx';
import { ProgrammeView } from './views/programme.tsx';
import { ScorecardView } from './views/scorecard.tsx';
import { ShiftView } from './views/shift.tsx';
import { StopsView } from './views/stops.tsx';
import { TokenView } from './views/token.tsx';

/** The page: what every view has around it, and the view that the address names. */
export function App() {
  const [{ language, missing }, setLanguage] = useState<FirstLanguage>(firstLanguage);
  const speech = speechIn(language);
  const plant = useMemo(openPlant, []);
  useEffect(() => plant.stop, []);
  useEffect(() => {
    document.documentElement.lang = speech.locale;
  }, [speech.locale]);
  const otherLanguage = (): void => {
    const other = language === 'zh' ? 'en' : 'zh';
    rememberLanguage(other);
    setLanguage({ language: other, missing: null });
  };
  return (
    <SpeechContext.Provider value={speech}>
      <PlantContext.Provider value={plant}>
        <Shell noLanguage={missing} otherLanguage={otherLanguage} />
      </PlantContext.Provider>
    </SpeechContext.Provider>
  );
}

function Shell({
  noLanguage,
  otherLanguage,
}: {
  readonly noLanguage: string | null;
  readonly otherLanguage: () => void;
}) {
  const { words } = useSpeech();
  const [, otherTheme] = useTheme();
  const route = useRoute();
  const { again } = usePlant();
  const { error } = useLink();
  const parts = useReadiness();
  const failed = parts.flatMap(({ part, ok }) => (ok ? [] : [part])).join();
  // What comes or goes with an outage, such as every machine's silence, isn't told by the live stream.
  useEffect(() => again(), [failed]);
  const place = placeOf(route);
  useArrival(place);
  const title = titleOf(route, words);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const wall = route.view === 'plant' && route.question.wall;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('main')?.focus()}>
        {words.wall.skip}
      </button>
      {wall ? null : <Header route={route} otherTheme={otherTheme} otherLanguage={otherLanguage} />}
      <main id="main" tabIndex={-1} class={wall ? 'on-wall' : undefined}>
        <Notes noLanguage={noLanguage} wall={wall} />
        <Outages parts={parts} />
        {error?.status === 401 ? (
          <TokenView />
        ) : (
          <Boundary key={place}>
            <Trail route={route} />
            <View route={route} parts={parts} />
          </Boundary>
        )}
      </main>
      <Shortcuts route={route} otherTheme={otherTheme} otherLanguage={otherLanguage} />
    </>
  );
}

/** The view that the address names. */
function View({ route, parts }: { readonly route: Route; readonly parts: readonly Part[] }) {
  switch (route.view) {
    case 'plant':
      return <PlantView question={route.question} />;
    case 'line':
      return <LineView key={route.scope} scope={route.scope} asked={route.asked} />;
    case 'calendar':
      return <CalendarView key={route.scope} scope={route.scope} month={route.month} />;
    case 'shift':
      return <ShiftView key={placeOf(route)} line={route.line} asked={route} />;
    case 'machine':
      return <LiveMachineView key={route.path} path={route.path} asked={route} />;
    case 'observations':
      return <ObservationsView key={JSON.stringify(route)} path={route.path} asked={route} />;
    case 'orders':
      return <OrdersView key={route.asked.scope ?? ''} asked={route.asked} />;
    case 'health':
      return <HealthView asked={route.asked} parts={parts} />;
    case 'explain':
      return (
        <ExplainView key={`${route.topic}\n${route.payload}`} topic={route.topic} payload={route.payload} />
      );
    case 'programme':
      return <ProgrammeView asked={route.asked} />;
    case 'pilot':
      return <ScorecardView key={route.pilot} {...route} />;
    case 'indicator':
      return (
        <IndicatorView
          key={`${route.pilot}/${route.indicator}`}
          pilot={route.pilot}
          indicator={route.indicator}
          assessment={route.assessment}
        />
      );
    case 'stops':
      return <StopsView machine={route.machine} />;
    case 'nowhere':
      return <NowhereView address={route.address} />;
  }
}

/** A machine's page with what the live stream tells of it. */
function LiveMachineView({ path, asked }: { readonly path: string; readonly asked: MachineQuestion }) {
  return <MachineView path={path} asked={asked} now={useMachine(path)} />;
}
