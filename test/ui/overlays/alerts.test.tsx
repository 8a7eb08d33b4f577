import { expect, test } from 'vitest'
import { mountInk } from '../../../src/ui/ink.tsx'
import { KEYS } from '../../../src/ui/keys/table.ts'
import { type AlertOverlay, INITIAL } from '../../../src/ui/state.ts'
import { typed } from '../../../src/ui/text-input.ts'
import { ASCII, UNICODE } from '../../../src/ui/theme/glyphs.ts'
import { NOW } from '../../fixtures/frame.ts'
import { FULL_ALERT } from '../alert-records.ts'

const ink = mountInk((error) => {
  throw error
})

function text(overlay: AlertOverlay, columns: number, rows: number, glyphs = UNICODE): string {
  const state = { ...INITIAL, columns, rows, overlay }
  const grid = ink.render({ state, glyphs, bindings: KEYS, version: '1.2.3', memory: '' })
  return Array.from({ length: rows }, (_, y) => grid.rowText(y).trimEnd()).join('\n')
}

const dialog = (kind: AlertOverlay['kind'], parts: Partial<AlertOverlay> = {}): AlertOverlay => ({
  kind,
  of: FULL_ALERT,
  openedMs: NOW,
  note: typed(''),
  selected: 0,
  ...parts,
})

const acknowledged = { ...FULL_ALERT, acknowledged: { alert: FULL_ALERT.id, atMs: NOW, note: '' } }
const silenced = { ...FULL_ALERT, silenced: { key: '', atMs: NOW, untilMs: NOW + 3_600_000 } }

const DIALOGS: Readonly<Record<string, AlertOverlay>> = {
  acknowledge: dialog('acknowledge'),
  'acknowledge-typed': dialog('acknowledge', { note: typed('deleting old logs') }),
  'acknowledge-refused': dialog('acknowledge', { refused: 'this alert is over' }),
  unacknowledge: dialog('unacknowledge', { of: acknowledged }),
  silence: dialog('silence', { selected: 1 }),
  'silence-silenced': dialog('silence', { of: silenced }),
}

for (const [name, overlay] of Object.entries(DIALOGS)) {
  test(`${name} at 80x24`, async () => {
    await expect(`${text(overlay, 80, 24)}\n`).toMatchFileSnapshot(`__snapshots__/alert-${name}-80x24.txt`)
  })
  test(`${name} is whole at any size, and in ASCII`, () => {
    for (const [columns, rows] of [
      [120, 40],
      [60, 20],
      [60, 10],
    ] as const) {
      expect(text(overlay, columns, rows)).toContain('Esc cancel')
    }
    expect(text(overlay, 80, 24, ASCII)).toMatch(/^[\x20-\x7e\n]*$/)
  })
}

test('on a screen that is too small nothing throws', () => {
  for (const [columns, rows] of [
    [20, 5],
    [3, 2],
    [1, 1],
  ] as const) {
    for (const overlay of Object.values(DIALOGS)) expect(() => text(overlay, columns, rows)).not.toThrow()
  }
})
