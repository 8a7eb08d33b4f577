import { isDeepStrictEqual } from 'node:util'
import { Discovery } from '../../../checks/discover/discovery.ts'
import type { RunEnvironment } from '../../../checks/run.ts'
import type { Clock } from '../../../lib/clock.ts'
import { redactor } from '../../../lib/secrets.ts'
import type { CheckDefinition } from '../../../model/check.ts'
import type { Listener } from '../../../model/host.ts'
import { noteIn } from './in-flight.ts'
import type { ChecksConfig, FromChecks, ToChecks } from './messages.ts'
import { Outbox } from './outbox.ts'
import { createQuestions } from './questions.ts'
import { Runs, runDefinition, scheduledOf, type TypeOf } from './runs.ts'

export interface ChecksCoreOptions extends Omit<ChecksConfig, 'monoMs' | 'hrMs'> {
  readonly clock: Clock
  readonly typeOf: TypeOf
  readonly post: (message: FromChecks) => void
}

/** All that the worker of checks does, without its thread: one timer, aimed at what comes next. */
export interface ChecksCore {
  take(message: Exclude<ToChecks, { readonly kind: 'stop' }>): void
  /** Ends all that runs. Nothing is posted any more. */
  stop(): void
}

/** Starts at once. */
export function createChecksCore(options: ChecksCoreOptions): ChecksCore {
  const { clock, typeOf, suspects, leftOut, generation } = options
  const note = noteIn(options.inFlight)
  const questions = createQuestions(post, generation)
  const notBefore = new Map(leftOut)
  const outbox = new Outbox(clock.monoMs())
  const ending = new AbortController()
  let { setup, discovered } = options
  let definitions: ReadonlyMap<string, CheckDefinition> = new Map()
  let environment: RunEnvironment = {
    clock,
    processes: questions.ask,
    memories: new Map(),
    left: new Map(),
    redact: redactor(setup.secrets),
  }
  let timer: NodeJS.Timeout | undefined
  let timerMono = Number.POSITIVE_INFINITY
  let discovery: Discovery | undefined
  const runs = new Runs({
    typeOf,
    environment: () => environment,
    note,
    ended(result) {
      if (result !== undefined) outbox.add(result)
      look()
    },
  })

  function post(message: FromChecks): void {
    if (!ending.signal.aborted) options.post(message)
  }

  /** Starts what is due, posts what is to be posted, and waits for the next of either. */
  function look(): void {
    if (ending.signal.aborted) return
    const nowMono = clock.monoMs()
    runs.start(nowMono)
    const posting = outbox.take(nowMono)
    if (posting !== undefined) post({ kind: 'results', ...posting, next: nextOf(nowMono) })
    const atMono = Math.min(runs.scheduler.wakeMono ?? Number.POSITIVE_INFINITY, outbox.wakeMono)
    if (atMono === timerMono) return
    clearTimeout(timer)
    timerMono = atMono
    timer = setTimeout(
      () => {
        timerMono = Number.POSITIVE_INFINITY
        look()
      },
      Math.max(0, Math.ceil(atMono - nowMono)),
    )
  }

  /** As people read clocks: also when the wall clock was set meanwhile. */
  function nextOf(nowMono: number): Record<string, number> {
    const aheadMs = clock.wallMs() - nowMono
    return Object.fromEntries([...runs.scheduler.takeNext()].map(([name, mono]) => [name, Math.round(mono + aheadMs)]))
  }

  function schedule(): void {
    const all = new Map([...discovered, ...setup.definitions].map((definition) => [definition.name, definition]))
    for (const [name, definition] of definitions) {
      if (isDeepStrictEqual(all.get(name), definition)) continue
      environment.memories.delete(name)
      notBefore.delete(name)
    }
    const first = definitions.size === 0
    definitions = all
    outbox.define(all)
    const scheduled = [...all.values()].map((definition) => ({
      ...scheduledOf(definition, typeOf),
      suspect: (first && suspects.includes(definition.name)) || notBefore.has(definition.name),
      notBeforeMono: notBefore.get(definition.name),
    }))
    runs.replace(scheduled, clock.monoMs())
    look()
  }

  async function runOnce(definition: CheckDefinition) {
    const end = note(definition.name)
    const result = await runDefinition(definition, typeOf, environment, ending.signal)
    end()
    return result
  }

  function openDiscovery(): Discovery {
    const opened = new Discovery({
      run: runOnce,
      ownPid: process.pid,
      onDefinitions(found) {
        if (opened !== discovery) return
        discovered = found
        post({ kind: 'discovered', definitions: found })
        schedule()
      },
      onTurned(names) {
        runs.scheduler.ask(names, clock.monoMs())
        look()
      },
    })
    opened.cover(setup.definitions)
    return opened
  }

  function listen(listeners: readonly Listener[]): void {
    if (!setup.discover) return
    discovery ??= openDiscovery()
    void discovery.take(listeners, clock.monoMs())
  }

  schedule()
  return {
    take(message) {
      switch (message.kind) {
        case 'setup':
          setup = message.setup
          environment = { ...environment, redact: redactor(setup.secrets) }
          if (!setup.discover) {
            discovery?.stop()
            discovery = undefined
            discovered = []
          }
          schedule()
          discovery?.cover(setup.definitions)
          return
        case 'listeners':
          listen(message.listeners)
          return
        case 'check_now':
          runs.scheduler.ask(message.names, clock.monoMs())
          look()
          return
        case 'processes':
          questions.answer(message)
      }
    },
    stop() {
      ending.abort()
      clearTimeout(timer)
      discovery?.stop()
      runs.stop()
    },
  }
}
