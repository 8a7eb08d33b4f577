import { PassThrough, Writable } from 'node:stream'
import chalk from 'chalk'
import { Box, render, Text } from 'ink'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { canvasColor, holes, parseBase, tokenColor } from '../../../src/ui/screen/base.ts'
import { type Grid, NO_OWNER } from '../../../src/ui/screen/grid.ts'
import { PLAIN, type Style, style } from '../../../src/ui/screen/style.ts'
import { TOKENS } from '../../../src/ui/theme/tokens.ts'

const COLUMNS = 40
const ROWS = 8

/** What Ink writes for a tree, as the dashboard uses it. */
function written(tree: ReactNode): string {
  chalk.level = 3
  let last = ''
  const stdout = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        last = String(chunk)
        done()
      },
    }),
    { columns: COLUMNS, rows: ROWS },
  )
  const instance = render(tree, {
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
    isScreenReaderEnabled: false,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
  })
  const output = last
  instance.unmount()
  return output
}

const draw = (tree: ReactNode): Grid => parseBase(written(tree), COLUMNS, ROWS)
const at = (grid: Grid, x: number, y: number) => grid.styles[y * grid.columns + x] as Style
const owner = (grid: Grid, x: number, y: number) => grid.owners[y * grid.columns + x]

const Canvas = ({ id }: { id: number }) => <Box flexGrow={1} backgroundColor={canvasColor(id)} />

test('canvases become holes, the texts between them stay', () => {
  const grid = draw(
    <Box width={COLUMNS} height={ROWS} flexDirection="column">
      <Text>head</Text>
      <Box flexGrow={1}>
        <Box width={15}>
          <Canvas id={1} />
        </Box>
        <Canvas id={255} />
      </Box>
      <Text>foot</Text>
    </Box>,
  )
  expect(grid.rowText(0).trimEnd()).toBe('head')
  expect(grid.rowText(7).trimEnd()).toBe('foot')
  expect(holes(grid)).toEqual(
    new Map([
      [1, { x: 0, y: 1, columns: 15, rows: 6 }],
      [255, { x: 15, y: 1, columns: 25, rows: 6 }],
    ]),
  )
  expect(owner(grid, 0, 0)).toBe(NO_OWNER)
  expect(at(grid, 3, 3)).toBe(PLAIN)
})

test('a dialog over a canvas takes cells from its hole, not from the rectangle it spans', () => {
  const grid = draw(
    <Box width={COLUMNS} height={ROWS}>
      <Canvas id={7} />
      <Box
        position="absolute"
        marginLeft={10}
        marginTop={2}
        width={12}
        height={3}
        backgroundColor={tokenColor('overlay')}
      >
        <Text color={tokenColor('accent')}>kill 日本?</Text>
      </Box>
    </Box>,
  )
  expect(holes(grid).get(7)).toEqual({ x: 0, y: 0, columns: COLUMNS, rows: ROWS })
  expect(owner(grid, 9, 2)).toBe(7)
  for (let x = 10; x < 22; x++) expect(owner(grid, x, 3)).toBe(NO_OWNER)
  expect(owner(grid, 22, 3)).toBe(7)
  expect(grid.rowText(2).slice(10, 18)).toBe('kill 日本?')
  expect(at(grid, 10, 2)).toBe(style('accent', { bg: 'overlay' }))
  expect(at(grid, 21, 4)).toBe(style('fg', { bg: 'overlay' }))
  expect(grid.chars[2 * COLUMNS + 16]).toBe('')
})

test('tokens and attributes come through Ink', () => {
  const grid = draw(
    <Box flexDirection="column" width={COLUMNS}>
      <Text color={tokenColor('cpuF')} backgroundColor={tokenColor('cpu3')} bold>
        bold<Text inverse>rev</Text>
      </Text>
      <Text>
        plain<Text underline>under</Text>
        <Text color={tokenColor('dim')}>dim</Text>
      </Text>
      <Box borderStyle="round" borderColor={tokenColor('line')} width={10} height={3} />
    </Box>,
  )
  expect(at(grid, 0, 0)).toBe(style('cpuF', { bg: 'cpu3', bold: true }))
  expect(at(grid, 5, 0)).toBe(style('cpuF', { bg: 'cpu3', bold: true, reverse: true }))
  expect(at(grid, 8, 0)).toBe(PLAIN)
  expect(at(grid, 4, 1)).toBe(PLAIN)
  expect(at(grid, 5, 1)).toBe(style('fg', { underline: true }))
  expect(at(grid, 10, 1)).toBe(style('dim'))
  expect(grid.rowText(2).trimEnd()).toBe('╭────────╮')
  expect(at(grid, 0, 3)).toBe(style('line'))
})

test('every token and every canvas id has a colour of its own', () => {
  const colours = [...TOKENS.map(tokenColor), ...Array.from({ length: 255 }, (_, i) => canvasColor(i + 1))]
  expect(new Set(colours).size).toBe(colours.length)
  for (const colour of colours) expect(colour).toMatch(/^#[0-9a-f]{6}$/)
  for (const id of [0, 256, -1, 1.5]) expect(() => canvasColor(id)).toThrow(RangeError)
})

test('what does not fit is dropped, what is missing is blank', () => {
  const grid = parseBase('abcdef\n日日日\nx\nbeyond', 5, 3)
  expect([0, 1, 2].map((y) => grid.rowText(y))).toEqual(['abcde', '日日 ', 'x    '])
  expect(parseBase('one', 4, 2).rowText(1)).toBe('    ')
})

test('resets and foreign sequences leave no trace', () => {
  const grid = parseBase(
    '\x1b[1;38;2;2;1;0;48;2;0;9;1ma\x1b[0mb\x1b[38;5;9;1mc\x1b[2K\x1b]8;;u\x07d\x1b[m\x1b[38;2;9;9;9me',
    6,
    1,
  )
  expect(grid.rowText(0)).toBe('abcde ')
  expect([...grid.owners]).toEqual([9, 0, 0, 0, 0, 0])
  expect([...grid.styles]).toEqual([
    style('text', { bold: true }),
    PLAIN,
    style('fg', { bold: true }),
    style('fg', { bold: true }),
    PLAIN,
    PLAIN,
  ])
})
