import { describe, expect, test } from 'vitest'
import type { CheckStatus } from '../../../../src/model/check.ts'
import { seriesKey } from '../../../../src/model/series.ts'
import { checkLatency, latencyLimit } from '../../../../src/ui/panels/check/latency.ts'
import type { Panel, PanelView } from '../../../../src/ui/panels/panel.ts'
import { foreground } from '../../../../src/ui/screen/style.ts'
import { API, definitionOf, MAIL, pastOf, resultOf, statusOf } from '../../../fixtures/checks.ts'
import { type FrameParts, frameOf } from '../../../fixtures/frame.ts'
import { canvas, UNICODE_LOOK, VIEW } from '../../lists.ts'

const MINUTE = 60_000

function painted(check: CheckStatus, view: Partial<PanelView> = {}, parts: FrameParts = {}) {
  const whole: PanelView = { ...VIEW, check: { name: check.definition.name }, spanMs: 20 * MINUTE, ...view }
  const { grid, surface, lines } = canvas(72, 13)
  const panel: Panel<never> = checkLatency as unknown as Panel<never>
  panel.paint(surface, panel.select(frameOf({ checks: [check], ...parts }), whole), UNICODE_LOOK, whole)
  /** Colours of the cells of a row. */
  const tones = (y: number) => [...grid.styles.slice(y * 72, (y + 1) * 72)].map(foreground)
  return { lines: lines(), tones }
}

describe('the limit', () => {
  test('is what the settings say, in either of two places, else what the last answer was measured against', () => {
    const of = (settings: Record<string, unknown>) =>
      latencyLimit(statusOf({ definition: definitionOf('api', { settings }) }))
    expect(of({ latency: 500 })).toBe(0.5)
    expect(of({ expect: { latency: 1500 } })).toBe(1.5)
    expect(of({ latency: 'soon', expect: 'ok' })).toBeUndefined()
    expect(latencyLimit(API)).toBe(0.5)
    const wanted = (text: string) =>
      latencyLimit({
        ...API,
        last: resultOf('api', { expectations: [{ name: 'latency', met: true, found: '', wanted: text }] }),
      })
    expect(wanted('under 1.50 s')).toBe(1.5)
    expect(wanted('quick')).toBeUndefined()
  })
  test('is a line with its label, and what is above it has the colour of a warning', () => {
    const { lines, tones } = painted(API)
    expect(lines.find((line) => line.includes('┈'))).toMatch(/^│ {3}500 ┈/)
    expect(tones(3)).toContain('warn')
    expect(tones(10)).not.toContain('warn')
  })
  test('that is far away is no part of the chart', () => {
    const { lines } = painted(
      statusOf({
        ...API,
        results: pastOf(60, () => ({ state: 'up', latencyS: 0.02 })),
        last: resultOf('api', { latencyS: 0.02, expectations: API.last?.outcome.expectations ?? [] }),
      }),
    )
    expect(lines.join('')).not.toContain('┈')
    expect(lines[1]).toMatch(/^│ +50 /)
  })
})

test('failures are a gap with a mark at the bottom', () => {
  const { lines, tones } = painted(MAIL)
  expect(lines[11]).toMatch(/⣿·{30,}┊/)
  expect(tones(11).filter((tone) => tone === 'crit').length).toBeGreaterThan(30)
  expect(lines[10]).not.toContain('·')
})

test('what is older than the results that are kept is read from the series', () => {
  const check = statusOf({ ...API, results: API.results.slice(-8) })
  const key = seriesKey('check_latency_seconds', { check: 'api' })
  const blank = painted(check, { spanMs: 60 * MINUTE })
  const kept = painted(check, { spanMs: 60 * MINUTE }, { values: { [key]: 0.2 }, history: { [key]: () => 0.2 } })
  expect(blank.lines[11]).toMatch(/0 +[⣿⢸]/)
  expect(kept.lines[11]).toMatch(/0 ⣿{60}/)
})

test('it is painted again when a step of the chart has begun, not with every frame', () => {
  const view: PanelView = { ...VIEW, check: { name: 'api' }, spanMs: 20 * MINUTE }
  const frame = frameOf({ checks: [API] })
  const first = checkLatency.select(frame, view)
  const { surface } = canvas(72, 13)
  checkLatency.paint(surface, first, UNICODE_LOOK, view)
  const later = (ms: number) => checkLatency.select({ ...frame, wallMs: frame.wallMs + ms }, view)
  expect(later(0).status).toBe(first.status)
  expect(first.sight.isSameIn(later(0).sight)).toBe(true)
  // Steps of twenty minutes in 128 dots are more than nine seconds long.
  const changes = Array.from({ length: 9 }, (_, second) => first.sight.isSameIn(later(second * 1000).sight))
  expect(changes.filter((same) => !same).length).toBeLessThan(9)
  expect(first.sight.isSameIn(later(10_000).sight)).toBe(false)
})
