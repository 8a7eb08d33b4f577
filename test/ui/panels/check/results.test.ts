import { expect, test } from 'vitest'
import type { CheckStatus } from '../../../../src/model/check.ts'
import { checkResults } from '../../../../src/ui/panels/check/results.ts'
import type { Panel } from '../../../../src/ui/panels/panel.ts'
import { foreground } from '../../../../src/ui/screen/style.ts'
import { API, pastOf, SHOP } from '../../../fixtures/checks.ts'
import { frameOf } from '../../../fixtures/frame.ts'
import { canvas, UNICODE_LOOK, VIEW } from '../../lists.ts'

/** Colours of the bars and of the marks below them. */
function tones(check: CheckStatus) {
  const view = { ...VIEW, check: { name: check.definition.name } }
  const { grid, surface } = canvas(64, 4)
  const panel = checkResults as unknown as Panel<never>
  panel.paint(surface, panel.select(frameOf({ checks: [check] }), view), UNICODE_LOOK, view)
  const row = (y: number) => new Set([...grid.styles.slice(y * 64 + 2, y * 64 + 62)].map(foreground))
  return { bars: row(1), marks: row(2) }
}

test('a time has the colour of a warning where it was too long, whatever else is wrong', () => {
  const degraded = pastOf(60, () => ({ state: 'degraded', latencyS: 0.04 }))
  const near = tones({ ...SHOP, results: degraded })
  expect([...near.bars]).toEqual(['cpu2'])
  expect([...near.marks]).toEqual(['warn'])
  const slow = tones({ ...API, results: pastOf(60, () => ({ state: 'degraded', latencyS: 0.8 })) })
  expect([...slow.bars]).toEqual(['warn'])
})
