import { Box } from 'ink'
import { truncate } from '../../lib/text.ts'
import { bytes, clockTime, moment, percent, span } from '../../lib/units.ts'
import { SIGNALS } from '../signals.ts'
import type { Overlay } from '../state.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import { Choice, Dialog, Ink } from './dialog.tsx'

export interface SignalOverlayProps {
  readonly columns: number
  readonly rows: number
  readonly overlay: Extract<Overlay, { kind: 'signal' }>
  readonly glyphs: Glyphs
}

const LABEL = 11

/** Asks before a signal is sent: which process that is, which signal; Cancel is selected. */
export function SignalOverlay({ columns, rows, overlay, glyphs }: SignalOverlayProps) {
  const { target, selected, button, refused } = overlay
  const width = Math.min(62, columns - 6)
  const room = width - LABEL
  // On a short terminal the list scrolls around the selected signal; what names the process always stands.
  const listed = Math.max(1, Math.min(SIGNALS.length, rows - 13))
  const first = Math.max(0, Math.min(selected - Math.floor(listed / 2), SIGNALS.length - listed))
  const send = `  Send ${(SIGNALS[selected]?.name ?? 'SIG').slice(3)}  `
  const started = startMoment(target.startedMs, overlay.openedMs)
  const facts: readonly (readonly [string, string, boolean])[] = [
    ['process', `${target.name}  ${target.pid}`, true],
    ['command', target.command, false],
    ['user', target.user ?? 'not known', false],
    ['started', started, false],
    ['now', nowText(target), false],
  ]
  return (
    <Dialog
      columns={columns}
      rows={rows}
      width={width}
      height={facts.length + 1 + listed + 1 + 2}
      title="Send a signal"
      tone="warn"
      keys={[
        { key: glyphs.ascii ? 'up down' : '↑ ↓', name: 'signal' },
        { key: 'Tab', name: 'button' },
        { key: 'Enter', name: 'press' },
        { key: 'Esc', name: 'cancel' },
      ]}
      glyphs={glyphs}
    >
      {facts.map(([label, value, bold]) => (
        <Box key={label} height={1}>
          <Ink token="dim">{label.padEnd(LABEL)}</Ink>
          <Ink token={bold ? 'bright' : 'text'} bold={bold}>
            {truncate(value, room, glyphs.ellipsis)}
          </Ink>
        </Box>
      ))}
      <Ink token="line">{glyphs.horizontal.repeat(width)}</Ink>
      {SIGNALS.slice(first, first + listed).map(({ name, number, help }, index) => {
        const here = first + index === selected
        const bg = here ? 'selected' : 'overlay'
        return (
          <Choice key={name} selected={here} columns={width} glyphs={glyphs}>
            <Ink token={here ? 'bright' : 'text'} bg={bg} bold={here}>{` ${name.slice(3).padEnd(6)}`}</Ink>
            <Ink token="dim" bg={bg}>{`${String(number).padStart(2)}  ${help}`}</Ink>
          </Choice>
        )
      })}
      <Ink token="line">{glyphs.horizontal.repeat(width)}</Ink>
      <Ink token={refused === undefined ? 'dim' : 'crit'}>
        {truncate(
          refused === undefined ? 'pid and start time are checked again before it is sent' : `not sent: ${refused}`,
          width,
          glyphs.ellipsis,
        )}
      </Ink>
      <Box height={1}>
        <Ink
          token={button === 'cancel' ? 'onBadge' : 'text'}
          bg={button === 'cancel' ? 'accent' : 'selected'}
          bold={button === 'cancel'}
        >
          {button === 'cancel' && glyphs.ascii ? '[ Cancel ]' : '  Cancel  '}
        </Ink>
        <Ink>{'  '}</Ink>
        <Ink
          token={button === 'send' ? 'onBadge' : 'text'}
          bg={button === 'send' ? 'warn' : 'selected'}
          bold={button === 'send'}
        >
          {button === 'send' && glyphs.ascii ? `[${send.slice(1, -1)}]` : send}
        </Ink>
      </Box>
    </Dialog>
  )
}

function startMoment(startedMs: number, now: number): string {
  const day = moment(startedMs, now)
  const at = day.length === 5 ? clockTime(startedMs) : day
  return `${at}, ${span((now - startedMs) / 1000)} ago`
}

function nowText(target: SignalOverlayProps['overlay']['target']): string {
  const cpu = target.cpuRatio === undefined ? undefined : percent(target.cpuRatio, 1)
  const memory = bytes(target.memoryBytes)
  return `${cpu ? `${cpu.figure} % cpu  ` : ''}${memory.figure} ${memory.unit}  ${target.threads} ${target.threads === 1 ? 'thread' : 'threads'}`
}
