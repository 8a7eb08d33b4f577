import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ahead } from '../../../src/ui/panels/ahead.ts'
import { cpu } from '../../../src/ui/panels/cpu.ts'
import { disks } from '../../../src/ui/panels/disks.ts'
import { host } from '../../../src/ui/panels/host.ts'
import { memory } from '../../../src/ui/panels/memory.ts'
import { network } from '../../../src/ui/panels/network.ts'
import type { Panel } from '../../../src/ui/panels/panel.ts'
import { pressure } from '../../../src/ui/panels/pressure.ts'
import { firstFrame, frameOf, measured, NOW } from '../../fixtures/frame.ts'
import { AHEAD } from '../../fixtures/limits.ts'
import { ASCII_LOOK, canvas, isPrintable, OPEN_LOOK, UNICODE_LOOK, VIEW } from '../lists.ts'
import { manyCores, RICH } from './machines.ts'

const PANELS = [cpu, memory, disks, network, pressure, host, ahead] as readonly Panel[]
const FRAMES = [
  frameOf(),
  firstFrame(),
  frameOf({ values: { ...RICH, ...manyCores(64) }, forecasts: AHEAD }),
  frameOf({ values: { ...RICH, ...manyCores(256) } }),
  frameOf({ silent: true, wallMs: NOW + 41_000, measuredMs: measured(41_000, NOW + 41_000) }),
]

test('every panel paints all of its cells and nothing else, at any size, at home and in full', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PANELS),
      fc.constantFrom(...FRAMES),
      fc.constantFrom(UNICODE_LOOK, OPEN_LOOK, ASCII_LOOK),
      fc.integer({ min: 1, max: 210 }),
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      (panel, frame, look, columns, rows, full) => {
        const view = { ...VIEW, full }
        const { grid, surface } = canvas(columns, rows)
        const paint = (full ? panel.paintFull : undefined) ?? panel.paint
        paint.call(panel, surface, panel.select(frame, view), look, view)
        if (look !== ASCII_LOOK) expect(grid.chars).not.toContain('#')
        expect(isPrintable(grid)).toBe(true)
      },
    ),
    { numRuns: 400 },
  )
})
