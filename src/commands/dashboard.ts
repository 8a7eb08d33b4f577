import { configFolder, homeFolder } from '../config/folder.ts'
import { screenMemory } from '../config/memory.ts'
import { systemClock } from '../lib/clock.ts'
import type { WatchTarget } from '../model/watch.ts'
import { KEYS } from '../ui/keys/table.ts'
import type { Look } from '../ui/paint/look.ts'
import { Program } from '../ui/program.ts'
import { recall } from '../ui/remember.ts'
import { clipboardSequence } from '../ui/screen/clipboard.ts'
import { type Capabilities, capabilities, questions } from '../ui/screen/detect.ts'
import { BELL, notificationSequence } from '../ui/screen/notification.ts'
import { Output, openNonBlocking } from '../ui/screen/output.ts'
import { Sgr } from '../ui/screen/sgr.ts'
import { openTerminal } from '../ui/screen/terminal.ts'
import { Differ } from '../ui/screen/writer.ts'
import { INITIAL, type ViewState } from '../ui/state.ts'
import { ASCII, UNICODE } from '../ui/theme/glyphs.ts'
import { isMono, type Palette } from '../ui/theme/palette.ts'
import { followConfig } from './follow-config.ts'
import type { Build, Options } from './options.ts'
import type { Reload } from './reload/reload.ts'
import { createScreenKeeper, type Said } from './screen-keeper.ts'
import { createStation } from './station.ts'
import { paletteOf } from './theme-file.ts'

/** Data older than this many intervals is stale. */
const STALE_INTERVALS = 3

/** The dashboard of this host, until somebody ends it; with a target it opens on the page of that process. Ends the process. */
export async function dashboard(options: Options, build: Build, target?: WatchTarget): Promise<void> {
  let program: Program | undefined
  const memory = screenMemory(configFolder(process.env, process.platform))
  const before = recall({ ...INITIAL, mouse: !isOverSsh(process.env) }, memory.read())
  const said = saidOf(options)
  const keeper = createScreenKeeper({
    memory,
    before,
    said,
    failed: (reason) => program?.notice(`what the screen remembers is not kept: ${reason}`),
  })
  let follow: Reload | undefined
  const output = new Output(openNonBlocking(), {
    drained: () => program?.changed(),
    lost: () => terminal.end('lost'),
  })
  const terminal = openTerminal({
    out: output,
    env: process.env,
    clock: systemClock,
    mouse: before.mouse,
    onKey: (key) => program?.key(key),
    onResize: ({ columns, rows }) => program?.resize(columns, rows),
    onContinue: () => program?.redraw(),
    onEnd: async () => {
      program?.stop()
      follow?.stop()
      await Promise.all([station.stop(), keeper.end()])
      output.close()
    },
  })
  const screenOptions = {
    ascii: options.ascii,
    noColor: !options.color,
    ...(typeof options.theme === 'string' ? { theme: options.theme } : {}),
  }
  // The terminal answers, and the worker starts, while the first sample is taken.
  const probing = terminal.probe(questions(process.env, screenOptions))
  const station = createStation({ options, build, command: 'dashboard', onFrame: () => program?.frameArrived() })
  const { monitor, source } = station
  const answers = await probing
  const able = capabilities(process.env, screenOptions, answers)
  const state: ViewState = {
    ...before,
    ...said,
    ...terminal.size,
    processes: { ...before.processes, filter: options.filter, ...pick(options) },
    ...(target !== undefined && { focus: 'watch-cpu', watch: { target, section: 'panels', unmasked: false } }),
  }
  const palette = paletteOf(state.theme, able.brightness)
  const differ = new Differ(new Sgr(palette, able.depth))
  program = new Program({
    source: monitor,
    screen: {
      get busy() {
        return output.busy || !terminal.active
      },
      show: (grid) => output.write(differ.diff(grid)),
      copy: (text) => output.write(clipboardSequence(text)),
      bell: () => output.write(BELL),
      notify: (text) => output.write(notificationSequence(text, process.env)),
      forget: () => differ.forget(),
      mouse: (on) => terminal.setMouse(on),
      theme(choice) {
        const chosen = paletteOf(choice, able.brightness)
        differ.use(new Sgr(chosen, able.depth))
        return depthOf(chosen, able)
      },
      suspend: () => terminal.suspend(),
    },
    look: lookOf(options, able, palette),
    clock: systemClock,
    staleMs: STALE_INTERVALS * Math.max(1000, options.intervalMs),
    version: build.version,
    keys: options.keys ?? KEYS,
    memory: memory.path === undefined ? 'nothing: there is no home folder' : shortPath(memory.path),
    onView: (view) => keeper.changed(view),
    state,
    onQuit: () => terminal.end('quit'),
  })
  program.frameArrived()
  follow = followConfig(options, build, source, () => program, monitor.configure)
  if (memory.reason !== undefined) program.notice(`what the screen remembered cannot be read: ${memory.reason}`)
  // Ink is heavy, and so is another thread: the first picture does not wait for them.
  setImmediate(async () => {
    const { mountInk } = await import('../ui/ink.tsx')
    program?.useInk(mountInk((error) => terminal.end('bug', error)))
    await station.begin()
  })
}

function pick({ user, pid }: Options): { user?: string; pid?: number } {
  return { ...(user === undefined ? {} : { user }), ...(pid === undefined ? {} : { pid }) }
}

/** What the command line settles of the screen. `--charts line` is where `v` begins. */
function saidOf({ theme, charts }: Options): Said {
  return { ...(theme === undefined ? {} : { theme }), ...(charts === 'line' ? { chart: 'line' as const } : {}) }
}

/** Over SSH the mouse is left to the terminal: whoever wants to copy something would not know why they cannot. */
function isOverSsh({ SSH_CONNECTION, SSH_TTY }: NodeJS.ProcessEnv): boolean {
  return Boolean(SSH_CONNECTION) || Boolean(SSH_TTY)
}

function depthOf(palette: Palette, { depth }: Capabilities): Look['depth'] {
  return isMono(palette) ? 'mono' : depth
}

function lookOf({ charts }: Options, able: Capabilities, palette: Palette): Look {
  const glyphs = able.charset === 'ascii' ? ASCII : UNICODE
  const style = charts === undefined || charts === 'line' ? 'braille' : charts
  return { glyphs, charts: glyphs.ascii ? 'ascii' : style, depth: depthOf(palette, able), boxed: false }
}

/** A path as people write it: `~/.config/…`. */
function shortPath(path: string): string {
  const home = homeFolder()
  return home !== undefined && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}
