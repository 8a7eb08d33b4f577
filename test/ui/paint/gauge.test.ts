import { describe, expect, test } from 'vitest'
import { type GaugeLook, gauge } from '../../../src/ui/paint/gauge.ts'
import { foreground, type Style } from '../../../src/ui/screen/style.ts'
import { ASCII_LOOK, canvas, UNICODE_LOOK } from '../lists.ts'

function drawn(width: number, ratio: number, parts: Partial<GaugeLook>, look = UNICODE_LOOK) {
  const { grid, surface, lines } = canvas(width, 1)
  gauge(surface, 0, 0, width, ratio, { tone: 'disk', ...parts }, look)
  return { text: lines()[0], tone: (x: number) => foreground(grid.styles[x] as Style) }
}

describe('where the forecast of a gauge ends', () => {
  test.each([
    ['up to the mark when the limit is reached', 18, 0.84, 0.95, '━━━━━━━━━━━━━━━╍╍┊'],
    ['with half a cell used', 20, 0.83, 0.95, '━━━━━━━━━━━━━━━━╸╍╍┊'],
    ['beyond the mark', 30, 0.84, 1, '━━━━━━━━━━━━━━━━━━━━━━━━━╍╍╍┊╍'],
    ['before the mark', 20, 0.3, 0.6, '━━━━━━╍╍╍╍╍╍───────┊'],
    ['no further than a cell shows', 20, 0.61, 0.64, '━━━━━━━━━━━━───────┊'],
    ['below what is used: nothing', 18, 0.45, 0.2, '━━━━━━━━─────────┊'],
    ['beyond all there is', 10, 0.5, 3, '━━━━━╍╍╍╍┊'],
    ['nothing known of it', 18, 0.45, Number.NaN, '━━━━━━━━─────────┊'],
    ['nothing known at all', 18, Number.NaN, 0.95, '─────────────────┊'],
  ])('%s', (_, width, ratio, soon, expected) => {
    expect(drawn(width, ratio, { limit: 0.95, soon }).text).toBe(expected)
  })

  test('in ASCII', () => {
    expect(drawn(20, 0.84, { limit: 0.95, soon: 0.95 }, ASCII_LOOK).text).toBe('#################==|')
  })

  test('in the body tone of the bar, whatever its colour; the mark keeps its own', () => {
    const tones = (tone: GaugeLook['tone']) => [0, 16, 18, 19].map(drawn(20, 0.75, { tone, limit: 0.95, soon: 1 }).tone)
    expect(tones('disk')).toEqual(['disk', 'disk2', 'disk2', 'limit'])
    expect(tones('warn')).toEqual(['warn', 'warn2', 'warn2', 'warn'])
    expect(tones('crit')).toEqual(['crit', 'crit2', 'crit2', 'crit'])
    // An old value has one tone only.
    expect(tones('unknown')).toEqual(['unknown', 'unknown', 'unknown', 'limit'])
  })
})
