import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KEY, type OpenOptions, open, type Terminal } from '../e2e/terminal.ts'
import { DARK, drawScreen, type Ground, LIGHT } from './draw.ts'

/** One picture: how the program is started, what is done in it, and what the screen must show before it is taken. */
interface Shot extends OpenOptions {
  readonly name: string
  readonly ground?: Ground
  readonly drive?: (terminal: Terminal) => Promise<void>
  /** Seconds of history the charts get. */
  readonly seconds?: number
}

/** On two cores more hosts at once only disturb each other. */
const AT_ONCE = 2
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
const HISTORY_S = Number(process.env.HISTORY_S ?? 60)
// In that world something turns slow after half of it, and something ends after a third.
process.env.HISTORY_S = String(HISTORY_S)
/** Seconds of history of a process, whose page is opened after the rest has its own. */
const WATCHED_S = HISTORY_S / 2

const SHOTS: readonly Shot[] = [
  { name: 'home-120x40', columns: 120, rows: 40 },
  { name: 'home-80x24', columns: 80, rows: 24 },
  { name: 'home-60x20', columns: 60, rows: 20 },
  { name: 'home-200x60', columns: 200, rows: 60 },
  { name: 'home-120x40-light', columns: 120, rows: 40, args: ['--theme', 'light'], ground: LIGHT },
  { name: 'home-120x40-16', columns: 120, rows: 40, env: { TERM: 'xterm', COLORTERM: undefined } },
  { name: 'home-80x24-ascii', columns: 80, rows: 24, args: ['--ascii'] },
  { name: 'home-20x5', columns: 20, rows: 5 },
  { name: 'cpu-full-120x40', columns: 120, rows: 40, drive: async (terminal) => terminal.type('11') },
  { name: 'memory-full-120x40', columns: 120, rows: 40, drive: async (terminal) => terminal.type('22') },
  { name: 'disks-full-120x40', columns: 120, rows: 40, drive: async (terminal) => terminal.type('33') },
  { name: 'network-full-120x40', columns: 120, rows: 40, drive: async (terminal) => terminal.type('44') },
  { name: 'services-full-120x40', columns: 120, rows: 40, drive: async (terminal) => terminal.type('55') },
  {
    name: 'check-120x40',
    columns: 120,
    rows: 40,
    drive: async (terminal) => {
      terminal.type('5/api')
      await terminal.shows(/ \/api. +1 of /)
      terminal.type(`${KEY.enter}${KEY.enter}`)
      await terminal.shows('Last answer')
    },
  },
  { name: 'processes-full-120x40', columns: 120, rows: 40, drive: async (terminal) => terminal.type('f') },
  {
    name: 'tree-120x40',
    columns: 120,
    rows: 40,
    drive: async (terminal) => {
      terminal.type('tf')
      await terminal.shows(/ tree .*┑\n.*PID/)
    },
  },
  {
    name: 'watch-120x40',
    columns: 120,
    rows: 40,
    drive: async (terminal) => {
      // Found by its arguments: most of what runs in that world is called node.
      terminal.type('/server.mjs')
      await terminal.shows(/ \/server\.mjs. 1 of /)
      terminal.type(`${KEY.enter}${KEY.enter}`)
      await terminal.shows('Who it is')
      // Its own charts have only what was measured since they were asked for.
      await new Promise((resolve) => setTimeout(resolve, WATCHED_S * 1000))
    },
  },
  {
    name: 'help-120x40',
    columns: 120,
    rows: 40,
    drive: async (terminal) => {
      terminal.type('?')
      await terminal.shows('How to read it')
    },
  },
  {
    name: 'palette-120x40',
    columns: 120,
    rows: 40,
    drive: async (terminal) => {
      terminal.type(':sort')
      await terminal.shows(/sort: memory/)
    },
  },
  {
    name: 'settings-80x24',
    columns: 80,
    rows: 24,
    drive: async (terminal) => {
      terminal.type('\x1bOQ')
      await terminal.shows('remembered in')
    },
  },
  {
    name: 'signal-120x40',
    columns: 120,
    rows: 40,
    drive: async (terminal) => {
      terminal.type(`${KEY.down}K`)
      await terminal.shows('Send a signal')
    },
  },
]

const folder = join(process.cwd(), 'screenshots')
mkdirSync(folder, { recursive: true })
const wanted = process.argv.slice(2)
const shots = SHOTS.filter((shot) => wanted.length === 0 || wanted.includes(shot.name))
process.stderr.write(`${shots.length} pictures, after ${HISTORY_S} s of history\n`)
for (let first = 0; first < shots.length; first += AT_ONCE) await take(shots.slice(first, first + AT_ONCE))

/** Some pictures at once, each on a host of its own (world.sh). */
async function take(batch: readonly Shot[]): Promise<void> {
  const opened = batch.map((shot) => ({ shot, terminal: open({ ...shot, command: [...WORLD, ...(shot.args ?? [])] }) }))
  const gone = new Set<Terminal>()
  for (const { terminal } of opened) void terminal.ended.then(() => gone.add(terminal))
  try {
    await Promise.all(opened.map(({ terminal }) => terminal.shows((screen) => screen.join('').trim() !== '')))
    await new Promise((resolve) => setTimeout(resolve, HISTORY_S * 1000))
    for (const { shot, terminal } of opened) {
      if (gone.has(terminal)) throw new Error(`it ended before the picture ${shot.name}:\n${terminal.text()}`)
      await shot.drive?.(terminal)
      // The frame after the last key.
      await new Promise((resolve) => setTimeout(resolve, 1500))
      writeFileSync(join(folder, `${shot.name}.png`), drawScreen(terminal.emulator, shot.ground ?? DARK))
      process.stderr.write(`screenshots/${shot.name}.png\n`)
    }
  } finally {
    for (const { terminal } of opened) await terminal[Symbol.asyncDispose]()
  }
}
