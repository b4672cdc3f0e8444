import type { DemoPilot } from '../pilot.ts';
import { electronics } from './electronics.ts';
import { oceanFarming } from './ocean-farming.ts';
import { petrochemicals } from './petrochemicals.ts';
import { plasticsScrews } from './plastics-screws.ts';
import { seafood } from './seafood.ts';
import { ships } from './ships.ts';

/** The six fictional pilots of the demo, one of each industry. */
export const PILOTS: readonly DemoPilot[] = [
  plasticsScrews,
  ships,
  petrochemicals,
  seafood,
  oceanFarming,
  electronics,
];
