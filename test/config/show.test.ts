// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so a configuration names what is expanded.
import { expect, test } from 'vitest'
import { effectiveText, NOTHING } from '../../src/config/show.ts'
import { configured } from './types.ts'

const ENV = { TOKEN: 'hunter2hunter2', PORT: '81' }
const shown = async (text: string) => effectiveText(await configured(text, { env: ENV }), '1s')

const TEXT = `defaults:
  interval: 10s
  http: { headers: { Authorization: "Bearer \${TOKEN}", Accept: x } }
groups:
  web: { labels: { team: web }, retries: 3 }
checks:
  - name: api
    type: http
    group: web
    url: https://me:in-clear@host/
    user: ada
    password: lovelace
    labels: { tier: front }
    headers: { X-Api-Key: 12-literal-34, Cookie: "id=\${TOKEN}" }
  - { name: db, type: tcp, host: x, port: "\${PORT}", timeout: 1s, depends: api }
`

test('what is in effect is told check by check, and nothing secret with it', async () => {
  expect(await shown(TEXT)).toBe(`interval: 1s
groups:
  web: {}
checks:
  - name: api
    type: http
    group: web
    interval: 10s
    headers:
      Authorization: Bearer \${TOKEN}
      Accept: x
      X-Api-Key: •••
      Cookie: •••\${TOKEN}
    labels:
      team: web
      tier: front
    retries: 3
    url: https://me:•••@host/
    user: ada
    password: •••
    timeout: 3s
    failures: 2
    successes: 1
  - name: db
    type: tcp
    interval: 10s
    host: x
    port: \${PORT}
    timeout: 1s
    depends:
      - api
    retries: 1
    failures: 2
    successes: 1
`)
})

test('what is shown is a configuration that means the same', async () => {
  const text = TEXT.replace('me:in-clear@', '')
    .replace('    password: lovelace\n', '')
    .replace('X-Api-Key: 12-literal-34, Cookie: "id=', 'Cookie: "')
  const first = await configured(text, { env: ENV })
  const second = await configured(await shown(text), { env: ENV })
  expect(second.checks).toEqual(first.checks)
  expect(await shown(await shown(text))).toBe(await shown(text))
})

test('nothing at all is shown as such', () => {
  expect(effectiveText(NOTHING, '2s')).toBe('interval: 2s\nchecks: []\n')
})

test('everything below a key that says secret is hidden, numbers too', async () => {
  const text = await shown(
    'checks: [{ name: a, type: exec, command: [x], env: { API_TOKENS: "1234", PGPASSWORD: abc, N: "5" } }]',
  )
  expect(text).toContain('API_TOKENS: •••')
  expect(text).toContain('PGPASSWORD: •••')
  expect(text).toContain('N: "5"')
})

test('nor does a token in the query of a URL', async () => {
  const text = `checks:
  - name: a
    type: http
    url: "https://host/?access_token=in%2Fclear&n=1&api_key=\${TOKEN}"
`
  const { secrets } = await configured(text, { env: ENV })
  expect(secrets.map(({ value }) => value)).toEqual(expect.arrayContaining(['in/clear', ENV.TOKEN]))
  const told = await shown(text)
  expect(told).toContain('url: https://host/?access_token=•••&n=1&api_key=${TOKEN}')
})
