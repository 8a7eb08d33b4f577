import { systemClock } from '../lib/clock.ts'
import { createLiveSource } from '../sources/live/live.ts'
import type { Look } from '../ui/paint/look.ts'
import { Program } from '../ui/program.ts'
import { type Capabilities, capabilities, questions } from '../ui/screen/detect.ts'
import { Output, openNonBlocking } from '../ui/screen/output.ts'
import { Sgr } from '../ui/screen/sgr.ts'
import { openTerminal } from '../ui/screen/terminal.ts'
import { Differ } from '../ui/screen/writer.ts'
import { INITIAL } from '../ui/state.ts'
import { ASCII, UNICODE } from '../ui/theme/glyphs.ts'
import type { ThemeName } from '../ui/theme/palette.ts'
import { createMonitor } from './monitor.ts'
import type { Build, Options } from './options.ts'

/** Data older than this many intervals is stale. */
const STALE_INTERVALS = 3

/** The dashboard of this host, until somebody ends it. Ends the process. */
export async function dashboard(options: Options, build: Build): Promise<void> {
  const { root, intervalMs, readOnly } = options
  // The worker first: it starts while this thread goes on.
  const source = createLiveSource({
    root,
    intervalMs,
    readOnly,
    clock: systemClock,
    workerPath: build.workerPath,
  })
  let program: Program | undefined
  const output = new Output(openNonBlocking(), {
    drained: () => program?.changed(),
    lost: () => terminal.end('lost'),
  })
  const terminal = openTerminal({
    out: output,
    env: process.env,
    clock: systemClock,
    onKey: (key) => program?.key(key),
    onResize: ({ columns, rows }) => program?.resize(columns, rows),
    onContinue: () => program?.redraw(),
    onEnd: async () => {
      program?.stop()
      await source.stop()
      output.close()
    },
  })
  const screenOptions = { ascii: options.ascii, noColor: !options.color, theme: options.theme }
  // The terminal answers while the first sample is taken.
  const probing = terminal.probe(questions(process.env, screenOptions))
  const monitor = createMonitor(source, source.first(), () => program?.frameArrived())
  const answers = await probing
  const able = capabilities(process.env, screenOptions, answers)
  const differ = new Differ(new Sgr(themeOf(options, able), able.depth))
  program = new Program({
    source: monitor,
    screen: {
      get busy() {
        return output.busy || !terminal.active
      },
      show: (grid) => output.write(differ.diff(grid)),
      forget: () => differ.forget(),
    },
    look: lookOf(options, able),
    clock: systemClock,
    staleMs: STALE_INTERVALS * Math.max(1000, intervalMs),
    version: build.version,
    state: { ...INITIAL, ...terminal.size, filter: options.filter, ...pick(options) },
    onQuit: () => terminal.end('quit'),
  })
  program.frameArrived()
  // Ink is heavy: the first picture does not wait for it.
  setImmediate(async () => {
    const { mountInk } = await import('../ui/ink.tsx')
    program?.useInk(mountInk((error) => terminal.end('bug', error)))
  })
}

function pick({ user, pid }: Options): { user?: string; pid?: number } {
  return { ...(user === undefined ? {} : { user }), ...(pid === undefined ? {} : { pid }) }
}

function themeOf({ theme }: Options, { depth, brightness }: Capabilities): ThemeName {
  if (depth === 'mono') return 'mono'
  return theme === 'auto' ? brightness : theme
}

function lookOf({ charts, theme }: Options, { depth, charset }: Capabilities): Look {
  const glyphs = charset === 'ascii' ? ASCII : UNICODE
  return {
    glyphs,
    charts: glyphs.ascii ? (charts === 'line' ? 'line' : 'ascii') : (charts ?? 'braille'),
    depth: theme === 'mono' ? 'mono' : depth,
    boxed: false,
  }
}
