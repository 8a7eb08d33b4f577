import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigHome, openWith, rowOf, webServer } from './checking.ts'
import { until } from './helpers.ts'
import { KEY, type Terminal } from './terminal.ts'

/** The page of the check `api`, once it has an answer of this run. */
async function pageOf(terminal: Terminal): Promise<readonly string[]> {
  await terminal.shows((rows) => /● api /.test(rowOf(rows, 'api')), 20_000)
  terminal.type('5')
  await terminal.shows((rows) => /▌● api /.test(rows.join('\n')) && /c check now/.test(rows.join('\n')))
  terminal.type(KEY.enter)
  return terminal.shows((rows) => /› api/.test(rows[0] ?? '') && /answer +200 OK/.test(rows.join('\n')))
}

/** Of the stretches of a page when each began, what it was and, of those that are over, how long they lasted; newest first. */
function stretchesOf(rows: readonly string[]): readonly string[] {
  const from = rows.findIndex((row) => row.includes('What happened'))
  const stretches = rows.slice(from).flatMap((row) => /\d\d:\d\d +[●▲✖] +\w+ +\d+ \w+/.exec(row)?.[0] ?? [])
  return stretches.map((stretch, index) => (index === 0 ? stretch.replace(/ +\d+ \w+$/, '') : stretch))
}

/** A state folder of a test's own, which two runs share. */
class StateHome implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'healthtop-state-'))

  /** What was logged of checks, oldest first. */
  get checkLines(): readonly { readonly state: string; readonly since_ms: number }[] {
    const folder = join(this.home, 'healthtop/log')
    const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'))
    const lines = files.sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1))
    return lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'check')
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true })
  }
}

const ENDS: readonly (readonly [string, (terminal: Terminal) => void])[] = [
  ['kill -9', ({ pty }) => process.kill(pty.pid, 'SIGKILL')],
  ['its own end', (terminal) => terminal.type('\x03')],
]

/** A check was down for a while, and healthtop ends while it is well. */
test.each(ENDS)('after %s a check has its turns and results, and nothing is told twice', async (_, end) => {
  let status = 200
  await using web = await webServer((_request, response) => {
    response.statusCode = status
    response.end('ok')
  })
  using home = new ConfigHome(`defaults: { interval: 1s, retries: 0 }
checks:
  - { name: api, type: http, url: "http://127.0.0.1:${web.port}/" }
`)
  using state = new StateHome()
  const env = { XDG_STATE_HOME: state.home }
  await using first = openWith(home, { env })
  await first.shows((rows) => /● api /.test(rowOf(rows, 'api')), 20_000)
  status = 503
  await first.shows((rows) => /✖ api /.test(rowOf(rows, 'api')), 20_000)
  status = 200
  const before = stretchesOf(await pageOf(first))
  expect(before.map((stretch) => /[●✖] +\w+/.exec(stretch)?.[0])).toEqual(['●  well', '✖  down', '●  well'])
  await until('its end is logged', () => state.checkLines.at(-1)?.state === 'up')
  const { since_ms: since } = state.checkLines.at(-1) ?? {}
  end(first)
  await first.ended
  const lines = state.checkLines.length

  await using second = openWith(home, { env })
  await pageOf(second)
  await second.shows((rows) => stretchesOf(rows).length > 1, 20_000)
  expect(stretchesOf(second.screen())).toEqual(before)
  await second.shows(/Last \d+ results .* [1-9]\d* down/)
  await until(
    'it is logged as well since then',
    () => state.checkLines.length > lines && state.checkLines.at(-1)?.since_ms === since,
  )
  second.type(KEY.escape)
  const screen = await second.shows(/● api well again/)
  expect(screen.filter((row) => /^(?! {2}LAST).*● api well again/.test(row))).toHaveLength(1)
})
