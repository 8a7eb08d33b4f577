import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHECK_PANELS } from '../../../../src/ui/check-layout.ts'
import type { Look } from '../../../../src/ui/paint/look.ts'
import type { Panel } from '../../../../src/ui/panels/panel.ts'
import { panelOf } from '../../../../src/ui/panels/registry.ts'
import { checkNext } from '../../../../src/ui/rows/check-next.ts'
import { checkNow } from '../../../../src/ui/rows/check-now.ts'
import { API, BACKUP, CERTS, MAIL, NGINX, OUTBOX, QUEUE, resultOf, SHOP } from '../../../fixtures/checks.ts'
import { frameOf } from '../../../fixtures/frame.ts'
import { ASCII_LOOK, canvas, isPrintable, OPEN_LOOK, UNICODE_LOOK, VIEW } from '../../lists.ts'

/** As long as anything that passes text safety may be, and in wide characters. */
const LONG = '日本語 '.repeat(300)
const WILD = {
  ...API,
  definition: { ...API.definition, name: 'wild', target: LONG, depends: ['nobody', 'mail'] },
  error: LONG,
  last: resultOf('wild', {
    state: 'down',
    error: LONG,
    phases: { dns: 0, transfer: 0 },
    expectations: [{ name: LONG, met: false, found: LONG, wanted: LONG }],
    headers: [{ name: LONG, value: LONG }],
    facts: [{ name: LONG, value: LONG }],
    certificate: {
      certificates: Array.from({ length: 12 }, () => ({
        subject: LONG,
        issuer: LONG,
        fromMs: 0,
        untilMs: 1,
        names: [LONG],
      })),
      trusted: false,
      distrust: LONG,
    },
  }),
  changes: API.changes.map((change) => ({ ...change, error: LONG, reason: LONG })),
}
const CHECKS = [API, BACKUP, CERTS, MAIL, NGINX, OUTBOX, QUEUE, SHOP, WILD]
const FRAME = frameOf({ checks: CHECKS })
const NAMES = [...CHECKS.map(({ definition }) => definition.name), 'removed']
const looks = fc.constantFrom(UNICODE_LOOK, OPEN_LOOK, ASCII_LOOK)
const sizes = { columns: fc.integer({ min: 1, max: 210 }), rows: fc.integer({ min: 1, max: 60 }) }

/** What stays unpainted is seen: in ASCII `#` is a bar, too. */
const isPainted = (chars: readonly string[], look: Look) => look === ASCII_LOOK || !chars.includes('#')

test('every panel of the page paints all of its cells and nothing else, at any size, in its place and in full', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CHECK_PANELS),
      fc.constantFrom(...NAMES),
      looks,
      sizes.columns,
      sizes.rows,
      fc.boolean(),
      fc.constantFrom('area', 'line'),
      (id, name, look, columns, rows, full, chart) => {
        const panel = panelOf(id) as Panel
        const view = {
          ...VIEW,
          focused: true,
          full,
          chart: chart as 'area' | 'line',
          check: { name },
          offset: 3,
          selected: 4,
        }
        const { grid, surface } = canvas(columns, rows)
        const paint = (full ? panel.paintFull : undefined) ?? panel.paint
        const data = panel.select(FRAME, view)
        paint.call(panel, surface, data, look, view)
        expect(isPainted(grid.chars, look)).toBe(true)
        expect(isPrintable(grid)).toBe(true)
        const list = panel.rows?.(data, surface, look, view)
        expect(list === undefined || (list.total >= 0 && list.visible >= 0)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})

test('so do the two rows about the check', () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), looks, sizes.columns, (name, look, columns) => {
      for (const row of [checkNow, checkNext]) {
        const { grid, surface } = canvas(columns, 1)
        row(surface, FRAME, look, { name })
        expect(grid.chars).not.toContain('#')
        expect(isPrintable(grid)).toBe(true)
      }
    }),
  )
})
