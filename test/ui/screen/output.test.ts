import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import { expect, onTestFinished, test } from 'vitest'
import { Output, openNonBlocking } from '../../../src/ui/screen/output.ts'

/** More than a pipe or a terminal takes at once, in characters that a short write cuts. */
const LONG = '日本 ⣿ '.repeat(30_000)

interface Line {
  readonly output: Output
  /** Everything that is there to read now. */
  readonly read: () => Buffer
  readonly hangUp: () => void
  readonly drained: Promise<void>
  readonly losses: Error[]
}

/** An output into a pipe that nobody reads unless told to. */
function line(): Line {
  const folder = mkdtempSync(join(tmpdir(), 'healthtop-output-'))
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  let reader: number | undefined = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const losses: Error[] = []
  let settle: () => void = () => {}
  const drained = new Promise<void>((done) => {
    settle = done
  })
  const output = new Output(openNonBlocking([path]), { drained: () => settle(), lost: (error) => losses.push(error) })
  const hangUp = () => {
    if (reader !== undefined) closeSync(reader)
    reader = undefined
  }
  onTestFinished(() => {
    output.close()
    hangUp()
    rmSync(folder, { recursive: true })
  })
  const read = () => {
    const parts: Buffer[] = []
    for (;;) {
      const part = Buffer.alloc(65_536)
      try {
        const length = readSync(reader as number, part)
        if (length === 0) break
        parts.push(part.subarray(0, length))
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('EAGAIN')
        break
      }
    }
    return Buffer.concat(parts)
  }
  return { output, read, hangUp, drained, losses }
}

test('what fits is out at once', () => {
  const { output, read } = line()
  output.write('a frame')
  expect(output.busy).toBe(false)
  expect(read().toString()).toBe('a frame')
})

test('a reader that stops makes it busy; when it reads again nothing is lost', async () => {
  const { output, read, drained, losses } = line()
  output.write(LONG)
  expect(output.busy).toBe(true)
  output.write('and the end')
  const parts: Buffer[] = []
  const pump = setInterval(() => parts.push(read()), 1)
  await drained
  clearInterval(pump)
  parts.push(read())
  expect(output.busy).toBe(false)
  expect(Buffer.concat(parts).toString()).toBe(`${LONG}and the end`)
  expect(losses).toEqual([])
})

test('writeNow gives up on a terminal that is stopped', () => {
  const { output } = line()
  output.write(LONG)
  expect(output.writeNow('\x1b[?1049l')).toBe(false)
  expect(output.busy).toBe(false)
})

test('writeNow drops the frame that was cut and ends its escape sequence', () => {
  const { output, read } = line()
  output.write(LONG)
  const taken = read()
  expect(taken.length).toBeLessThan(Buffer.byteLength(LONG))
  expect(output.writeNow('restored')).toBe(true)
  expect(read().toString()).toBe('\x18restored')
})

test('writeNow is plain when nothing waits', () => {
  const { output, read } = line()
  expect(output.writeNow('restored')).toBe(true)
  expect(read().toString()).toBe('restored')
})

test('a terminal that is gone is reported once, and nothing is written after', () => {
  const { output, hangUp, losses } = line()
  hangUp()
  output.write('x')
  output.write('y')
  expect(losses.map((error) => (error as NodeJS.ErrnoException).code)).toEqual(['EPIPE'])
  expect(output.busy).toBe(false)
  expect(output.writeNow('z')).toBe(false)
})

test('a terminal that goes while something waits is reported', async () => {
  const it = line()
  it.output.write(LONG)
  it.hangUp()
  await expect.poll(() => it.losses.length).toBe(1)
  expect(it.output.busy).toBe(false)
})

test('close drops what waits and can be called twice', () => {
  const { output } = line()
  output.write(LONG)
  output.close()
  output.close()
  expect(output.busy).toBe(false)
  output.write('late')
  expect(output.busy).toBe(false)
})

test('with no way to open the terminal again, descriptor 1 it is', () => {
  expect(openNonBlocking(['/nowhere/at/all'])).toEqual({ fd: 1, own: false })
})

test.runIf(process.platform === 'linux')(
  'a real terminal that is not read neither blocks nor loses anything',
  async () => {
    const terminal = spawn('sh', ['-c', 'stty -opost -echo; echo ready; exec sleep 60'], { cols: 80, rows: 24 })
    onTestFinished(() => terminal.kill('SIGKILL'))
    let seen = ''
    terminal.onData((data) => {
      seen += data
    })
    await expect.poll(() => seen, { timeout: 10_000 }).toContain('ready')
    terminal.pause()
    seen = ''
    let drained = false
    const output = new Output(openNonBlocking([`/proc/${terminal.pid}/fd/1`]), {
      drained: () => {
        drained = true
      },
      lost: (error) => {
        throw error
      },
    })
    onTestFinished(() => output.close())
    output.write(LONG)
    expect(output.busy).toBe(true)
    terminal.resume()
    await expect.poll(() => drained && seen.length, { timeout: 20_000 }).toBe(LONG.length)
    expect(seen).toBe(LONG)
  },
)
