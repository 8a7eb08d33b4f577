import { Readable, Writable } from 'node:stream'
import chalk from 'chalk'
import { type Instance, render } from 'ink'
import { App, type AppProps } from './app.tsx'
import { parseBase } from './screen/base.ts'
import type { Grid } from './screen/grid.ts'

/** Ink, kept from the terminal: what it writes becomes the base grid. */
export interface InkHandle {
  /** Renders at once; the base is the grid it wrote. */
  render(props: AppProps): Grid
  unmount(): void
}

/**
 * Mounts Ink (options: DESIGN chapter 9). Its stdout is ours and has the screen's size; its stdin says nothing. A component that
 * throws reaches `failed`.
 */
export function mountInk(failed: (error: Error) => void): InkHandle {
  // Colours carry token and canvas ids: they have to come out whole, whatever the terminal can do.
  chalk.level = 3
  let written = ''
  const size = { columns: 80, rows: 24 }
  const stdout = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        written = String(chunk)
        done()
      },
    }),
    size,
  ) as unknown as NodeJS.WriteStream
  const stdin = Object.assign(new Readable({ read() {} }), { isTTY: false }) as unknown as NodeJS.ReadStream
  let instance: Instance | undefined
  return {
    render(props) {
      const { columns, rows } = props.state
      stdout.columns = columns
      stdout.rows = rows
      if (instance === undefined) {
        instance = render(<App {...props} />, {
          stdout,
          stdin,
          debug: true,
          patchConsole: false,
          exitOnCtrlC: false,
          isScreenReaderEnabled: false,
        })
        instance.waitUntilExit().catch(failed)
      } else {
        stdout.emit('resize')
        instance.rerender(<App {...props} />)
      }
      return parseBase(written, columns, rows)
    },
    unmount() {
      instance?.unmount()
    },
  }
}
