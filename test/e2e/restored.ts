import { expect } from 'vitest'
import type { Terminal } from './terminal.ts'

/** The terminal is as a shell wants it: normal screen, cursor, autowrap, no mode of ours left on. */
export function expectRestored(terminal: Terminal): void {
  const { emulator, raw } = terminal
  expect(emulator.buffer.active.type).toBe('normal')
  const { bracketedPasteMode, mouseTrackingMode, synchronizedOutputMode, wraparoundMode } = emulator.modes
  expect({ bracketedPasteMode, mouseTrackingMode, synchronizedOutputMode, wraparoundMode }).toEqual({
    bracketedPasteMode: false,
    mouseTrackingMode: 'none',
    synchronizedOutputMode: false,
    wraparoundMode: true,
  })
  // The emulator does not tell of the cursor.
  expect(raw.lastIndexOf('\x1b[?25h')).toBeGreaterThan(raw.lastIndexOf('\x1b[?25l'))
}
