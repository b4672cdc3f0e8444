import { z } from 'zod';
import { REFUSALS, type RefusalCode } from '../../domain/refusal.ts';

export const REFUSAL_CODES = Object.keys(REFUSALS) as RefusalCode[];

/** Why a message was refused; the catalogue of refusals explains every code. */
export const refusalCode = z.enum(REFUSAL_CODES).meta({ id: 'RefusalCode' });
