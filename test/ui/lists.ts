import { NO_MARKS } from '../../src/model/alert.ts'
import type { Frame, SeriesView } from '../../src/model/frame.ts'
import type { ProcessAnswer, ProcessRow } from '../../src/model/processes.ts'
import type { Look } from '../../src/ui/paint/look.ts'
import type { Panel, PanelView } from '../../src/ui/panels/panel.ts'
import { Grid } from '../../src/ui/screen/grid.ts'
import { Surface } from '../../src/ui/screen/surface.ts'
import { INITIAL } from '../../src/ui/state.ts'
import { ASCII, UNICODE } from '../../src/ui/theme/glyphs.ts'

/** A Monday, in local time so that clocks read the same everywhere. */
export const NOW = new Date(2025, 10, 24, 14, 32, 7).getTime()
const MINUTE = 60_000

/** The moment so many minutes before NOW. */
export const ago = (minutes: number): number => NOW - minutes * MINUTE

export const UNICODE_LOOK: Look = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: true }
export const OPEN_LOOK: Look = { ...UNICODE_LOOK, boxed: false }
export const ASCII_LOOK: Look = { glyphs: ASCII, charts: 'ascii', depth: 'mono', boxed: false }

export const VIEW: PanelView = {
  focused: false,
  full: false,
  spanMs: 600_000,
  chart: 'area',
  selected: 0,
  offset: 0,
  processes: INITIAL.processes,
  services: INITIAL.services,
  log: INITIAL.log,
  alert: undefined,
  watch: undefined,
  check: undefined,
  paused: false,
}

/** A series view that knows some values, all at NOW. */
export function valuesOf(values: Readonly<Record<string, number>>): SeriesView {
  return {
    value: (key) => values[key],
    last: (key) => values[key],
    keys: (name) => Object.keys(values).filter((key) => key === name || key.startsWith(`${name}{`)),
    entries: () => Object.entries(values),
    window: (_, { count }) => new Float64Array(count).fill(Number.NaN),
    ahead: () => undefined,
  }
}

const EMPTY: Frame = {
  wallMs: NOW,
  monoMs: 0,
  tick: 1,
  verdict: 'unknown',
  reasons: [],
  host: { name: 'web-03' },
  metrics: valuesOf({}),
  mounts: [],
  devices: [],
  interfaces: [],
  alerts: [],
  records: [],
  marks: NO_MARKS,
  forecasts: [],
  checks: [],
  events: [],
  health: [],
  measuredMs: {},
  paceMs: {},
  failures: {},
}

const mount = (name: string) => ({ mount: name, type: 'ext4', device: '/dev/sda1', answering: true, answeredMs: NOW })

/** The first second: nothing is known yet. */
export const firstSecond = (parts: Partial<Frame> = {}): Frame => ({ ...EMPTY, ...parts })

/** Everything is measured and well. */
export const quiet = (parts: Partial<Frame> = {}): Frame => ({
  ...EMPTY,
  verdict: 'ok',
  host: {
    name: 'web-03',
    os: 'Debian 12',
    kernel: 'Linux 6.1.0-37',
    arch: 'x86_64',
    cores: 8,
    bootMs: NOW - (41 * 24 + 6) * 3_600_000,
  },
  metrics: valuesOf({
    cpu_used_ratio: 0.42,
    memory_used_ratio: 0.71,
    memory_total_bytes: 31.2 * 1024 ** 3,
    load_1m: 3.21,
    load_5m: 2.84,
    load_15m: 2.12,
    'disk_used_ratio{mount="/"}': 0.45,
    'disk_used_ratio{mount="/var"}': 0.84,
  }),
  mounts: [mount('/'), mount('/var')],
  interfaces: [
    { name: 'eth0', up: true, virtual: false },
    { name: 'lo', up: true, virtual: true },
  ],
  measuredMs: { cpu: NOW - 300 },
  ...parts,
})

/** One critical thing, two warnings, and what led there. */
export const trouble = (parts: Partial<Frame> = {}): Frame =>
  quiet({
    verdict: 'critical',
    reasons: [
      { verdict: 'warning', subject: '/var', text: '84 % used', sinceMs: ago(4), cause: 'vacuum-logs writes 38 MB/s' },
      {
        verdict: 'critical',
        subject: 'memory',
        text: '97 % used',
        sinceMs: ago(12),
        cause: 'java holds 8.4 GiB',
      },
      { verdict: 'warning', subject: 'swap', text: '81 % used', sinceMs: ago(3) },
    ],
    events: [
      { wallMs: ago(3), kind: 'alert', level: 'warning', subject: 'swap', text: '81 % > 80 %' },
      {
        wallMs: ago(12),
        kind: 'alert',
        level: 'critical',
        subject: 'memory',
        text: '97 % > 95 %',
        cause: 'java 8.4 GiB',
      },
      { wallMs: ago(30), kind: 'worker', level: 'event', subject: 'worker', text: 'started again', cause: 'stopped' },
      { wallMs: ago(51), kind: 'alert', level: 'ok', subject: '/home', text: 'well again' },
      { wallMs: ago(25 * 60), kind: 'mount_silent', level: 'unknown', subject: '/mnt/nas', text: 'no answer' },
      { wallMs: ago(9 * 24 * 60), kind: 'interface_up', level: 'event', subject: 'eth0', text: 'came up' },
    ],
    ...parts,
  })

/** A process row; only what matters to the test is named. */
export function processRow(parts: Partial<ProcessRow>): ProcessRow {
  return {
    kind: 'process',
    pid: 1,
    ppid: 1,
    name: 'init',
    command: 'init',
    user: 'root',
    uid: 0,
    state: 'S',
    nice: 0,
    threads: 1,
    cpuRatio: 0,
    cpuSeconds: 0,
    memoryBytes: 0,
    startedMs: ago(60),
    startTicks: 1,
    kernel: false,
    history: [],
    ...parts,
  }
}

const MIB = 1024 ** 2

const steady = (ratio: number): readonly number[] => new Array<number>(30).fill(ratio)

export const ROWS: readonly ProcessRow[] = [
  processRow({
    pid: 4211,
    user: 'node',
    name: 'node',
    command: '/usr/bin/node /srv/api/server.js --port 8443',
    cpuRatio: 0.912,
    memoryBytes: 1.4 * 1024 * MIB,
    cpuSeconds: 6 * 3600 + 12 * 60 + 40,
    state: 'R',
    history: steady(0.9),
    threads: 23,
    readBytesPerSecond: 0,
    writeBytesPerSecond: 120_000,
    waitIoRatio: 0,
    files: 1204,
    unit: 'api.service',
  }),
  processRow({
    pid: 9377,
    name: 'vacuum-logs',
    command: 'vacuum-logs --dir /var/log --keep all',
    cpuRatio: 0.62,
    memoryBytes: 48 * MIB,
    cpuSeconds: 1111,
    state: 'D',
    history: steady(0.6),
    nice: 5,
    readBytesPerSecond: 0,
    writeBytesPerSecond: 38e6,
    waitIoRatio: 0.41,
    files: 6,
    unit: 'cron.service',
  }),
  processRow({
    pid: 1207,
    user: 'postgres',
    name: 'postgres',
    command: 'postgres: shop shop 10.0.4.12(50214) SELECT',
    cpuRatio: 0.447,
    memoryBytes: 8.4 * 1024 * MIB,
    cpuSeconds: 41 * 3600 + 602,
    history: steady(0.4),
  }),
  processRow({ pid: 20114, user: 'ops', name: 'healthtop', command: 'healthtop', cpuRatio: 0, memoryBytes: 71 * MIB }),
  processRow({
    pid: 4194303,
    ppid: 2,
    name: 'kworker/0:1',
    command: '[kworker/0:1]',
    kernel: true,
    history: steady(0),
    cpuSeconds: 4000 * 3600,
  }),
]

/** An answer that holds some rows from its offset on. */
export function answerOf(rows: readonly ProcessRow[], parts: Partial<ProcessAnswer> = {}): ProcessAnswer {
  return { id: 1, scan: 1, wallMs: NOW, total: 214, running: 3, matched: 214, offset: 0, rows, ...parts }
}

/** Lets something paint on a screen of some size; `'#'` everywhere before, so that what is left unpainted is seen. */
export function canvas(columns: number, rows: number): { grid: Grid; surface: Surface; lines(): string[] } {
  const grid = new Grid(columns, rows)
  const surface = new Surface(grid, { x: 0, y: 0, columns, rows })
  surface.fill('#', 0)
  return { grid, surface, lines: () => Array.from({ length: rows }, (_, y) => grid.rowText(y)) }
}

/** The text a painter leaves at some size, every row between bars so that its ends are seen. */
export function rowText(columns: number, paint: (surface: Surface) => void, rows = 1): string {
  const { surface, lines } = canvas(columns, rows)
  paint(surface)
  return lines()
    .map((line) => `|${line}|`)
    .join('\n')
}

/** The text a panel leaves at some size. */
export function panelText<Data>(
  panel: Panel<Data>,
  frame: Frame,
  [columns, rows]: readonly [number, number],
  look: Look,
  view: Partial<PanelView> = {},
): string {
  const whole = { ...VIEW, ...view }
  return rowText(columns, (surface) => panel.paint(surface, panel.select(frame, whole), look, whole), rows)
}

/** Whether every cell holds one printable grapheme, or is the right half of a wide one. */
export function isPrintable(grid: Grid): boolean {
  return grid.chars.every((char) => char === '' || !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/u.test(char))
}
