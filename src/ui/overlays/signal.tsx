import { truncate } from '../../lib/text.ts'
import { SIGNALS } from '../../model/signals.ts'
import type { ActionBody, BodyProps } from './action-body.ts'
import { Choice, Ink } from './dialog.tsx'
import { listed } from './listed.ts'

/** Enough to see what people send without scrolling, and that there are more. */
const MOST = 11
const LEAST = 3
const NAME = 9

/** Choosing a signal: all that the system has, by name. */
export const signalBody: ActionBody = {
  title: 'Send a signal',
  preposition: 'to',
  participle: 'sent',
  harm: true,
  keys: ({ ascii }) => [
    { key: 'a-z', name: 'jump' },
    { key: ascii ? 'up down' : '↑ ↓', name: 'signal' },
  ],
  rows: () => ({ least: LEAST, most: Math.min(MOST, SIGNALS.length) }),
  position: ({ overlay, rows }) => (rows < SIGNALS.length ? `${overlay.selected + 1} of ${SIGNALS.length}` : undefined),
  Body: Signals,
}

function Signals({ overlay: { selected }, width, rows, glyphs }: BodyProps) {
  const { first, count } = listed(SIGNALS.length, selected, rows)
  return SIGNALS.slice(first, first + count).map(({ name, number, help }, index) => {
    const here = first + index === selected
    const bg = here ? 'selected' : 'overlay'
    return (
      <Choice key={name} selected={here} columns={width} glyphs={glyphs}>
        <Ink token={here ? 'bright' : 'text'} bg={bg} bold={here}>{` ${name.slice(3).padEnd(NAME)}`}</Ink>
        <Ink token="dim" bg={bg}>
          {truncate(`${String(number).padStart(2)}  ${help}`, width - NAME - 2, glyphs.ellipsis)}
        </Ink>
      </Choice>
    )
  })
}
