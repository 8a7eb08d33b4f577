// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so a configuration names what is expanded.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { configured, mistakes } from '../types.ts'

const folder = mkdtempSync(join(tmpdir(), 'healthtop-checks-'))
afterAll(() => rmSync(folder, { recursive: true }))

const only = async (text: string, env: NodeJS.ProcessEnv = {}) => {
  const { checks } = await configured(text, { env })
  expect(checks).toHaveLength(1)
  return checks[0] as (typeof checks)[number]
}

test('a check that says nothing has what every check has', async () => {
  expect(await only('checks: [{ name: db, type: tcp, host: localhost, port: 5432 }]')).toEqual({
    name: 'db',
    type: 'tcp',
    target: 'localhost:5432',
    origin: 'configured',
    settings: { host: 'localhost', port: 5432 },
    intervalMs: 15_000,
    timeoutMs: 3000,
    retries: 1,
    failures: 2,
    successes: 1,
    depends: [],
    labels: {},
  })
})

test('what a check says is read by the schema of its type', async () => {
  const check = await only(`groups: { web: {} }
checks:
  - name: api
    type: http
    group: web
    url: http://localhost/
    interval: 1m
    timeout: 500ms
    retries: 0
    failures: 3
    successes: 2
    labels: { team: web, tier: 1 }
    expect: { status: 204, body: /OK/i, latency: 500ms }
`)
  expect(check).toMatchObject({
    group: 'web',
    intervalMs: 60_000,
    timeoutMs: 500,
    retries: 0,
    failures: 3,
    successes: 2,
    labels: { team: 'web', tier: '1' },
    settings: { url: 'http://localhost/', expect: { status: [204], body: { source: 'OK', flags: 'i' }, latency: 500 } },
  })
  expect(Object.keys(check.settings)).toEqual(['url', 'expect'])
})

test('the timeout that is usual is no longer than a short interval', async () => {
  expect((await only('checks: [{ name: a, type: tcp, host: x, port: 1, interval: 1s }]')).timeoutMs).toBe(1000)
})

test('what lies nearer to the check counts: defaults, those of its type, its group, those of its type in it, itself', async () => {
  const layers = [
    'defaults:\n  method: GET\n  interval: 10s',
    '  http: { method: POST, interval: 20s }',
    'groups:\n  web:\n    method: GET\n    interval: 30s',
    '    http: { method: POST, interval: 40s }',
    'checks:\n  - name: api\n    type: http\n    url: x\n    group: web',
    '    method: GET\n    interval: 50s',
  ]
  const read = async (...left: number[]) => {
    const groups = left.includes(2) ? ['groups:\n  web:\n    retries: 1'] : []
    const text = layers.flatMap((layer, index) => (left.includes(index) ? (index === 2 ? groups : []) : [layer]))
    const { settings, intervalMs } = await only(text.join('\n'))
    return [settings.method, intervalMs]
  }
  expect(await read()).toEqual(['GET', 50_000])
  expect(await read(5)).toEqual(['POST', 40_000])
  expect(await read(5, 3)).toEqual(['GET', 30_000])
  expect(await read(5, 3, 2)).toEqual(['POST', 20_000])
  expect(await read(5, 3, 2, 1)).toEqual(['GET', 10_000])
})

test('labels, headers, env and expect are merged key by key; everything else is replaced', async () => {
  const check = await only(`defaults:
  labels: { team: web, tier: front }
  http: { headers: { A: '1', B: '2' }, expect: { status: [200, 204], latency: 1s } }
checks:
  - { name: a, type: http, url: x, labels: { tier: back }, headers: { B: '3' }, expect: { status: 404 } }
`)
  expect(check.labels).toEqual({ team: 'web', tier: 'back' })
  expect(check.settings).toMatchObject({ headers: { A: '1', B: '3' }, expect: { status: [404], latency: 1000 } })
})

test('a default counts only for the types that have it', async () => {
  const { checks } = await configured(
    'defaults: { port: 80 }\nchecks:\n  - { name: a, type: tcp, host: x }\n  - { name: b, type: http, url: x }\n',
  )
  expect(checks.map(({ settings }) => settings)).toEqual([{ host: 'x', port: 80 }, { url: 'x' }])
})

test('a key with the name of a type is a section of the defaults where it is a mapping, and a default where it is not', async () => {
  const checks = '\nchecks:\n  - { name: a, type: tcp, host: x, port: 1 }\n  - { name: b, type: exec }\n'
  const settings = async (text: string) => (await configured(`${text}${checks}`)).checks.map((check) => check.settings)
  const [first, second] = await settings('defaults: { exec: { command: [a] } }')
  expect([first, second]).toEqual([{ host: 'x', port: 1 }, { command: ['a'] }])
  expect((await settings('defaults: { exec: true, command: [a] }'))[0]).toEqual({ host: 'x', port: 1, exec: true })
})

test('a group can depend on one of its own checks, which does not depend on itself', async () => {
  const { checks } = await configured(`groups: { web: { depends: [db] } }
checks:
  - { name: db, type: tcp, host: x, port: 1, group: web }
  - { name: app, type: tcp, host: x, port: 1, group: web }
`)
  expect(checks.map(({ depends }) => depends)).toEqual([[], ['db']])
})

test('a long chain is no circle, and each circle is told once, the middle of a long one left out', async () => {
  const chain = (last: string) =>
    [
      'checks:',
      ...Array.from(
        { length: 1000 },
        (_, at) => `  - { name: c${at}, type: tcp, host: x, port: 1, depends: ${at < 999 ? `c${at + 1}` : last} }`,
      ),
    ].join('\n')
  expect(await mistakes(chain('[]'))).toEqual([])
  expect(await mistakes(chain('c0'))).toEqual([
    'healthtop.yaml:1001:48 checks[999].depends: depends on itself: c0 → c1 → c2 → c3 → (993 more) → c997 → c998 → c999 → c0',
  ])
})

test('an anchor is one place: what is wrong there is told there, once', async () => {
  const text = `defaults:
  labels: &labels
    team: [web]
checks:
  - &one
    name: a
    type: tcp
    host: x
    port: none
    labels: *labels
  - <<: *one
    name: b
`
  expect(await mistakes(text)).toEqual([
    'healthtop.yaml:3:5 defaults.labels.team: expected a text, a number, true, false or null, got a list',
    'healthtop.yaml:9:5 checks[0].port: expected a port from 1 to 65535, got "none"',
  ])
})

test('block style, flow style, anchors and merge keys say the same', async () => {
  const block = 'checks:\n- name: a\n  type: http\n  url: x\n  headers:\n    A: b\n  expect:\n    status:\n    - 200\n'
  const flow = '{ checks: [ { name: a, type: http, url: x,\n headers: { A: b }, expect: { status: [200] } } ] }'
  const merged =
    'defaults: { headers: &h { A: b } }\nchecks:\n  - <<: { name: a, type: http }\n    url: x\n    headers: *h\n    expect: { "status": 200 }\n'
  const [first, ...others] = await Promise.all(
    [block, flow, merged, block.replaceAll('\n', '\r\n'), `\ufeff${block}`].map(
      async (text) => (await configured(text)).checks,
    ),
  )
  expect(first).toHaveLength(1)
  for (const other of others) expect(other).toEqual(first)
})

test('line and column are the same with every kind of line end, with a byte order mark, and in flow style', async () => {
  const text = 'checks:\n  - name: a\n    type: http\n    url: x\n    timeout: fast\n'
  const told = ['healthtop.yaml:5:5 checks[0].timeout: expected a duration such as 500ms, 3s or 1m, got "fast"']
  for (const same of [text, text.replaceAll('\n', '\r\n'), `\ufeff${text}`, `${text}  # é\n`])
    expect(await mistakes(same)).toEqual(told)
  expect(await mistakes('{ checks: [\n {name: a, type: http, url: x, "timeout":\n  fast } ] }')).toEqual([
    'healthtop.yaml:2:32 checks[0].timeout: expected a duration such as 500ms, 3s or 1m, got "fast"',
  ])
  expect((await mistakes('checks:\n\t- a\n'))[0]).toMatch(/^healthtop\.yaml:2:1 not YAML: tabs/)
})

test('what is expanded reaches the settings, and the target says its name', async () => {
  writeFileSync(join(folder, 'token'), 'from a file\n')
  const check = await only(
    `checks:
  - name: api
    type: http
    url: "https://\${HOST}:\${PORT}/$\${x}"
    user: "\${file:${folder}/token}"
    insecure: "\${YES}"
`,
    { HOST: 'inside.example', PORT: '81', YES: 'true' },
  )
  expect(check.settings).toEqual({ url: 'https://inside.example:81/${x}', user: 'from a file', insecure: true })
  expect(check.target).toBe('https://${HOST}:${PORT}/${x}')
})

test('a number that was expanded is hidden too, and one of a later layer that was not is not', async () => {
  const text =
    'defaults: { tcp: { port: "${PORT}", host: "${HOST}" } }\nchecks: [{ name: a, type: tcp, host: there }]\n'
  const check = await only(text, { PORT: '81', HOST: 'elsewhere' })
  expect(check.settings).toEqual({ host: 'there', port: 81 })
  expect(check.target).toBe('there:${PORT}')
})

test('every secret is known: what was expanded, what a key says is one, what stands in a URL', async () => {
  const { secrets, files } = await configured(
    `checks:
  - name: api
    type: http
    url: https://me:in%20clear@host/
    user: ada
    password: lovelace
    headers: { Authorization: "Bearer \${TOKEN}", Accept: x }
  - { name: b, type: http, url: x, headers: { A: "\${file:/dev/null}" } }
`,
    { env: { TOKEN: 'abc123' } },
  )
  expect(secrets).toEqual([
    { value: 'abc123', shown: '${TOKEN}' },
    { value: 'in clear', shown: '•••' },
    { value: 'lovelace', shown: '•••', users: ['ada'] },
    { value: 'Bearer abc123', shown: 'Bearer ${TOKEN}', users: [] },
  ])
  expect(files).toEqual(['/dev/null'])
})

test('no message has an expanded value in it, whatever it quotes', async () => {
  const secret = 'hunter2hunter2'
  const text = `keys: { quit: "\${S}" }
interval: "\${S}"
defaults: { port: "\${S}", expect: { latency: "\${S}" } }
checks:
  - { name: "\${S}", type: "\${S}", group: "\${S}", depends: ["\${S}"], interval: "a\${S}b" }
  - { name: b, type: http, url: x, method: "\${S}", headers: ["\${S}"], expect: { body: "/\${S}(/", status: ["\${S}"] }, labels: { a: "\${S}" } }
`
  const more = [{ path: ['keys', 'quit'], text: `there is no key "${secret}"` }]
  const told = await mistakes(text, { env: { S: secret }, more })
  expect(told.length).toBeGreaterThan(10)
  expect(told.join('\n')).not.toContain(secret)
  expect(told.join('\n')).toContain('keys.quit: there is no key "${S}"')
})
