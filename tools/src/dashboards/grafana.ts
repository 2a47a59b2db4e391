import type { Query } from './queries.ts';

interface Look {
  /** Says what the panel is read for, where its title does not. */
  about?: string;
  /** Grafana's name of a unit. */
  unit?: string;
  stacked?: boolean;
  /** Default 0; 'none' where it may fall below. */
  min?: 'none';
  max?: number;
  decimals?: number;
  /** From which value on the panel is coloured. */
  levels?: [colour: 'green' | 'orange' | 'red', from: number][];
  /** Dots on the graph that open the trace of one request. */
  exemplars?: boolean;
}

export interface Panel {
  type: 'timeseries' | 'stat' | 'bargauge';
  title: string;
  queries: Query[];
  look: Look;
}

/** Green, and red from there on. */
export const redFrom = (from: number): Look => ({
  levels: [
    ['green', 0],
    ['red', from],
  ],
});

const panel =
  (type: Panel['type']) =>
  (title: string, queries: Query[], look: Look = {}): Panel => ({ type, title, queries, look });

/** How figures went over time. */
export const graph = panel('timeseries');
/** Figures of now. */
export const figure = panel('stat');
/** Figures of now, side by side, to compare them. */
export const bars = panel('bargauge');

export interface Dashboard {
  uid: string;
  title: string;
  about: string;
  /** A label whose values the reader can choose from: the variable has its name. */
  choose?: { label: string; from: string };
  /** Rows of panels, each as wide as the page, under a heading. */
  sections: { title: string; rows: Panel[][] }[];
}

const columns = 24;
const heights = { timeseries: 8, stat: 4, bargauge: 8 };
/** To the other dashboards, beside each other at the top of the page. */
const link = {
  type: 'dashboards',
  keepTime: true,
  includeVars: false,
  asDropdown: false,
  targetBlank: false,
  icon: 'external link',
  tooltip: '',
};
const prometheus = { type: 'prometheus', uid: 'prometheus' };

/** The dashboard as Grafana reads it from a file. */
export function toGrafana({ uid, title, about, choose, sections }: Dashboard): object {
  return {
    uid,
    title,
    description: about,
    tags: ['shop'],
    schemaVersion: 41,
    editable: false,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'browser',
    links: [{ ...link, title: 'Shop', tags: ['shop'] }],
    templating: { list: choose ? [variable(choose)] : [] },
    panels: laidOut(sections),
  };
}

const variable = ({ label, from }: { label: string; from: string }) => ({
  name: label,
  type: 'query',
  datasource: prometheus,
  query: { query: `label_values(${from}, ${label})`, refId: 'variable' },
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  current: { text: 'All', value: '$__all' },
});

function laidOut(sections: Dashboard['sections']): object[] {
  const panels: object[] = [];
  let y = 0;
  const place = (body: object, x: number, w: number, h: number) =>
    panels.push({ id: panels.length + 1, gridPos: { x, y, w, h }, ...body });

  for (const { title, rows } of sections) {
    place({ type: 'row', title, collapsed: false, panels: [] }, 0, columns, 1);
    y += 1;
    for (const row of rows) {
      const width = Math.floor(columns / row.length);
      const height = Math.max(...row.map(({ type }) => heights[type]));
      row.forEach((each, index) => place(drawn(each), index * width, width, height));
      y += height;
    }
  }
  return panels;
}

function drawn({ type, title, queries, look }: Panel): object {
  return {
    type,
    title,
    ...(look.about && { description: look.about }),
    datasource: prometheus,
    targets: queries.map(([legendFormat, expr], index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: prometheus,
      expr,
      legendFormat,
      ...(type === 'timeseries' ? { range: true } : { instant: true }),
      ...(look.exemplars && { exemplar: true }),
    })),
    fieldConfig: { defaults: fieldDefaults(type, look), overrides: [] },
    options: options[type],
  };
}

const fieldDefaults = (
  type: Panel['type'],
  { unit = 'short', stacked, min, max, decimals, levels }: Look,
) => ({
  unit,
  ...(min !== 'none' && { min: 0 }),
  ...(max !== undefined && { max }),
  ...(decimals !== undefined && { decimals }),
  ...(levels && {
    // On a graph they are lines, and each series keeps a colour of its own.
    ...(type !== 'timeseries' && { color: { mode: 'thresholds' } }),
    thresholds: {
      mode: 'absolute',
      steps: levels.map(([color, from], index) => ({ color, value: index === 0 ? null : from })),
    },
  }),
  ...(type === 'timeseries' && {
    custom: {
      lineWidth: 1,
      fillOpacity: stacked ? 40 : 5,
      showPoints: 'never',
      stacking: { mode: stacked ? 'normal' : 'none' },
      ...(levels && { thresholdsStyle: { mode: 'line' } }),
    },
  }),
});

const newest = { calcs: ['lastNotNull'], fields: '', values: false };
const options = {
  timeseries: {
    legend: { showLegend: true, displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
    tooltip: { mode: 'multi', sort: 'desc' },
  },
  stat: { reduceOptions: newest, colorMode: 'value', graphMode: 'none', textMode: 'auto' },
  bargauge: { reduceOptions: newest, orientation: 'horizontal', displayMode: 'basic' },
};
