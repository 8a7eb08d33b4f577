import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tls } from '../../../src/checks/tls.ts'
import { createEngine, type Engine } from '../../../src/engine/engine.ts'
import type { CheckBatch, CheckOutcome } from '../../../src/model/check.ts'
import type { Frame } from '../../../src/model/frame.ts'
import type { Batch } from '../../../src/model/source.ts'
import { context, settingsOf } from '../../checks/asking.ts'
import { type Certificates, daysFromNow, hasOpenssl, makeCertificates } from '../../checks/servers/certificates.ts'
import { tlsServer } from '../../checks/servers/loopback.ts'
import { definitionOf } from '../../fixtures/checks.ts'
import { sample } from '../samples.ts'

/** An engine that hears of one check, on the machine's wall clock, by which certificates end, and a monotonic one in the hand of the test. */
class Watch {
  readonly #engine: Engine = createEngine()
  readonly #startMs = Date.now()
  #second = 0
  frame: Frame

  constructor() {
    const definitions = [definitionOf('shop', { type: 'tls', target: '127.0.0.1:443' })]
    this.frame = this.#engine.accept(this.#batch({ definitions }))
  }

  #batch(checks?: CheckBatch): Batch {
    const [monoMs, wallMs] = [this.#second * 1000, this.#startMs + this.#second * 1000]
    const host = { ...sample(monoMs, { gauges: { cpu_used_ratio: 0.1 } }), wallMs }
    return { wallMs, monoMs, samples: [host], ...(checks && { checks }) }
  }

  /** The same answer every fifteen seconds, for so many seconds. */
  answers(outcome: CheckOutcome, seconds: number): void {
    for (const end = this.#second + seconds; this.#second < end; this.#second++) {
      const [monoMs, wallMs] = [this.#second * 1000, this.#startMs + this.#second * 1000]
      const result = { check: 'shop', outcome, wallMs, monoMs, durationMs: 10, tries: 1 }
      this.frame = this.#engine.accept(this.#batch(this.#second % 15 === 0 ? { results: [result] } : undefined))
    }
  }

  get told(): string[] {
    return this.frame.events
      .filter(({ subject }) => subject === 'shop')
      .map(({ kind, level, text, cause, alert }) =>
        [kind, level, text, ...(cause === undefined ? [] : [`(${cause})`]), ...(alert ? ['*'] : [])].join(' '),
      )
  }

  get now(): string[] {
    return this.frame.reasons.map(({ verdict, subject, text }) => `${verdict} ${subject} ${text}`)
  }
}

describe.skipIf(!hasOpenssl())('a certificate that a real server shows', () => {
  let certificates: Certificates
  beforeAll(() => {
    certificates = makeCertificates()
  })
  afterAll(() => certificates[Symbol.dispose]())

  /** What a check of a server finds whose certificate ends in so many days; nothing is said of certificates in the check. */
  async function shown(days: number): Promise<CheckOutcome> {
    const { certificate: cert, key } = certificates.make({ issuer: certificates.authority, until: daysFromNow(days) })
    await using server = await tlsServer({ cert, key }, () => {})
    const trusting = { ca: certificates.authority.certificatePath, serverName: 'localhost' }
    return await tls.run(settingsOf(tls, { host: '127.0.0.1', port: server.port, ...trusting }), context())
  }

  test('is told once when its end is near, and once when it was renewed', async () => {
    const watch = new Watch()
    watch.answers(await shown(9.5), 120)
    expect(watch.frame.alerts.map(({ name, state, text }) => `${name} ${state} ${text}`)).toEqual([
      'certificate-ends-soon firing certificate ends in 9 d',
    ])
    expect(watch.now).toEqual(['warning shop certificate 9 d'])
    expect(watch.frame.reasons[0]?.alert).toBe(watch.frame.alerts[0]?.id)
    expect(watch.told).toEqual(['check warning certificate 9 d *'])
    watch.answers(await shown(89.5), 120)
    expect(watch.frame.alerts).toEqual([])
    expect(watch.told).toHaveLength(2)
    expect(watch.told[0]).toMatch(/^check ok well again \(was certificate .*\) \*$/)
    expect(watch.frame.records.map(({ alert, state }) => `${alert.name} ${state}`)).toEqual([
      'certificate-ends-soon resolved',
    ])
  })

  test('turns critical in its last days, which its check does not tell', async () => {
    const watch = new Watch()
    watch.answers(await shown(9.5), 120)
    watch.answers(await shown(2.5), 120)
    expect(watch.now).toEqual(['critical shop certificate 2 d'])
    expect(watch.told).toEqual(['alert critical certificate ends in 2 d *', 'check warning certificate 9 d *'])
    expect(watch.frame.alerts.map(({ name }) => name)).toEqual(['certificate-ends-now'])
  })

  test('is a matter of the check alone once it has expired', async () => {
    const watch = new Watch()
    watch.answers(await shown(-0.5), 120)
    expect(watch.frame.alerts.map(({ name }) => name)).toEqual(['check-down'])
    expect(watch.now).toEqual([expect.stringMatching(/^critical shop down .*expired on/)])
    expect(watch.told).toHaveLength(1)
  })
})
