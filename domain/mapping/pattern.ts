/** One level of a topic pattern. */
export type PatternLevel =
  | { readonly kind: 'text'; readonly text: string }
  /** Exactly one level; `name` is `null` where nobody asks what it says. */
  | { readonly kind: 'one'; readonly name: string | null }
  /** All levels that are left, none too; only at the end. */
  | { readonly kind: 'rest'; readonly name: string | null };

/** `factory/{line}/+/data`, `umh/v1/{enterprise}/_historian/{tag#}`: a topic filter of MQTT whose levels may have names. */
export interface TopicPattern {
  readonly text: string;
  readonly levels: readonly PatternLevel[];
  /** The same as a topic filter. */
  readonly filter: string;
}

/** What the named levels of a topic say; of `{name#}`, the levels that it stands for. */
export type Captures = ReadonlyMap<string, string | readonly string[]>;

const NAME = /^[A-Za-z_][\w-]*$/;

/** Reads a pattern, or says what is wrong with it (MQTT 5, 4.7: topic filters). */
export function patternOf(text: string): TopicPattern | { readonly fault: string } {
  const parts = text.split('/');
  const levels: PatternLevel[] = [];
  const names = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const level = levelOf(part);
    if (typeof level === 'string') return { fault: level };
    if (level.kind === 'rest' && index < parts.length - 1) {
      return { fault: `"${part}" stands for all levels that are left; nothing may follow it` };
    }
    if (level.kind !== 'text' && level.name !== null) {
      if (names.has(level.name)) return { fault: `two levels are named {${level.name}}; rename one` };
      names.add(level.name);
    }
    levels.push(level);
  }
  const filter = levels
    .map((level) => (level.kind === 'text' ? level.text : level.kind === 'one' ? '+' : '#'))
    .join('/');
  return { text, levels, filter };
}

function levelOf(part: string): PatternLevel | string {
  if (part === '+') return { kind: 'one', name: null };
  if (part === '#') return { kind: 'rest', name: null };
  const named = /^\{(.*)\}$/.exec(part)?.[1];
  if (named !== undefined) {
    const rest = named.endsWith('#');
    const name = rest ? named.slice(0, -1) : named;
    if (!NAME.test(name))
      return `"${part}" is no name of a level; write letters, digits, _ and -, for example {machine}`;
    return { kind: rest ? 'rest' : 'one', name };
  }
  if (/[{}+#]/.test(part)) {
    return `"${part}" mixes text with + # or a name; a wildcard or {name} takes a whole level between two slashes`;
  }
  return { kind: 'text', text: part };
}

/** What the named levels say of a topic, or `undefined` where the pattern doesn't match it. */
export function match({ levels }: TopicPattern, topic: readonly string[]): Captures | undefined {
  const captures = new Map<string, string | readonly string[]>();
  for (const [index, level] of levels.entries()) {
    if (level.kind === 'rest') {
      if (index === 0 && topic[0]?.startsWith('$')) return undefined;
      if (level.name !== null) captures.set(level.name, topic.slice(index));
      return captures;
    }
    const part = topic[index];
    if (part === undefined) return undefined;
    if (level.kind === 'text') {
      if (level.text !== part) return undefined;
      continue;
    }
    // [MQTT-4.7.2-1]
    if (index === 0 && part.startsWith('$')) return undefined;
    if (level.name !== null) captures.set(level.name, part);
  }
  return topic.length === levels.length ? captures : undefined;
}

/** The names that a pattern gives to levels; true: to all that are left. */
export const namesIn = ({ levels }: TopicPattern): ReadonlyMap<string, boolean> =>
  new Map(
    levels.flatMap((level) =>
      level.kind !== 'text' && level.name !== null ? [[level.name, level.kind === 'rest'] as const] : [],
    ),
  );
