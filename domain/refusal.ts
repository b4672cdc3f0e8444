/** Why a message or an observation is refused: a closed list; each code has its meaning and remedy. */
export const REFUSALS = {
  'topic-shape':
    'The topic has another depth than kaidong/v1/{enterprise}/{site}/{area}/{line}/{machine}[/{signal}].',
  'not-utf8': 'The payload is no valid UTF-8.',
  'not-json': 'The payload is no JSON.',
  'payload-shape': 'The payload is JSON of another shape than the topic asks for.',
  'payload-too-large': 'The payload is larger than the limit.',
  'ts-malformed': 'The time is neither milliseconds nor ISO 8601 with an offset.',
  'ts-out-of-range': 'The time is before 2000-01-01 or too far ahead of the receive time.',
  'value-not-finite': 'The number is NaN or infinite.',
  'value-shape': 'The value is an object, an array or null where a single value is needed.',
  'type-drift': "The value's type is not the one that the signal's first value pinned.",
  'name-malformed': 'A name is empty, too long, or has a control character or a wildcard.',
  'too-many-names': 'The cap on machines, or on signals of a machine, is reached.',
  'store-refused': 'The store refused the observation; its own reason is in the detail.',
  'no-rule': 'No rule maps the topic.',
  overload: 'Too much was waiting, and the message was sent at QoS 0, which asks for no acknowledgement.',
} as const;
export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly code: RefusalCode;
  /** What was wrong, where, and what to do. */
  readonly detail: string;
}
