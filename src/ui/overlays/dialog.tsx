import { Box, Text } from 'ink'
import type { ReactNode } from 'react'
import { textWidth, truncate } from '../../lib/text.ts'
import { tokenColor } from '../screen/base.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import type { Token } from '../theme/tokens.ts'
import { DIALOG_SIDES } from './dialog-size.ts'

const OVERLAY = tokenColor('overlay')

/** Text of one token on the overlay's background. */
export function Ink({ token = 'text', bg = 'overlay', bold = false, children }: InkProps) {
  return (
    <Text color={tokenColor(token)} backgroundColor={tokenColor(bg)} bold={bold} wrap="truncate">
      {children}
    </Text>
  )
}

interface InkProps {
  readonly token?: Token
  readonly bg?: Token
  readonly bold?: boolean
  readonly children: ReactNode
}

export interface DialogProps {
  /** The screen's. */
  readonly columns: number
  readonly rows: number
  /** The dialog's content, frame and air not counted. */
  readonly width: number
  readonly height: number
  readonly title: string
  /** At the right end of the top border, where there is room. */
  readonly note?: string
  /** In the bottom border: what the keys do here. */
  readonly keys: readonly { readonly key: string; readonly name: string }[]
  /** `warn` when it does harm. */
  readonly tone?: Token
  readonly glyphs: Glyphs
  readonly children: ReactNode
}

/**
 * A centred box over the panels (look: "Overlays"): rounded frame, filled, one cell of air at each side. Its size is told, not measured,
 * so that the frame can be text on the overlay's own background, with title and keys in it.
 */
export function Dialog(props: DialogProps) {
  const { columns, rows, width, height, title, note = '', keys, tone = 'accent', glyphs, children } = props
  const outer = Math.min(columns, width + DIALOG_SIDES)
  const inner = outer - 4
  const tall = Math.min(rows, height + 2)
  const { corner, horizontal, vertical } = glyphs
  const heading = truncate(title, inner - 4)
  const spare = inner - 2 - textWidth(heading)
  const said = note !== '' && spare >= textWidth(note) + 4 ? ` ${note} ` : ''
  const hints = fitting(keys, inner - 4)
  const hintColumns = hints.reduce((sum, { key, name }) => sum + textWidth(key) + textWidth(name) + 3, -2)
  const side = Array.from({ length: Math.max(0, tall - 2) }, () => vertical).join('\n')
  const air = Array.from({ length: tall }, () => ' ').join('\n')
  return (
    <Box
      position="absolute"
      marginLeft={Math.max(0, Math.floor((columns - outer) / 2))}
      marginTop={Math.max(0, Math.floor((rows - tall) / 2))}
      width={outer}
      height={tall}
      backgroundColor={OVERLAY}
    >
      <Ink>{air}</Ink>
      <Box flexDirection="column" width={outer - 2} height={tall}>
        <Box height={1}>
          <Ink token={tone}>{`${corner.topLeft} `}</Ink>
          <Ink token={tone} bold>
            {heading}
          </Ink>
          <Ink token={tone}>{` ${horizontal.repeat(Math.max(0, spare - textWidth(said)))}`}</Ink>
          {said !== '' && <Ink token="dim">{said}</Ink>}
          <Ink token={tone}>{corner.topRight}</Ink>
        </Box>
        <Box height={Math.max(0, tall - 2)}>
          <Ink token={tone}>{side}</Ink>
          <Box
            flexDirection="column"
            width={inner}
            height={Math.max(0, tall - 2)}
            paddingX={1}
            overflowY="hidden"
            backgroundColor={OVERLAY}
          >
            {children}
          </Box>
          <Ink token={tone}>{side}</Ink>
        </Box>
        <Box height={1}>
          <Ink token={tone}>{`${corner.bottomLeft}${horizontal.repeat(Math.max(0, inner - hintColumns - 2))} `}</Ink>
          {hints.map(({ key, name }, index) => (
            <Box key={key + name}>
              <Ink token="accent" bold>
                {`${index > 0 ? '  ' : ''}${key}`}
              </Ink>
              <Ink token="dim">{` ${name}`}</Ink>
            </Box>
          ))}
          <Ink token={tone}>{` ${corner.bottomRight}`}</Ink>
        </Box>
      </Box>
      <Ink>{air}</Ink>
    </Box>
  )
}

function fitting(keys: DialogProps['keys'], columns: number): DialogProps['keys'] {
  const result: { key: string; name: string }[] = []
  let used = 0
  for (const { key, name } of [...keys].reverse()) {
    used += textWidth(key) + textWidth(name) + 3
    if (used - 2 > columns) break
    result.unshift({ key, name })
  }
  return result
}

/** A row of a list in a dialog: selected rows have their own background and a bar at the left edge. */
export function Choice({
  selected,
  columns,
  glyphs,
  children,
}: {
  readonly selected: boolean
  readonly columns: number
  readonly glyphs: Glyphs
  readonly children: ReactNode
}) {
  return (
    <Box width={columns} height={1} backgroundColor={tokenColor(selected ? 'selected' : 'overlay')}>
      <Ink token="accent" bg={selected ? 'selected' : 'overlay'}>
        {selected ? glyphs.selection : ' '}
      </Ink>
      {children}
    </Box>
  )
}
