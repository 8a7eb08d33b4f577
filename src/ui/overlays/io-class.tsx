import { Box } from 'ink'
import { truncate } from '../../lib/text.ts'
import { IO_CLASSES, IO_LEVELS, levelOf } from '../commands/action-orders.ts'
import type { ActionBody, BodyProps } from './action-body.ts'
import { LABEL } from './action-body.ts'
import { Choice, Ink } from './dialog.tsx'
import { listed } from './listed.ts'

const NAME = 13

/** Choosing when a process may use the disks: a class, and a level where that has some. */
export const ioClassBody: ActionBody = {
  title: 'Set I/O class',
  preposition: 'of',
  participle: 'set',
  harm: false,
  keys: ({ ascii }) => [
    { key: ascii ? 'up down' : '↑ ↓', name: 'class' },
    { key: ascii ? 'left right' : '← →', name: 'level' },
  ],
  rows: () => ({ least: 2, most: IO_CLASSES.length + 2 }),
  Body: IoClasses,
}

function IoClasses({ overlay, width, rows, glyphs }: BodyProps) {
  const { selected } = overlay
  const spaced = rows >= IO_CLASSES.length + 2
  const { first, count } = listed(IO_CLASSES.length, selected, rows - (spaced ? 2 : 1))
  return (
    <>
      {IO_CLASSES.slice(first, first + count).map(({ id, name, help }, index) => {
        const here = first + index === selected
        const bg = here ? 'selected' : 'overlay'
        return (
          <Choice key={id} selected={here} columns={width} glyphs={glyphs}>
            <Ink token={here ? 'bright' : 'text'} bg={bg} bold={here}>{` ${name.padEnd(NAME)}`}</Ink>
            <Ink token="dim" bg={bg}>
              {truncate(help, width - NAME - 2, glyphs.ellipsis)}
            </Ink>
          </Choice>
        )
      })}
      {spaced && <Ink> </Ink>}
      {rows > 1 && <Levels overlay={overlay} />}
    </>
  )
}

/** All levels in a row; faint where the class has none. */
function Levels({ overlay }: Pick<BodyProps, 'overlay'>) {
  const levels = IO_CLASSES[overlay.selected]?.levels === true
  const level = levelOf(overlay)
  return (
    <Box height={1}>
      <Ink token={levels ? 'dim' : 'faint'}>{'level'.padEnd(LABEL + 1)}</Ink>
      <Ink token={levels ? 'dim' : 'faint'}>{'first '}</Ink>
      {Array.from({ length: IO_LEVELS }, (_, one) => {
        const here = levels && one === level
        const key = `${one}`
        return (
          <Ink
            key={key}
            token={here ? 'onBadge' : levels ? 'text' : 'faint'}
            bg={here ? 'accent' : 'overlay'}
            bold={here}
          >
            {` ${one} `}
          </Ink>
        )
      })}
      <Ink token={levels ? 'dim' : 'faint'}>{' last'}</Ink>
    </Box>
  )
}
