import { render } from 'preact';
import { App } from './app.tsx';
import './style.css';
import './assess.css';
import './print.css';
import './wall.css';
import './calendar.css';
import './machine.css';
import './health.css';
import './suggest.css';
import './shift.css';
import './stops.css';

// A page that is left open for days asks a million times, and has no use for a note of each.
performance.setResourceTimingBufferSize(0);
render(<App />, document.getElementById('app') as HTMLElement);
