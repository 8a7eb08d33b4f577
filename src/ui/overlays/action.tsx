import { Box } from 'ink'
import { textWidth, truncate } from '../../lib/text.ts'
import { orderOf } from '../commands/action-orders.ts'
import type { ActionOverlay } from '../state.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { type ActionBody, LABEL } from './action-body.ts'
import { actionFacts, type Fact } from './action-facts.ts'
import { actionRows } from './action-fit.ts'
import { affinityBody } from './affinity.tsx'
import { Dialog, Ink } from './dialog.tsx'
import { DIALOG_SIDES } from './dialog-size.ts'
import { ioClassBody } from './io-class.tsx'
import { niceBody } from './nice.tsx'
import { signalBody } from './signal.tsx'

const BODIES: Readonly<Record<ActionOverlay['kind'], ActionBody>> = {
  signal: signalBody,
  nice: niceBody,
  io_class: ioClassBody,
  affinity: affinityBody,
}

const WIDTH = 62

export interface ActionDialogProps {
  readonly columns: number
  readonly rows: number
  readonly overlay: ActionOverlay
  readonly glyphs: Glyphs
}

/** Asks before something is done to processes: to whom, what is chosen, and two buttons of which Cancel is selected at first. */
export function ActionDialog({ columns, rows, overlay, glyphs }: ActionDialogProps) {
  const { kind, targets } = overlay
  const { title, preposition, harm, keys, Body, ...body } = BODIES[kind]
  const width = Math.max(1, Math.min(Math.max(WIDTH, body.width?.(overlay, columns) ?? 0), columns - DIALOG_SIDES))
  const facts = actionFacts(overlay, Math.max(1, width - LABEL), glyphs)
  const fit = actionRows(rows, facts.length, body.rows(overlay, columns))
  const props = { overlay, width, rows: fit.body, columns, glyphs }
  const rule = glyphs.horizontal
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={width}
      height={fit.height}
      title={targets.length === 1 ? title : `${title} ${preposition} ${targets.length} processes`}
      tone={harm ? 'warn' : 'accent'}
      keys={[
        ...keys(glyphs),
        { key: 'Tab', name: 'button' },
        { key: 'Enter', name: 'press' },
        { key: 'Esc', name: 'cancel' },
      ]}
      glyphs={glyphs}
    >
      {fit.air && <Ink> </Ink>}
      {shown(facts, fit.facts).map(({ label, parts, rank }) => (
        <Box key={rank} height={1}>
          <Ink token="dim">{label.padEnd(LABEL)}</Ink>
          {parts.map(({ text, token, bold = false }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have no identity but their place
            <Ink key={index} token={token} bold={bold}>
              {text}
            </Ink>
          ))}
        </Box>
      ))}
      {fit.air && <Ink> </Ink>}
      {fit.rules && <Ink token="line">{rule.repeat(width)}</Ink>}
      {fit.body > 0 && (
        <Box flexDirection="column" height={fit.body} flexShrink={0}>
          <Body {...props} />
        </Box>
      )}
      {fit.rules && <Rule position={body.position?.(props)} width={width} rule={rule} />}
      {fit.air && <Ink> </Ink>}
      {fit.note && <Note overlay={overlay} width={width} glyphs={glyphs} />}
      <Buttons overlay={overlay} width={width} glyphs={glyphs} />
    </Dialog>
  )
}

/** As many facts as there are rows for, in their order; those that matter least are left out. */
function shown(facts: readonly Fact[], count: number): readonly Fact[] {
  const kept = new Set([...facts].sort((one, other) => one.rank - other.rank).slice(0, count))
  return facts.filter((fact) => kept.has(fact))
}

interface PartProps {
  readonly overlay: ActionOverlay
  readonly width: number
  readonly glyphs: Glyphs
}

function Rule({ position, width, rule }: { position: string | undefined; width: number; rule: string }) {
  if (position === undefined) return <Ink token="line">{rule.repeat(width)}</Ink>
  return (
    <Box height={1}>
      <Ink token="line">{`${rule.repeat(Math.max(0, width - position.length - 3))} `}</Ink>
      <Ink token="dim">{position}</Ink>
      <Ink token="line">{` ${rule}`}</Ink>
    </Box>
  )
}

/** What happens next, or why it did not. */
function Note({ overlay: { kind, targets, refused, sending, ended }, width, glyphs }: PartProps) {
  const { participle } = BODIES[kind]
  const cut = (text: string) => truncate(text, width, glyphs.ellipsis)
  // Of several the reason says itself for how many it failed: for the others it was done.
  if (refused !== undefined)
    return <Ink token="crit">{cut(targets.length === 1 ? `not ${participle}: ${refused}` : refused)}</Ink>
  if (sending) return <Ink token="dim">{glyphs.loading}</Ink>
  if (ended !== undefined) return <Ink token="warn">{cut(`${ended} of ${targets.length + ended} ended already`)}</Ink>
  const who = targets.length === 1 ? 'pid and start time are' : 'pids and start times are'
  const sentence = `${who} checked again before it is ${participle}`
  return <Ink token="dim">{cut(textWidth(sentence) > width ? `${who} checked again first` : sentence)}</Ink>
}

function Buttons({ overlay, width, glyphs }: PartProps) {
  const { kind, button } = overlay
  const send = truncate(orderOf(overlay).label, Math.max(1, width - 16), glyphs.ellipsis)
  return (
    <Box height={1} flexShrink={0}>
      <Button label="Cancel" chosen={button === 'cancel'} harm={false} glyphs={glyphs} />
      <Ink>{'  '}</Ink>
      <Button label={send} chosen={button === 'send'} harm={BODIES[kind].harm} glyphs={glyphs} />
    </Box>
  )
}

interface ButtonProps {
  readonly label: string
  readonly chosen: boolean
  readonly harm: boolean
  readonly glyphs: Glyphs
}

function Button({ label, chosen, harm, glyphs }: ButtonProps) {
  // A ground that no palette without colours reverses: there the chosen one stands out by that alone.
  const bg = chosen ? (harm ? 'warn' : 'accent') : 'track'
  return (
    <Ink token={chosen ? 'onBadge' : 'text'} bg={bg} bold={chosen}>
      {chosen && glyphs.ascii ? `[ ${label} ]` : `  ${label}  `}
    </Ink>
  )
}
