import { createServer, type RequestListener } from 'node:http'
import type { CheckContext } from '../../../src/checks/check.ts'
import { http } from '../../../src/checks/http.ts'
import type { CheckOutcome } from '../../../src/model/check.ts'
import { context, settingsOf } from '../asking.ts'
import { type Loopback, serving } from '../servers/loopback.ts'

/** A check of what a person would write. */
export function ask(
  written: Record<string, unknown>,
  changes: Partial<CheckContext> & { readonly timeoutMs?: number } = {},
): Promise<CheckOutcome> {
  return http.run(settingsOf(http, written), context(changes))
}

export interface WebServer extends Loopback {
  readonly url: string
}

/** A server of HTTP/1.1 on loopback. */
export async function webServer(listener: RequestListener): Promise<WebServer> {
  const server = await serving(createServer(listener))
  return { ...server, url: `http://127.0.0.1:${server.port}/` }
}

/** The value of a fact. */
export function fact(outcome: CheckOutcome, name: string): string | undefined {
  return outcome.facts?.find((one) => one.name === name)?.value
}

/** Expectations as people read them. */
export function rows(outcome: CheckOutcome): readonly string[] {
  return (outcome.expectations ?? []).map(
    ({ name, met, found, wanted }) => `${met ? '✓' : '✖'} ${name}: ${found} | ${wanted}`,
  )
}
