import { Box } from 'ink'
import { truncate } from '../../lib/text.ts'
import { moment, span } from '../../lib/units.ts'
import { type SilenceChoice, silenceChoices } from '../commands/silence-choices.ts'
import type { AlertOverlay } from '../state.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Choice, Dialog, type DialogProps, Ink } from './dialog.tsx'
import { DIALOG_SIDES } from './dialog-size.ts'
import { TypedText } from './query-line.tsx'

export interface AlertDialogProps {
  readonly columns: number
  readonly rows: number
  readonly overlay: AlertOverlay
  readonly glyphs: Glyphs
}

const WIDTH = 58
const LABEL = 18

const TITLES: Readonly<Record<AlertOverlay['kind'], string>> = {
  acknowledge: 'Acknowledge',
  unacknowledge: 'Take the acknowledgement back',
  silence: 'Silence',
}

/** What happens next. */
const MEANINGS: Readonly<Record<AlertOverlay['kind'], string>> = {
  acknowledge: 'it fires on, and nobody is told of it again',
  unacknowledge: 'it counts as new again',
  silence: 'of this rule and series; it stays in the log',
}

function keysOf({ kind }: AlertOverlay, { ascii }: Glyphs): DialogProps['keys'] {
  const send = { acknowledge: 'acknowledge', unacknowledge: 'take back', silence: 'silence' }[kind]
  const move = kind === 'silence' ? [{ key: ascii ? 'up down' : '↑ ↓', name: 'choose' }] : []
  return [...move, { key: 'Enter', name: send }, { key: 'Esc', name: 'cancel' }]
}

/** Asks before something is made of an alert: which it is, a note or for how long, and what became of it when it was refused. */
export function AlertDialog({ columns, rows, overlay, glyphs }: AlertDialogProps) {
  const { kind, of, openedMs, note, refused, sending } = overlay
  const width = Math.max(1, Math.min(WIDTH, columns - DIALOG_SIDES))
  const choices = kind === 'silence' ? silenceChoices(of, openedMs) : []
  const body = kind === 'silence' ? choices.length : kind === 'acknowledge' ? 1 : 0
  const cut = (text: string) => truncate(text, width, glyphs.ellipsis)
  const since = `firing since ${moment(of.firedMs ?? of.sinceMs, openedMs)}, ${span((openedMs - (of.firedMs ?? of.sinceMs)) / 1000)}`
  const air = rows >= body + 8
  const below = refused ?? (sending ? glyphs.loading : MEANINGS[kind])
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={width}
      height={3 + body + (air ? (body > 0 ? 2 : 1) : 0)}
      title={TITLES[kind]}
      keys={keysOf(overlay, glyphs)}
      glyphs={glyphs}
    >
      <Ink token="bright" bold>
        {cut(`${of.subject} ${of.text}`)}
      </Ink>
      <Ink token="dim">{cut(`${of.name}, ${since}`)}</Ink>
      {air && <Ink> </Ink>}
      {kind === 'acknowledge' && (
        <TypedText columns={width} sign="note" query={note} hint="what is being done about it, or nothing" />
      )}
      {choices.map((choice, index) => (
        <Row key={choice.label} choice={choice} width={width} selected={index === overlay.selected} glyphs={glyphs} />
      ))}
      {air && body > 0 && <Ink> </Ink>}
      <Ink token={refused === undefined ? 'dim' : 'crit'}>
        {cut(refused === undefined ? below : `not done: ${below}`)}
      </Ink>
    </Dialog>
  )
}

interface RowProps {
  readonly choice: SilenceChoice
  readonly width: number
  readonly selected: boolean
  readonly glyphs: Glyphs
}

function Row({ choice: { label, help }, width, selected, glyphs }: RowProps) {
  const bg = selected ? 'selected' : 'overlay'
  return (
    <Choice selected={selected} columns={width} glyphs={glyphs}>
      <Box>
        <Ink token={selected ? 'bright' : 'text'} bg={bg} bold={selected}>{` ${label.padEnd(LABEL)}`}</Ink>
        <Ink token="dim" bg={bg}>
          {truncate(help, width - LABEL - 2, glyphs.ellipsis)}
        </Ink>
      </Box>
    </Choice>
  )
}
