import { ownJson } from '../../simulators/languages/own-json.ts';

/** Rules of every kind of place, time and value, for the seeds of `rules` and `line-protocol`. */
export const RULES: readonly object[] = [
  {
    id: 'umh',
    topic: [
      'umh/v1/{enterprise}/{site}/_historian/{tag#}',
      'umh/v1/{enterprise}/{site}/{area}/{line}/{cell}/_historian/{tag#}',
    ],
    machine: '{enterprise}/{site}/{area|-}/{line|-}/{cell|-}',
    time: { at: '/timestamp_ms', format: 'ms' },
    members: { except: ['timestamp_ms'], prefix: '{tag}', bare: 'value', join: '.' },
  },
  ...(ownJson.rules as readonly object[]),
  {
    id: 'batch',
    topic: 'gateway/{enterprise}/batch',
    machine: '{enterprise}/-/-/-/{/id}',
    each: '$.readings[*]',
    time: { at: '/t', format: 'DD.MM.YYYY HH:mm:ss', zone: 'Asia/Shanghai' },
    signals: {
      temperature: { at: '/temp', from: 'degF', to: 'degC' },
      state: { at: '/ok', map: { ON: 'running', OFF: 'idle' }, otherwise: 'unknown' },
      who: { value: '{enterprise}:{/id}' },
    },
  },
  {
    id: 'tasmota',
    topic: 'tele/{device}/SENSOR',
    machine: 'acme/-/-/-/{device}',
    time: { at: '/Time', format: 'iso', zone: 'Asia/Shanghai' },
    empty: 'ignore',
    signals: {
      power_1: { at: '/ENERGY/Power/0', optional: true, type: 'number' },
      energy: { at: '$.ENERGY.Total', optional: true, factor: 1000, offset: 1 },
      voltage: { at: "$.ENERGY['Voltage']", nothing: [0, 'n/a'], optional: true },
    },
  },
  {
    id: 'plain',
    topic: 'plain/{machine}/{signal}',
    format: 'text',
    machine: '-/-/-/-/{machine}',
    signals: { '{signal}': { type: 'meant' } },
  },
  { id: 'line-protocol', topic: 'line-protocol/#', format: 'line-protocol' },
];
