import { render } from 'preact';
import { App } from './app.tsx';
import './style.css';
import './assess.css';
import './print.css';
import './wall.css';
import './machine.css';
import './health.css';

render(<App />, document.getElementById('app') as HTMLElement);
