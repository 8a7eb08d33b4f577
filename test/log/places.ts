import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decodeLine } from '../../src/log/decode.ts'
import type { EventLine, Line, MetricsLine } from '../../src/log/line.ts'

/** A folder that goes when the test does. */
export interface Place extends Disposable {
  readonly path: string
}

export function temporaryPlace(): Place {
  const path = mkdtempSync(join(tmpdir(), 'healthtop-log-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Whether this test may mount file systems; root may, but for some containers. Where CI runs as root it has to. */
export const mounts = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const path = mkdtempSync(join(tmpdir(), 'healthtop-mount-'))
  const works = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path]).status === 0
  if (works) execFileSync('umount', [path])
  rmSync(path, { recursive: true })
  return works || process.env.CI !== undefined
})()

/** A file system of its own that holds so many KiB. */
export function smallPlace(kib: number): Place & { remount(how: 'ro' | 'rw'): void } {
  const { path } = temporaryPlace()
  mkdirSync(path, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', path])
  return {
    path,
    remount: (how) => execFileSync('mount', ['-o', `remount,${how}`, path]),
    [Symbol.dispose]: () => {
      execFileSync('umount', ['-l', path])
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** A numbered event; `long` so many characters. */
export function numbered(number: number, long = 0): EventLine {
  const text = `${number} ${'x'.repeat(long)}`
  return { v: 1, t: 1_795_615_329_870 + number, kind: 'event', event: 'log', level: 'event', subject: 'test', text }
}

/** A line of metrics with a number in it, about so many bytes long. */
export function measured(number: number, long = 40, t = 1_795_615_329_870 + number): MetricsLine {
  return { v: 1, t, kind: 'metrics', values: { number, [`x${'y'.repeat(long)}`]: 1 } }
}

/** What a line was numbered with. */
export function numberOf(line: Line | undefined): number {
  if (line?.kind === 'metrics') return line.values.number as number
  return line?.kind === 'event' ? Number(line.text.split(' ')[0]) : Number.NaN
}

/** Texts of a folder's lines, file by file, oldest first; packed ones unpacked. */
export function textsIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const bytes = readFileSync(join(folder, name))
      const texts = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')
      return texts.filter((text) => text !== '')
    })
}

/** Numbers of a folder's lines, and how many texts are none. */
export function numbersIn(folder: string): { readonly numbers: readonly number[]; readonly torn: number } {
  const lines = textsIn(folder).map(decodeLine)
  const whole = lines.filter((line) => line !== undefined)
  return { numbers: whole.map(numberOf), torn: lines.length - whole.length }
}
