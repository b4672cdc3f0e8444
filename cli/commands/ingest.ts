import { serviceCommand } from '../service.ts';

export const ingest = serviceCommand('ingest', 'Runs ingest alone: MQTT into the store.');
