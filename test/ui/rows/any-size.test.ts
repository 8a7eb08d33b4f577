import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeText } from '../../../src/lib/text.ts'
import { EVENT_KINDS } from '../../../src/model/event.ts'
import type { Frame } from '../../../src/model/frame.ts'
import { footer } from '../../../src/ui/rows/footer.ts'
import { header } from '../../../src/ui/rows/header.ts'
import { next } from '../../../src/ui/rows/next.ts'
import { now } from '../../../src/ui/rows/now.ts'
import { tiny } from '../../../src/ui/rows/tiny.ts'
import { AHEAD, limitOf } from '../../fixtures/limits.ts'
import { ASCII_LOOK, canvas, isPrintable, NOW, OPEN_LOOK, quiet, UNICODE_LOOK } from '../lists.ts'

const words = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => safeText(text))
const verdict = fc.constantFrom('critical', 'warning', 'ok', 'unknown')

const frames = fc
  .record({
    verdict,
    name: words,
    reasons: fc.array(
      fc.record({ verdict, subject: words, text: words, cause: words, sinceMs: fc.integer({ min: 0, max: 2 * NOW }) }),
      { maxLength: 8 },
    ),
    events: fc.array(
      fc.record({
        wallMs: fc.integer({ min: 0, max: NOW }),
        kind: fc.constantFrom(...EVENT_KINDS),
        level: fc.constantFrom('critical', 'warning', 'ok', 'unknown', 'event'),
        subject: words,
        text: words,
        cause: words,
      }),
      { maxLength: 8 },
    ),
    forecasts: fc.array(
      fc.record({ at: fc.nat(AHEAD.length - 1), subject: words, cause: words }).map(({ at, ...parts }) => ({
        ...limitOf(AHEAD[at]),
        ...parts,
      })),
      { maxLength: 8 },
    ),
  })
  .map(({ name, ...parts }): Frame => quiet({ ...parts, host: { name, os: name, cores: 1, bootMs: 0 } }))

test('any frame at any size leaves nothing but printable cells', () => {
  fc.assert(
    fc.property(
      frames,
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 120 }),
      fc.constantFrom(UNICODE_LOOK, OPEN_LOOK, ASCII_LOOK),
      fc.constantFrom('live' as const, 'paused' as const),
      (frame, columns, rows, look, mode) => {
        const options = { mode, nowMs: NOW }
        const painted = (height: number, paint: (surface: ReturnType<typeof canvas>['surface']) => void) => {
          const { grid, surface } = canvas(columns, height)
          paint(surface)
          expect(isPrintable(grid)).toBe(true)
        }
        painted(1, (surface) => header(surface, frame, look, options))
        painted(1, (surface) => now(surface, frame, look))
        painted(1, (surface) => next(surface, frame, look, { sinceMs: 0 }))
        painted(1, (surface) =>
          footer(surface, look, { keys: [{ key: '?', name: frame.host.name, command: 'help' }], notice: '' }),
        )
        painted(rows, (surface) => tiny(surface, frame, look, options))
      },
    ),
    { numRuns: 80 },
  )
})
