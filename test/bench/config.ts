import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * How long a configuration of many checks takes to load and to be validated, in fresh processes: the built program, from its start to its
 * end, beside its start alone. `npm run bench:config -- --checks 1000 --rounds 5`.
 */
const PROGRAM = fileURLToPath(new URL('dist/healthtop.cjs', `file://${process.cwd()}/`))

const { values } = parseArgs({
  options: { checks: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '5' } },
})
const checks = Number(values.checks)
const rounds = Number(values.rounds)

/** Three kinds of checks, in block and in flow style, with defaults, groups, labels, secrets and dependencies. */
function configuration(count: number): string {
  const list = Array.from({ length: count }, (_, at) => {
    if (at % 3 === 0)
      return `  - name: api-${at}
    type: http
    group: web
    url: http://127.0.0.1:${8000 + at}/healthz
    headers: { Authorization: "Bearer \${BENCH_TOKEN}" }
    timeout: 3s
    expect:
      status: [200, 204]
      body: /ok/
      latency: 500ms
    labels: { team: web, tier: front }
`
    if (at % 3 === 1)
      return `  - name: db-${at}
    type: tcp
    host: 127.0.0.1
    port: ${8000 + at}
    interval: 30s
    labels: { team: db }
`
    return `  - { name: workers-${at}, type: process, match: worker, count: ">=2", memory: "<1GiB", depends: [api-${at - 2}] }\n`
  })
  return `defaults:
  interval: 10s
  http: { headers: { Accept: application/json } }
groups:
  web: { labels: { site: main }, retries: 2 }
checks:
${list.join('')}`
}

/** The same for the library that knows all of YAML. */
const wholeYaml = (text: string) => text.replace('  interval: 10s', '  interval: &often 10s')
const wrong = (text: string) => text.replace('timeout: 3s', 'timeout: fast')

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] as number
}

/** Milliseconds from the start of a process to its end, the median of all rounds. */
function took(expected: number, ...args: string[]): number {
  return median(
    Array.from({ length: rounds }, () => {
      const begun = performance.now()
      const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
        encoding: 'utf8',
        env: { ...process.env, BENCH_TOKEN: 'abcdefgh' },
      })
      const ms = performance.now() - begun
      if (status !== expected) throw new Error(`${args.join(' ')}: ended with ${status}: ${stderr}`)
      return ms
    }),
  )
}

const folder = mkdtempSync(join(tmpdir(), 'healthtop-bench-config-'))
try {
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const text = configuration(checks)
  const start = took(0, '--version')
  const rows: readonly (readonly [string, number])[] = [
    ['as people write it', took(0, 'config', 'validate', file('plain.yaml', text))],
    ['with an anchor: all of YAML', took(0, 'config', 'validate', file('anchor.yaml', wholeYaml(text)))],
    ['with a mistake', took(3, 'config', 'validate', file('wrong.yaml', wrong(text)))],
  ]
  console.log(`${checks} checks, ${Math.round(text.length / 1024)} KiB; median of ${rounds} fresh processes`)
  console.log(`start of the program alone: ${start.toFixed(0)} ms`)
  for (const [name, ms] of rows)
    console.log(
      `${name.padEnd(28)} ${ms.toFixed(0).padStart(4)} ms in all, ${(ms - start).toFixed(0).padStart(4)} ms to load and validate`,
    )
} finally {
  rmSync(folder, { recursive: true })
}
