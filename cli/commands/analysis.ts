import { serviceCommand } from '../service.ts';

export const analysis = serviceCommand('analysis', 'Runs the recorder of the ledger alone; needs InfluxDB.');
