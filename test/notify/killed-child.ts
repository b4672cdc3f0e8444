import { handNotifier, M1 } from './hand-notifier.ts';

const [dir = '', url = ''] = process.argv.slice(2);

/** A machine stops, and the receiver never answers: whoever started this process kills it meanwhile. */
const plant = handNotifier({
  dir,
  notify: {
    channels: [{ id: 'crew', kind: 'webhook', url, language: 'en' }],
    rules: [{ rule: 'machine-stopped', channels: ['crew'] }],
  },
});
plant.is(M1, 'down');
await plant.pass(12);
