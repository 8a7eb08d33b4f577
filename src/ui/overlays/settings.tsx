import { Box } from 'ink'
import { textWidth, truncate } from '../../lib/text.ts'
import { SETTINGS, type Setting } from '../commands/settings.ts'
import type { ViewState } from '../state.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Choice, Dialog, Ink } from './dialog.tsx'
import { DIALOG_SIDES } from './dialog-size.ts'
import { listed } from './listed.ts'

interface SettingsProps {
  readonly state: ViewState
  readonly selected: number
  readonly glyphs: Glyphs
  /** The file in which all of this is remembered. */
  readonly memory: string
}

const MOST = 66
const NAME = 16
/** Rule, help and where it is remembered. */
const BELOW = 3

/** What a person's screen is like: one choice a row, taken at once. */
export function SettingsOverlay({ state, selected, glyphs, memory }: SettingsProps) {
  const { columns, rows } = state
  const width = Math.min(MOST, columns - DIALOG_SIDES)
  const { first, count } = listed(SETTINGS.length, selected, rows - 4 - BELOW)
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={width}
      height={count + BELOW}
      title="Settings"
      keys={[
        { key: glyphs.ascii ? 'up down' : '↑ ↓', name: 'row' },
        { key: glyphs.ascii ? 'left right' : '← →', name: 'change' },
        { key: 'Esc', name: 'close' },
      ]}
      glyphs={glyphs}
    >
      {SETTINGS.slice(first, first + count).map((setting, index) => (
        <Row
          key={setting.name}
          setting={setting}
          state={state}
          width={width}
          selected={first + index === selected}
          glyphs={glyphs}
        />
      ))}
      <Ink token="line">{glyphs.horizontal.repeat(width)}</Ink>
      <Ink token="text">{truncate(` ${SETTINGS[selected]?.help(state) ?? ''}`, width, glyphs.ellipsis)}</Ink>
      <Ink token="dim">{truncate(` remembered in ${memory}`, width, glyphs.ellipsis)}</Ink>
    </Dialog>
  )
}

function Row({
  setting,
  state,
  width,
  selected,
  glyphs,
}: {
  readonly setting: Setting
  readonly state: ViewState
  readonly width: number
  readonly selected: boolean
  readonly glyphs: Glyphs
}) {
  const bg = selected ? 'selected' : 'overlay'
  const chosen = setting.chosen(state)
  const words = setting.choices(state)
  const fits = words.reduce((sum, word) => sum + textWidth(word) + 2, 0) <= width - NAME - 2
  return (
    <Choice selected={selected} columns={width} glyphs={glyphs}>
      <Ink token={selected ? 'bright' : 'text'} bg={bg} bold={selected}>
        {` ${setting.name.padEnd(NAME)}`}
      </Ink>
      {!fits && (
        <Ink token="bright" bg={bg} bold>
          {` ${glyphs.ascii ? '<' : '‹'} ${words[chosen] ?? ''} ${glyphs.ascii ? '>' : '›'}`}
        </Ink>
      )}
      {(fits ? words : []).map((word, index) => (
        <Box key={word}>
          {setting.dialog === undefined && index === chosen ? (
            <Ink token={selected ? 'onBadge' : 'bright'} bg={selected ? 'accent' : 'selected'} bold>
              {glyphs.ascii ? `[${word}]` : selected ? `‹${word}›` : ` ${word} `}
            </Ink>
          ) : (
            <Ink token={setting.dialog === undefined ? 'dim' : 'text'} bg={bg}>{` ${word} `}</Ink>
          )}
        </Box>
      ))}
    </Choice>
  )
}
