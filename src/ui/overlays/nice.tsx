import { Box } from 'ink'
import type { ReactNode } from 'react'
import { NICE_FIRST, NICE_LAST, niceWords } from '../commands/action-orders.ts'
import type { ActionBody, BodyProps } from './action-body.ts'
import { LABEL } from './action-body.ts'
import { Ink } from './dialog.tsx'

const VALUES = NICE_LAST - NICE_FIRST + 1
const FIRST = `${NICE_FIRST} first`
const LAST = `last ${NICE_LAST}`

/** Choosing a nice value on its scale: a column for each, the present one marked. */
export const niceBody: ActionBody = {
  title: 'Set nice',
  preposition: 'of',
  participle: 'set',
  harm: false,
  keys: ({ ascii }) => [{ key: ascii ? 'left right' : '← →', name: 'value' }],
  rows: () => ({ least: 1, most: 5 }),
  Body: Nice,
}

function Nice({ overlay, width, rows, glyphs }: BodyProps) {
  const value = overlay.value ?? 0
  const scaled = width >= LABEL + VALUES
  const line = (
    <Box key="new" height={1}>
      <Ink token="dim">{'new'.padEnd(LABEL)}</Ink>
      <Ink token="bright" bold>
        {String(value).padEnd(4)}
      </Ink>
      <Ink token="text">{niceWords(value)}</Ink>
    </Box>
  )
  const scale = (
    <Box key="scale" height={1}>
      <Ink>{' '.repeat(LABEL)}</Ink>
      {track({ overlay, glyphs }, value)}
    </Box>
  )
  const ends = (
    <Box key="ends" height={1}>
      <Ink token="dim">
        {' '.repeat(LABEL) + FIRST.padEnd(-NICE_FIRST) + '0'.padEnd(VALUES + NICE_FIRST - LAST.length) + LAST}
      </Ink>
    </Box>
  )
  const blank = <Ink key="blank"> </Ink>
  if (rows < 3 || !scaled) return line
  if (rows < 4) return [line, scale, ends]
  return rows < 5 ? [line, blank, scale, ends] : [line, blank, scale, ends, <Ink key="below"> </Ink>]
}

/** The scale up to the new value, the rest, and where it is now. */
function track({ overlay, glyphs }: Pick<BodyProps, 'overlay' | 'glyphs'>, value: number): ReactNode {
  const { gauge, tagged, now } = glyphs
  const present = new Set((overlay.current ?? overlay.targets).map(({ nice }) => nice))
  return Array.from({ length: VALUES }, (_, index) => {
    const here = NICE_FIRST + index
    if (here === value)
      return (
        <Ink key={here} token="accent" bold>
          {tagged}
        </Ink>
      )
    if (present.has(here))
      return (
        <Ink key={here} token="text">
          {now}
        </Ink>
      )
    return (
      <Ink key={here} token={here < value ? 'accent' : 'track'}>
        {here < value ? gauge.used : gauge.rest}
      </Ink>
    )
  })
}
