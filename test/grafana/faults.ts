import { UNITS } from './units.ts';

// biome-ignore lint/suspicious/noExplicitAny: any JSON may stand in a file.
type Json = any;

/** What Grafana 12 writes itself; the SDK's version is of the same. */
const SCHEMA_VERSION = 42;
const KINDS: ReadonlySet<string> = new Set(['stat', 'timeseries', 'table', 'bargauge', 'row']);
const GRID_WIDTH = 24;

const inBothLanguages = (text: unknown): boolean =>
  typeof text === 'string' && /\p{Script=Han}/u.test(text) && /[A-Za-z]{2}/.test(text);
const isVariable = (datasource: Json): boolean => datasource?.uid === '${datasource}';

/** Names that Grafana itself knows. */
const ITS_OWN = /^(__|timeFilter$|interval$|tag_|col$)/;
/** Variables that a text uses, in any of the ways of writing one. */
const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{(\w+)[^}]*\}|\$(\w+)/g)]
    .map((match) => (match[1] ?? match[2]) as string)
    .filter((name) => !ITS_OWN.test(name));

/** All the ways in which a dashboard breaks the rules: ours, and those of grafana/dashboard-linter that are not about Prometheus. */
export function faultsOf(board: Json, uids: readonly string[]): readonly string[] {
  return [
    ...headFaults(board),
    ...variableFaults(board),
    ...gridFaults(board.panels),
    ...board.panels.flatMap((panel: Json) =>
      panelFaults(panel).map((fault) => `panel "${panel.title}" ${fault}`),
    ),
    ...linkFaults(board, uids),
    ...(board.annotations.list ?? [])
      .filter(({ datasource, target }: Json) => !isVariable(datasource) || !isVariable(target?.datasource))
      .map(({ name }: Json) => `the annotation "${name}" names a data source`),
  ];
}

function headFaults(board: Json): string[] {
  const faults: string[] = [];
  if (board.editable !== false) faults.push('is not read-only');
  if (board.schemaVersion !== SCHEMA_VERSION) faults.push('is of another schema version');
  if (!board.timezone) faults.push('has no time zone');
  if (!board.refresh) faults.push('has no refresh');
  if (!board.time?.from || !board.time?.to) faults.push('has no time range');
  for (const part of ['title', 'description'])
    if (!inBothLanguages(board[part])) faults.push(`${part}: not in both languages`);
  return faults;
}

function variableFaults(board: Json): string[] {
  const list: Json[] = board.templating.list;
  const faults: string[] = [];
  if (
    !list.some(
      ({ type, name, label, query }) =>
        type === 'datasource' && name === 'datasource' && label === 'Data source' && query === 'influxdb',
    )
  )
    faults.push('has no variable "datasource" of InfluxDB, labelled "Data source"');
  const queries: string[] = board.panels.flatMap(({ targets = [] }: Json) =>
    targets.map(({ query }: Json) => query ?? ''),
  );
  for (const { type, name, refresh, datasource } of list.filter((variable) => variable.type === 'query')) {
    if (refresh !== 2) faults.push(`variable "${name}" is not asked anew when the time range changes`);
    if (!isVariable(datasource)) faults.push(`variable "${name}" names a data source`);
    if (type === 'query' && !queries.some((query) => variablesIn(query).includes(name)))
      faults.push(`variable "${name}" is used nowhere`);
  }
  const known = new Set(list.map(({ name }) => name));
  for (const name of new Set(variablesIn(JSON.stringify(board))))
    if (!known.has(name)) faults.push(`uses the variable "${name}"`);
  return faults;
}

function gridFaults(panels: readonly Json[]): string[] {
  const faults: string[] = [];
  if (new Set(panels.map(({ id }) => id)).size !== panels.length) faults.push('panels share an id');
  panels.forEach(({ title, gridPos: a }, n) => {
    if (a.x < 0 || a.x + a.w > GRID_WIDTH || a.w < 1 || a.h < 1)
      faults.push(`panel "${title}" leaves the grid`);
    for (const { title: other, gridPos: b } of panels.slice(n + 1))
      if (a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
        faults.push(`panel "${title}" overlaps "${other}"`);
  });
  return faults;
}

function panelFaults(panel: Json): string[] {
  const faults: string[] = [];
  if (!Number.isInteger(panel.id)) faults.push('has no id');
  if (!KINDS.has(panel.type)) faults.push(`kind "${panel.type}" is deprecated or unknown`);
  for (const part of ['title', 'description'])
    if (!inBothLanguages(panel[part])) faults.push(`${part}: not in both languages`);
  const { unit } = panel.fieldConfig?.defaults ?? {};
  const units = [
    unit,
    ...(panel.fieldConfig?.overrides ?? []).flatMap(({ properties }: Json) =>
      properties.filter(({ id }: Json) => id === 'unit').map(({ value }: Json) => value),
    ),
  ];
  if (unit === undefined) faults.push('has no unit');
  for (const one of units) if (one !== undefined && !UNITS.has(one)) faults.push(`unit "${one}" is unknown`);
  if (!isVariable(panel.datasource)) faults.push('names a data source');
  const targets: Json[] = panel.targets ?? [];
  if (targets.length === 0) faults.push('has no query');
  if (new Set(targets.map(({ refId }) => refId)).size !== targets.length)
    faults.push('queries share a refId');
  for (const target of targets)
    for (const fault of targetFaults(target)) faults.push(`query ${target.refId}${fault}`);
  return faults;
}

function targetFaults({ datasource, query = '', rawQuery, resultFormat, alias }: Json): string[] {
  const faults: string[] = [];
  if (!isVariable(datasource)) faults.push(' names a data source');
  if (rawQuery !== true) faults.push(': no raw query');
  if (resultFormat === 'time_series' && !alias) faults.push(': a series has no alias');
  if (!query.includes('$timeFilter')) faults.push(' is not limited to the time range');
  if (/\b(mean|median|mode|stddev|percentile|moving_average|derivative)\s*\(/i.test(query))
    faults.push(' averages');
  // Quoted names and regular expressions hold slashes too.
  const bare = query.replace(/"[^"]*"|'[^']*'/g, 'x').replace(/=~ \/.*?\/(?= |\))/g, '=~ x');
  if ((bare.match(/\//g) ?? []).length > 1 || /\*|\s[+-]\s/.test(bare))
    faults.push(' divides more than two sums');
  return faults;
}

function linkFaults(board: Json, uids: readonly string[]): string[] {
  const links: Json[] = [
    ...(board.links ?? []),
    ...board.panels.flatMap((panel: Json) => panel.fieldConfig?.defaults?.links ?? []),
  ];
  return links.flatMap(({ title, type, tags, url }) => {
    if (type === 'dashboards') return tags?.length > 0 ? [] : [`the link "${title}" leads to no tag`];
    const uid = /^\/d\/([^?/]+)/.exec(url ?? '')?.[1];
    if (uid !== undefined) return uids.includes(uid) ? [] : [`the link "${title}" links to "/d/${uid}"`];
    // The page's own addresses, as dashboards/web/src/route.ts reads them.
    return /^\$\{page\}\/#\/(machines\/|lines\/|pilots\/|programme$|health$|$)/.test(url ?? '')
      ? []
      : [`the link "${title}" links to nowhere: ${url}`];
  });
}
