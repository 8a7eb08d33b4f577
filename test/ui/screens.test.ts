import { expect, test } from 'vitest'
import type { CheckStatus } from '../../src/model/check.ts'
import type { Frame } from '../../src/model/frame.ts'
import { layoutOf } from '../../src/ui/layout.ts'
import type { Look } from '../../src/ui/paint/look.ts'
import { Scene } from '../../src/ui/scene.ts'
import { INITIAL } from '../../src/ui/state.ts'
import { ASCII, UNICODE } from '../../src/ui/theme/glyphs.ts'
import { API, MAIL, SERVICES, SHOP } from '../fixtures/checks.ts'
import { firstFrame, frameOf, measured, NOW } from '../fixtures/frame.ts'
import { AHEAD } from '../fixtures/limits.ts'
import { answerOf, ROWS, trouble } from './lists.ts'

const SIZES = [
  [200, 60],
  [120, 40],
  [80, 24],
  [60, 20],
  [20, 5],
] as const

const listed = trouble()
const lists: Partial<Frame> = {
  processes: answerOf(ROWS),
  listeners: [
    { protocol: 'tcp', address: '0.0.0.0', port: 443, pid: 880, process: 'nginx' },
    { protocol: 'tcp', address: '0.0.0.0', port: 80, pid: 880, process: 'nginx' },
    { protocol: 'tcp', address: '127.0.0.1', port: 5432, pid: 1207, process: 'postgres' },
    { protocol: 'tcp', address: '::', port: 22 },
  ],
  events: listed.events,
  host: listed.host,
}

const reasonOf = ({ definition, state, sinceMs }: CheckStatus) => ({
  verdict: state === 'down' ? ('critical' as const) : ('warning' as const),
  subject: definition.name,
  text: state,
  sinceMs,
})

const STATES: Readonly<Record<string, Frame>> = {
  quiet: frameOf({ ...lists, verdict: 'ok', events: [] }),
  trouble: frameOf({ ...lists, verdict: listed.verdict, reasons: listed.reasons, alerts: listed.alerts }),
  stale: frameOf({
    ...lists,
    silent: true,
    verdict: 'unknown',
    wallMs: NOW + 41_000,
    measuredMs: measured(41_000, NOW + 41_000),
    reasons: [{ verdict: 'unknown', subject: 'worker', text: 'does not measure', sinceMs: NOW }],
    health: [{ name: 'worker', state: 'restarting', reason: 'worker ended', sinceMs: NOW, lastMs: NOW, restarts: 1 }],
  }),
  'first second': firstFrame(),
  services: frameOf({ ...lists, checks: SERVICES, verdict: 'critical', reasons: [MAIL, API, SHOP].map(reasonOf) }),
  ahead: frameOf({
    ...lists,
    checks: SERVICES,
    verdict: 'critical',
    reasons: [MAIL, API, SHOP].map(reasonOf),
    forecasts: AHEAD,
    futures: {
      cpu_used_ratio: (s) => [0.3, 0.4, 0.5 + s / 3000],
      memory_used_ratio: (s) => [0.69, 0.71 + s / 6000, 0.74 + s / 3000],
    },
  }),
}

function screen(frame: Frame, columns: number, rows: number, ascii: boolean): string {
  const look: Look = {
    glyphs: ascii ? ASCII : UNICODE,
    charts: ascii ? 'ascii' : 'braille',
    depth: 'truecolor',
    boxed: false,
  }
  const scene = new Scene(look)
  scene.baseFromLayout(layoutOf(columns, rows))
  const keys = ['? help', 'Tab panel', 'f full', '/ filter', 's sort', 'K signal', 'q quit'].map((text) => {
    const [key = '', name = ''] = text.split(' ')
    return { key, name, command: name }
  })
  const grid = scene.paint({
    frame,
    state: { ...INITIAL, columns, rows },
    nowMs: frame.wallMs,
    sinceMs: NOW - 600_000,
    staleMs: 3000,
    keys,
  })
  return Array.from({ length: rows }, (_, y) => grid.rowText(y).trimEnd()).join('\n')
}

for (const [state, frame] of Object.entries(STATES)) {
  for (const [columns, rows] of SIZES) {
    test(`${state} at ${columns}x${rows}`, async () => {
      const text = screen(frame, columns, rows, false)
      expect(text).not.toContain('this panel failed')
      await expect(`${text}\n`).toMatchFileSnapshot(`__snapshots__/${state.replace(' ', '-')}-${columns}x${rows}.txt`)
    })
  }
  test(`${state} in ASCII at 80x24`, async () => {
    const text = screen(frame, 80, 24, true)
    expect(text).toMatch(/^[\x20-\x7e\n]*$/)
    await expect(`${text}\n`).toMatchFileSnapshot(`__snapshots__/${state.replace(' ', '-')}-80x24-ascii.txt`)
  })
}
