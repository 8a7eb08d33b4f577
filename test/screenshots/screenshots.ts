import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { open, type Terminal } from '../e2e/terminal.ts'
import { DARK, drawScreen } from './draw.ts'
import { HISTORY_S, SESSIONS, type Session, type Shot } from './sessions.ts'

/** On two cores more hosts at once only disturb each other. */
const AT_ONCE = 3
const SETTLES_MS = 12_000
const WORLD = [
  'unshare',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
  '--uts',
  '--net',
  '--cgroup',
  'bash',
  'test/screenshots/world.sh',
  'dist',
] as const

// In that world something is five times as slow after it, and something ends after a third of it.
process.env.HISTORY_S = String(HISTORY_S)
const folder = join(process.cwd(), 'screenshots')
mkdirSync(folder, { recursive: true })
const wanted = process.argv.slice(2)
const isWanted = ({ name }: Shot) => wanted.length === 0 || wanted.includes(name)
const sessions = SESSIONS.map((session) => ({ ...session, shots: session.shots.filter(isWanted) })).filter(
  ({ shots }) => shots.length > 0,
)
const count = sessions.reduce((sum, { shots }) => sum + shots.length, 0)
process.stderr.write(`${count} pictures, after ${HISTORY_S} s of history\n`)
for (let first = 0; first < sessions.length; first += AT_ONCE)
  await Promise.all(sessions.slice(first, first + AT_ONCE).map((session) => take(session)))

/** The pictures of one run of the program, on a host of its own (world.sh), one after the other. */
async function take(session: Session): Promise<void> {
  const { shots, begin, args = [], ground = DARK } = session
  const { columns, rows } = shots[0] as Shot
  const terminal = open({ ...session, columns, rows, command: [...WORLD, ...args] })
  const ended = terminal.ended.then(() => {
    throw new Error(`it ended before the picture ${shots[0]?.name}:\n${terminal.text()}`)
  })
  const taken = async () => {
    await terminal.shows((screen) => screen.join('').trim() !== '', 60_000)
    await begin?.(terminal)
    await new Promise((resolve) => setTimeout(resolve, (session.historyS ?? HISTORY_S) * 1000))
    for (const shot of shots) await takeOne(terminal, shot, ground)
  }
  try {
    await Promise.race([taken(), ended])
  } finally {
    ended.catch(() => {})
    await terminal[Symbol.asyncDispose]()
  }
}

async function takeOne(terminal: Terminal, shot: Shot, ground: typeof DARK): Promise<void> {
  const { cols, rows } = terminal.emulator
  if (cols !== shot.columns || rows !== shot.rows) {
    terminal.resize(shot.columns, shot.rows)
    // To draw all of the screen anew costs more than what it usually says of itself.
    await new Promise((resolve) => setTimeout(resolve, SETTLES_MS))
  }
  await shot.drive?.(terminal)
  await frame()
  writeFileSync(join(folder, `${shot.name}.png`), drawScreen(terminal.emulator, ground))
  process.stderr.write(`screenshots/${shot.name}.png\n`)
  for (const key of shot.leave ?? []) {
    terminal.type(key)
    await frame()
  }
}

/** The frame after the last key. */
function frame(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1500))
}
