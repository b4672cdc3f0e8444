import { type Kpi, knownBusyMs, timeRatio } from '../formula.ts';

/** With the performance of the same view and the quality ratio it multiplies to the OEE, as availability and effectiveness do. */
export const availabilityTpm: Kpi = {
  id: 'availability-tpm',
  title: { zh: '时间开动率（TPM）', en: 'Availability, TPM view' },
  source:
    'Our definition after the TPM view, in which minor stops are a loss of performance; no source of the standard.',
  formula: '(APT + minor stops) / PBT',
  formulaVersion: 'availability-tpm/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: null,
  verification: 'own-design',
  additive: true,
  parts: ({ ms }) =>
    timeRatio(['runningAndMinorStopMs', ms.running + ms.minorStop], ['knownBusyMs', knownBusyMs(ms)], {
      unknownMs: ms.unknown,
      ifZero: 'no-planned-time',
    }),
};
