import { Box } from 'ink'
import { textWidth, truncate } from '../../lib/text.ts'
import { keyText } from '../key-text.ts'
import type { KeyBinding } from '../keys.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import type { Token } from '../theme/tokens.ts'
import { DIALOG_SIDES, Dialog, Ink } from './dialog.tsx'

interface HelpProps {
  readonly columns: number
  readonly rows: number
  /** First line shown. */
  readonly offset: number
  readonly glyphs: Glyphs
  readonly bindings: readonly KeyBinding[]
  readonly version: string
}

interface Line {
  readonly left: string
  readonly right: string
  readonly tone: Token
  readonly heading?: boolean
}

const LEFT = 12
const COLUMN = 38
const LEAST_COLUMN = 32
const BLANK: Line = { left: '', right: '', tone: 'text' }

/** All keys, from the one table, and how to read the screen. Scrolls where it does not fit. */
export function HelpOverlay({ columns, rows, offset, glyphs, bindings, version }: HelpProps) {
  const count = Math.max(1, Math.min(3, Math.floor((columns - DIALOG_SIDES) / LEAST_COLUMN)))
  const width = Math.min(COLUMN, Math.floor((columns - DIALOG_SIDES) / count))
  const parts = [
    [...group('Move', bindings, glyphs)],
    [
      ...group('Processes', bindings, glyphs),
      BLANK,
      ...group('View', bindings, glyphs),
      BLANK,
      ...group('Program', bindings, glyphs),
    ],
    [...legend(glyphs), BLANK, { left: '', right: `healthtop ${version}`, tone: 'dim' as Token }],
  ]
  const lines = inColumns(parts, count)
  const height = Math.min(lines.length, rows - 2)
  const from = Math.min(offset, Math.max(0, lines.length - height))
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={count * width}
      height={height}
      title="Help"
      keys={[
        ...(lines.length > height ? [{ key: glyphs.ascii ? 'up down' : '↑ ↓', name: 'more' }] : []),
        { key: 'Esc', name: 'close' },
      ]}
      glyphs={glyphs}
    >
      {lines.slice(from, from + height).map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <Box key={index} height={1}>
          {row.map((line, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same
            <Box key={column} width={width} height={1}>
              <Ink token={line.heading ? 'bright' : line.tone} bold={line.heading === true}>
                {padded(line.left, LEFT)}
              </Ink>
              <Ink token={line.tone === 'dim' ? 'dim' : 'text'}>
                {truncate(line.right, width - LEFT - 1, glyphs.ellipsis)}
              </Ink>
            </Box>
          ))}
        </Box>
      ))}
    </Dialog>
  )
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)))
}

/** Lines of up to `count` columns side by side; the rest goes below. */
function inColumns(parts: readonly (readonly Line[])[], count: number): (readonly Line[])[] {
  const stacks: Line[][] = Array.from({ length: count }, () => [])
  for (const part of parts) {
    const shortest = stacks.reduce((least, stack) => (stack.length < least.length ? stack : least))
    if (shortest.length > 0) shortest.push(BLANK)
    shortest.push(...part)
  }
  const height = Math.max(...stacks.map((stack) => stack.length))
  return Array.from({ length: height }, (_, index) => stacks.map((stack) => stack[index] ?? BLANK))
}

function group(name: KeyBinding['group'], bindings: readonly KeyBinding[], glyphs: Glyphs): Line[] {
  const lines = bindings
    .filter((binding) => binding.group === name)
    .map(
      ({ keys, help }): Line => ({
        left: keys.length > 3 ? `${keys[0]} … ${keys.at(-1)}` : keys.map((key) => keyText(key, glyphs)).join(' '),
        right: help,
        tone: 'accent',
      }),
    )
  const plain = glyphs.ascii
    ? lines.map((line) => ({ ...line, left: line.left.replace('…', '-'), right: line.right.replace(' …', '') }))
    : lines
  return [{ left: name, right: '', tone: 'bright', heading: true }, ...plain]
}

function legend(glyphs: Glyphs): Line[] {
  const { gauge } = glyphs
  return [
    { left: 'How to read it', right: '', tone: 'bright', heading: true },
    { left: glyphs.critical, right: 'critical: act', tone: 'crit' },
    { left: glyphs.warning, right: 'warning: look', tone: 'warn' },
    { left: glyphs.well, right: 'well', tone: 'ok' },
    { left: glyphs.unknown, right: 'not known', tone: 'unknown' },
    { left: glyphs.event, right: 'something happened', tone: 'text' },
    { left: gauge.used.repeat(5) + gauge.rest.repeat(2) + gauge.limit, right: 'used, left, limit', tone: 'disk' },
    { left: `${glyphs.now} now`, right: 'left of it is the past', tone: 'dim' },
    { left: 'stalled', right: 'time tasks had to wait', tone: 'text' },
    { left: 'CPU %', right: 'panel: all cores', tone: 'text' },
    { left: '', right: 'process: one core', tone: 'text' },
    { left: glyphs.zero, right: 'zero', tone: 'faint' },
  ]
}
