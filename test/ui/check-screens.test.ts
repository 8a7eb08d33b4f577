import { describe, expect, test } from 'vitest'
import type { CheckStatus } from '../../src/model/check.ts'
import type { PanelId } from '../../src/ui/panels/panel-id.ts'
import { INITIAL, type ViewState } from '../../src/ui/state.ts'
import {
  API,
  BACKUP,
  CERTS,
  definitionOf,
  MAIL,
  NGINX,
  OUTBOX,
  QUEUE,
  resultOf,
  SERVICES,
  SHOP,
  statusOf,
} from '../fixtures/checks.ts'
import { frameOf } from '../fixtures/frame.ts'
import { painted, SIZES } from './painted.ts'

const HOME = { columns: 120, rows: 40 }
const FOOTER = ['Esc back', 'Tab panel', 'c check', 'y copy', 'n next', 'q quit']

function screen(check: CheckStatus | undefined, state: Partial<ViewState>, ascii = false): string {
  const name = check?.definition.name ?? 'removed'
  const others = SERVICES.filter(({ definition }) => definition.name !== name)
  const frame = frameOf({ checks: check === undefined ? others : [check, ...others] })
  const whole: ViewState = { ...INITIAL, focus: 'check-latency', check: { name }, spanMs: 20 * 60_000, ...state }
  return painted(frame, whole, { keys: FOOTER, ascii })
}

const golden = (text: string, name: string) =>
  expect(`${text}\n`).toMatchFileSnapshot(`__snapshots__/check-${name}.txt`)

describe('the page', () => {
  for (const [columns, rows] of SIZES) {
    test(`at ${columns}x${rows}`, () => golden(screen(API, { columns, rows }), `${columns}x${rows}`))
  }
  test('in ASCII', async () => {
    for (const [columns, rows] of SIZES) {
      const text = screen(API, { columns, rows }, true)
      expect(text).toMatch(/^[\x20-\x7e\n]*$/)
      if (columns === 120) await golden(text, '120x40-ascii')
    }
  })
})

describe('its full views', () => {
  for (const panel of ['answer', 'results', 'up', 'expected', 'certificate', 'happened', 'headers'] as const) {
    const id: PanelId = `check-${panel}`
    test(`${panel} in full`, () => golden(screen(API, { ...HOME, focus: id, full: id }), `full-${panel}-120x40`))
  }
  test('latency in full, as a line, with the time axis where there is no box', async () => {
    const line = screen(API, { ...HOME, full: 'check-latency', chart: 'line' })
    expect(line).toMatch(/[╭╯]/)
    await golden(line, 'full-latency-line-120x40')
    expect(screen(API, { columns: 80, rows: 24, full: 'check-latency' })).toMatch(/−20 min +now$/m)
  })
  test('what is too long is unabridged, on rows below', () => {
    const long = `a ${'very '.repeat(40)}long value that ends here`
    const certificate = API.last?.outcome.certificate
    const last = resultOf('api', {
      expectations: [{ name: 'body', met: false, found: long, wanted: 'matches /ok/' }],
      headers: [{ name: 'content-security-policy', value: long }],
      ...(certificate && { certificate }),
    })
    for (const focus of ['check-expected', 'check-headers'] as const) {
      const page = screen({ ...API, last }, { columns: 80, rows: 24, focus })
      expect(page).not.toContain('ends here')
      expect(screen({ ...API, last }, { columns: 80, rows: 24, focus, full: focus })).toContain('ends here')
    }
  })
  test('a fingerprint is whole', () => {
    const full = { focus: 'check-certificate', full: 'check-certificate' } as const
    expect(screen(API, { ...HOME, ...full })).toContain('a1'.repeat(32))
    const narrow = screen(API, { columns: 60, rows: 20, ...full })
    expect(narrow.replaceAll(/\s/g, '')).toContain('a1'.repeat(32))
  })
  test('results scroll', () => {
    const lists = { 'check-results': { selected: 30, offset: 20 } }
    const text = screen(API, { ...HOME, focus: 'check-results', full: 'check-results', lists })
    expect(text).toContain('20 above  8 more')
    expect(text).toMatch(/▌ +14:24:34/)
  })
})

describe('states', () => {
  const state = (name: string, check: CheckStatus | undefined) =>
    test(name, () => golden(screen(check, HOME), `${name.replaceAll(' ', '-')}-120x40`))
  state('down', MAIL)
  state('of processes', NGINX)
  state('waits for another', OUTBOX)
  state('flapping', QUEUE)
  state('not asked yet', BACKUP)
  state('could not be asked', CERTS)
  state('certificate near its end', SHOP)
  state('removed', undefined)
  state(
    'of a plug-in',
    statusOf({
      definition: definitionOf('queue', { type: 'exec', target: '/usr/lib/nagios/plugins/check_queue', retries: 0 }),
      failing: 1,
      last: resultOf('queue', {
        state: 'degraded',
        reason: 'warning',
        error: 'WARNING - 3 jobs wait',
        facts: [{ name: 'says', value: 'WARNING - 3 jobs wait' }],
        values: [
          { label: 'time', value: 0.0412, unit: 's' },
          { label: 'jobs', value: 3, unit: '' },
          { label: 'size', value: 5_242_880, unit: 'B' },
          { label: 'done', value: 41_233, unit: 'c' },
          { label: 'load', value: 0.66666, unit: '' },
          { label: 'used', value: 42.5, unit: '%' },
        ],
      }),
    }),
  )
  test('a chain this host does not trust says why', () => {
    const chain = API.last?.outcome.certificate
    const last = resultOf('api', {
      state: 'down',
      reason: 'certificate',
      error: 'the certificate for api.internal is self-signed',
      ...(chain && { certificate: { ...chain, trusted: false, distrust: 'self-signed' } }),
    })
    const text = screen({ ...API, state: 'down', reason: 'certificate', last }, HOME)
    expect(text).toContain('✖ api.internal')
    expect(text).toMatch(/distrust +self-signed/)
    expect(text).not.toContain('trusted by this host')
  })
  test('latencies of seconds are told in seconds', () => {
    const last = resultOf('api', { latencyS: 12.4 })
    const results = API.results.map((result) => ({ ...result, latencyS: 12.4 }))
    const text = screen({ ...API, last, results, latency: { p50: 12.4, p95: 14.1 } }, HOME)
    expect(text).toMatch(/1 Latency s ━+ median 12\.4 {2}95 % 14\.1 {2}now 12\.4 s/)
  })
})
