import { serviceCommand } from '../service.ts';

export const api = serviceCommand('api', 'Runs the API and the page alone; needs InfluxDB.');
