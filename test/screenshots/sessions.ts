import { KEY, type OpenOptions, type Terminal } from '../e2e/terminal.ts'
import { type Ground, LIGHT } from './draw.ts'

/** One picture: the size of its terminal, what is done before it is taken, and the keys that lead back from there. */
export interface Shot {
  readonly name: string
  readonly columns: number
  readonly rows: number
  readonly drive?: (terminal: Terminal) => Promise<void>
  readonly leave?: readonly string[]
}

/** Pictures of one run of the program: how it is started, and what is done in it at once. */
export interface Session extends OpenOptions {
  readonly ground?: Ground
  readonly begin?: (terminal: Terminal) => Promise<void>
  /** Where the charts need another time of history than the others'. */
  readonly historyS?: number
  readonly shots: readonly Shot[]
}

/** Seconds of history that the charts get. Time to a limit is told after a minute and a half. */
export const HISTORY_S = Number(process.env.HISTORY_S ?? 300)

const SMALL = { columns: 80, rows: 24 } as const
const USUAL = { columns: 120, rows: 40 } as const
/** From a full view, and from what was opened there, to the processes: they have the focus at first. */
const HOME = [KEY.escape, KEY.escape, '7']
/** From what was opened over the processes. */
const BACK = [KEY.escape]

/** Types keys, then waits for what has to be on the screen. */
function keys(text: string, shows?: string | RegExp) {
  return async (terminal: Terminal) => {
    terminal.type(text)
    if (shows !== undefined) await terminal.shows(shows)
  }
}

/** Types a command at the prompt of a shell that was cleared, and waits for its end. */
function command(text: string, seconds: number) {
  return async (terminal: Terminal) => {
    await terminal.shows(/web-03:~# *\n*$/, 30_000)
    terminal.type('clear\r')
    await terminal.shows(/^web-03:~# *\n*$/)
    terminal.type(`${text}\r`)
    await terminal.shows(/\nweb-03:~# *\n*$/, (seconds + 60) * 1000)
  }
}

async function openCheck(terminal: Terminal): Promise<void> {
  terminal.type('5/api')
  await terminal.shows(/ \/api. +1 of /)
  terminal.type(`${KEY.enter}${KEY.enter}`)
  await terminal.shows('Last answer')
}

/** The log in full: a service that is down was seen by somebody, and the alerts of its incident are listed. */
async function openLog(terminal: Terminal): Promise<void> {
  terminal.type('66/is:firing mail')
  await terminal.shows(/is:firing mail.* \d+ of /)
  terminal.type(`${KEY.enter}a`)
  await terminal.shows('what is being done about it')
  terminal.type(`the relay is being moved${KEY.enter}`)
  await terminal.shows(/mail ✓/)
  terminal.type('/')
  await terminal.shows('Enter keep')
  terminal.type(KEY.escape)
  await terminal.shows('newest first')
  // What came last stands above it.
  for (let rows = 0; rows < 9 && !/▌.*mail.* \+\d/.test(terminal.text()); rows++) {
    terminal.type(KEY.down)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  terminal.type(KEY.right)
  await terminal.shows('└')
}

/** What is ahead of the file system that fills, found in the log. */
async function openAlert(terminal: Terminal): Promise<void> {
  terminal.type('6/is:firing /var')
  await terminal.shows(/is:firing \/var.* \d+ of /)
  terminal.type(KEY.enter)
  terminal.type(KEY.enter)
  await terminal.shows('Who did it')
}

async function openServer(terminal: Terminal): Promise<void> {
  // Found by its arguments: most of what runs in that world is called node.
  terminal.type('/server.mjs')
  await terminal.shows(/ \/server\.mjs. 1 of /)
  terminal.type(`${KEY.enter}${KEY.enter}`)
  await terminal.shows('Who it is')
}

export const SESSIONS: readonly Session[] = [
  {
    shots: [
      { name: 'home-120x40', ...USUAL },
      { name: 'disks-full-120x40', ...USUAL, drive: keys('33'), leave: HOME },
      { name: 'disks-line-120x40', ...USUAL, drive: keys('33v'), leave: ['v', ...HOME] },
      { name: 'ahead-full-120x40', ...USUAL, drive: keys('8', 'IN BAND'), leave: BACK },
      { name: 'home-200x60', columns: 200, rows: 60 },
      { name: 'home-80x24', ...SMALL },
      { name: 'home-60x20', columns: 60, rows: 20 },
      { name: 'home-20x5', columns: 20, rows: 5 },
      { name: 'cpu-full-120x40', ...USUAL, drive: keys('11'), leave: HOME },
      { name: 'memory-full-120x40', ...USUAL, drive: keys('22'), leave: HOME },
      { name: 'network-full-120x40', ...USUAL, drive: keys('44'), leave: HOME },
      { name: 'services-full-120x40', ...USUAL, drive: keys('55'), leave: HOME },
      { name: 'processes-full-120x40', ...USUAL, drive: keys('f'), leave: BACK },
      { name: 'tree-120x40', ...USUAL, drive: keys('tf', / tree .*┑\n.*PID/), leave: [KEY.escape, 't'] },
      { name: 'signal-120x40', ...USUAL, drive: keys(`${KEY.down}K`, 'Send a signal'), leave: BACK },
      { name: 'palette-120x40', ...USUAL, drive: keys(':sort', /sort: memory/), leave: BACK },
      { name: 'help-120x40', ...USUAL, drive: keys('?', 'How to read it'), leave: BACK },
      { name: 'settings-80x24', ...SMALL, drive: keys('\x1bOQ', 'remembered in'), leave: BACK },
      { name: 'check-120x40', ...USUAL, drive: openCheck, leave: HOME },
      { name: 'log-120x40', ...USUAL, drive: openLog, leave: HOME },
      { name: 'alert-120x40', ...USUAL, drive: openAlert },
      { name: 'alert-80x24', ...SMALL },
    ],
  },
  { args: ['attached'], historyS: 120, shots: [{ name: 'attached-120x40', ...USUAL }] },
  // Its own charts have only what was measured since they were asked for.
  { begin: openServer, shots: [{ name: 'watch-120x40', ...USUAL }] },
  {
    args: ['shell'],
    historyS: 0,
    shots: [
      { name: 'forecast-120x40', ...USUAL, drive: command('healthtop forecast --for 90s', 90) },
      {
        name: 'forecast-plot-120x27',
        columns: 120,
        rows: 27,
        drive: command(
          `healthtop forecast 'disk_used_ratio{mount="/var"}' --threshold 95% --plot --for 4m --horizon 15m`,
          240,
        ),
      },
    ],
  },
  { args: ['--theme', 'light'], ground: LIGHT, shots: [{ name: 'home-120x40-light', ...USUAL }] },
  { env: { TERM: 'xterm', COLORTERM: undefined }, shots: [{ name: 'home-120x40-16', ...USUAL }] },
  {
    args: ['--ascii'],
    shots: [
      { name: 'home-80x24-ascii', ...SMALL },
      { name: 'disks-full-80x24-ascii', ...SMALL, drive: keys('33') },
    ],
  },
]
