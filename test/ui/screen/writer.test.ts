import { Unicode11Addon } from '@xterm/addon-unicode11'
import { type IBufferCell, type IBufferLine, Terminal } from '@xterm/headless'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Grid } from '../../../src/ui/screen/grid.ts'
import { Sgr } from '../../../src/ui/screen/sgr.ts'
import { background, foreground, isBold, type Style, style } from '../../../src/ui/screen/style.ts'
import { Differ } from '../../../src/ui/screen/writer.ts'
import { type Depth, PALETTES, rgb } from '../../../src/ui/theme/palette.ts'

/** Graphemes of widths on which Unicode 11 and later agree. */
const NARROW = [
  ' ',
  'a',
  '~',
  '⣿',
  '⠁',
  '─',
  '▁',
  '█',
  '●',
  '…',
  'é',
  'ж',
  'e\u0301',
  'a\u0308\u0323',
  ' \u0301',
  '\ufffd',
]
const WIDE = ['日', '本', '한', '🙂', '🚀', '，']
const STYLES: readonly Style[] = [
  0,
  style('text'),
  style('dim'),
  style('bright', { bold: true }),
  style('cpuF', { bg: 'cpu3' }),
  style('crit', { bg: 'selected', bold: true }),
  style('text', { bg: 'selected' }),
  style('onBadge', { bg: 'warn' }),
  style('mem', { reverse: true }),
  style('dim', { underline: true }),
  style('text', { bg: 'overlay' }),
]

class Emulator {
  readonly terminal: Terminal

  constructor(columns: number, rows: number, unicode11 = true) {
    this.terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 })
    // The alternate screen is where the dashboard lives, and it does not reflow.
    this.terminal.write('\x1b[?1049h')
    if (!unicode11) return
    this.terminal.loadAddon(new Unicode11Addon())
    this.terminal.unicode.activeVersion = '11'
  }

  write(text: string): Promise<void> {
    return new Promise((done) => this.terminal.write(text, done))
  }

  cell(x: number, y: number): IBufferCell {
    return this.line(y)?.getCell(x) as IBufferCell
  }

  /** What a person sees, a line of facts a cell: colour and weight of a space do not show. */
  screen(): string[] {
    const lines: string[] = []
    for (let y = 0; y < this.terminal.rows; y++)
      for (let x = 0; x < this.terminal.cols; x++) lines.push(`${x},${y} ${seen(this.cell(x, y))}`)
    return lines
  }

  rowText(y: number): string {
    return this.line(y)?.translateToString() ?? ''
  }

  private line(y: number): IBufferLine | undefined {
    const buffer = this.terminal.buffer.active
    return buffer.getLine(buffer.baseY + y)
  }
}

function seen(cell: IBufferCell): string {
  const chars = cell.getWidth() === 0 ? '' : cell.getChars() || ' '
  const fg = `${cell.getFgColorMode()}:${cell.getFgColor()}:${cell.isDim() !== 0}`
  const lit = cell.isInverse() !== 0 || cell.isUnderline() !== 0
  return JSON.stringify([
    chars,
    cell.getWidth(),
    `${cell.getBgColorMode()}:${cell.getBgColor()}`,
    cell.isInverse() !== 0,
    cell.isUnderline() !== 0,
    ...(chars === ' ' && !lit ? [] : [fg]),
    ...(chars === ' ' ? [] : [cell.isBold() !== 0]),
  ])
}

/** The same grid by brute force: every cell placed and styled on its own, on an emulator that showed nothing before. */
async function plainly(grid: Grid, sgr: Sgr): Promise<Emulator> {
  const emulator = new Emulator(grid.columns, grid.rows)
  let text = '\x1b[?7l'
  for (let y = 0; y < grid.rows; y++)
    for (let x = 0; x < grid.columns; x++) {
      const at = y * grid.columns + x
      if (grid.chars[at] !== '') text += `\x1b[${y + 1};${x + 1}H${sgr.of(grid.styles[at] as Style)}${grid.chars[at]}`
    }
  await emulator.write(text)
  return emulator
}

interface Change {
  readonly x: number
  readonly y: number
  readonly run: number
  readonly grapheme: { readonly text: string; readonly width: 1 | 2 }
  readonly packed: Style
}

interface Step {
  readonly resize: { readonly columns: number; readonly rows: number } | null
  readonly disturbance: string | null
  readonly changes: readonly Change[]
}

const change: fc.Arbitrary<Change> = fc.record({
  x: fc.nat(23),
  y: fc.nat(5),
  run: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 24 })),
  grapheme: fc.oneof(
    { weight: 2, arbitrary: fc.constant({ text: ' ', width: 1 as const }) },
    { weight: 5, arbitrary: fc.constantFrom(...NARROW).map((text) => ({ text, width: 1 as const })) },
    { weight: 2, arbitrary: fc.constantFrom(...WIDE).map((text) => ({ text, width: 2 as const })) },
  ),
  packed: fc.oneof(fc.constant(0), fc.constantFrom(...STYLES)),
})

const step: fc.Arbitrary<Step> = fc.record({
  resize: fc.option(fc.record({ columns: fc.integer({ min: 1, max: 24 }), rows: fc.integer({ min: 1, max: 6 }) }), {
    freq: 6,
  }),
  disturbance: fc.option(fc.constantFrom('junk\x1b[41mhere', '\x1b[2J', '\x1b[3;5H日日日日\x1b[7m'), { freq: 6 }),
  changes: fc.array(change, { maxLength: 12 }),
})

function next(from: Grid, columns: number, rows: number, changes: readonly Change[]): Grid {
  const grid = new Grid(columns, rows)
  if (from.columns === columns && from.rows === rows) grid.copyFrom(from)
  for (const { x, y, run, grapheme, packed } of changes)
    for (let i = 0; i < run; i += grapheme.width)
      if (x + i < columns) grid.put(x + i, y, grapheme.text, grapheme.width, packed)
  return grid
}

test.each<Depth>(['truecolor', '256', '16', 'mono'])(
  'after any sequence of frames, sizes and disturbances the terminal shows the grid (%s)',
  async (depth) => {
    const sgr = new Sgr(PALETTES.dark, depth)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const emulator = new Emulator(16, 4)
        const differ = new Differ(sgr)
        let grid = new Grid(16, 4)
        for (const { resize, disturbance, changes } of steps) {
          const { columns, rows } = resize ?? grid
          emulator.terminal.resize(Math.max(2, columns), rows)
          if (disturbance !== null) {
            await emulator.write(disturbance)
            differ.forget()
          }
          grid = next(grid, Math.max(2, columns), rows, changes)
          await emulator.write(differ.diff(grid))
          expect(differ.diff(grid)).toBe('')
          expect(emulator.screen()).toEqual((await plainly(grid, sgr)).screen())
        }
      }),
      { numRuns: 60 },
    )
  },
)

test('text and colours are those of the theme', async () => {
  const grid = new Grid(12, 2)
  const styles = [style('cpu', { bold: true }), style('dim', { bg: 'selected' })]
  for (const [y, packed] of styles.entries()) for (let x = 0; x < 12; x++) grid.put(x, y, x % 2 ? '⣿' : 'x', 1, packed)
  const emulator = new Emulator(12, 2)
  await emulator.write(new Differ(new Sgr(PALETTES.light, 'truecolor')).diff(grid))
  for (const [y, packed] of styles.entries()) {
    const cell = emulator.cell(5, y)
    const colour = (value: number) => `#${value.toString(16).padStart(6, '0')}`
    expect(cell.getChars()).toBe('⣿')
    expect(colour(cell.getFgColor())).toBe(rgb(PALETTES.light, foreground(packed)))
    expect(cell.isBold() !== 0).toBe(isBold(packed))
    const bg = background(packed)
    if (bg === undefined) expect(cell.isBgDefault()).toBe(true)
    else expect(colour(cell.getBgColor())).toBe(rgb(PALETTES.light, bg))
  }
})

test('a terminal that gives emoji one column keeps everything else in its place', async () => {
  const emulator = new Emulator(12, 1, false)
  const differ = new Differ(new Sgr(PALETTES.dark, '256'))
  const before = new Grid(12, 1)
  for (const [x, char] of [...'abcdefghijkl'].entries()) before.put(x, 0, char, 1, 0)
  await emulator.write(differ.diff(before))
  const after = next(before, 12, 1, [])
  after.put(3, 0, '🚀', 2, 0)
  after.put(5, 0, 'X', 1, 0)
  await emulator.write(differ.diff(after))
  expect(emulator.rowText(0)).toBe('abc🚀 Xghijkl')
})

/** What a second frame writes, without what every frame begins and ends with. */
function written(before: string, after: string, look: (x: number) => Style = () => 0): string {
  const fill = (text: string) => {
    const grid = new Grid(20, 2)
    for (const [x, char] of [...text].entries()) grid.put(x, 0, char, 1, look(x))
    return grid
  }
  const differ = new Differ(new Sgr(PALETTES.dark, '16'))
  differ.diff(fill(before))
  const text = differ.diff(fill(after))
  expect(text.startsWith('\x1b[?2026h\x1b[?7l')).toBe(true)
  expect(text.endsWith('\x1b[?7h\x1b[?2026l')).toBe(true)
  return text.slice(13, -13).replaceAll('\x1b', 'ESC')
}

test('only what differs is written, with the shortest way to it', () => {
  expect(written('cpu 41 %', 'cpu 42 %')).toBe('ESC[1;6H2')
  expect(written('abcdefghijk', 'XbcdXfghijX')).toBe('ESC[HXbcdXESC[5CX')
  expect(written('abcdefghijk', 'XbcdefghijX')).toBe('ESC[HXESC[9CX')
  expect(written('abcdefghijk', 'abcd')).toBe('ESC[1;5HESC[K')
  expect(written('abcdef', 'abcd')).toBe('ESC[1;5H  ')
  expect(written('⠁⠁⠁', '⣿⣿⣿')).toBe('ESC[H⣿⣿⣿')
  expect(written('жxxж', 'Жyyж')).toBe('ESC[HЖESC[1;2Hyy')
})

test('styles are set only where they change, and not for spaces', () => {
  const look = (x: number) => (x < 3 ? style('cpu') : style('dim'))
  expect(written('abcdefgh', 'ABC  FGH', look)).toBe('ESC[HESC[94mABC  ESC[90mFGHESC[m')
  expect(written('abc', 'AbC', (x) => (x === 1 ? style('dim') : style('cpu')))).toBe('ESC[HESC[94mAESC[CCESC[m')
  expect(written('abc', 'AbC', () => style('cpu'))).toBe('ESC[HESC[94mAbCESC[m')
})

test('control and bidi characters never reach the terminal', () => {
  for (const char of ['\x1b', '\n', '\x07', '\x7f', '\x9b', 'e\x1b[2J', '\u202e', 'a\u2066']) {
    const grid = new Grid(4, 1)
    grid.put(1, 0, char, 1, 0)
    const text = new Differ(new Sgr(PALETTES.dark, 'mono')).diff(grid)
    expect(text).toContain('\ufffd')
    expect(text.replace(/\x1b\[[?\d;]*[A-Za-z]/g, '')).not.toMatch(/\p{Cc}|\p{Cf}/u)
  }
})
