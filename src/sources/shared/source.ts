import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Batch, Command, Outcome } from '../../model/source.ts'
import { createCostReader } from '../live/cost.ts'
import type { LiveSource } from '../live/live.ts'
import type { LiveBatch } from '../live/messages.ts'
import { type Client, type ClientOptions, createClient, type Ending } from './client.ts'
import { type Holder, measurerOf, thisPlace } from './holder.ts'
import { createInbox } from './inbox.ts'
import { isForAnybody, LOCK_NAME } from './lock.ts'
import { createServiceClient, findService, lostText, type Service } from './service.ts'
import { createServing, type Serving } from './serving.ts'
import type { Role, SharedOptions, SharedSource } from './shared-source.ts'
import { askMachine, askOther, type Wishes } from './wishes.ts'

const RETRY_MS = 10_000
const KEEP_MS = 1000
/** A batch counts as due that comes a little early; the timer is for when none comes. */
const SOON = 0.8
const LATE = 1.5
/** Who has just taken the lock listens a moment later. */
const PATIENCE_MS = 2000
const AGAIN_MS = 50
/** Who gave way is not the first to take the place again. */
const GIVE_WAY_MS = 300
const LOOKING: Outcome = { ok: false, reason: 'nobody measures at this moment' }
const NOTHING: ReadonlySet<Command['kind']> = new Set()

/** Starts to measure, or to attach, at once. What comes before `start` is kept for it. Who makes a source must stop it. */
export function createSharedSource(options: SharedOptions): SharedSource {
  const { stateFolder, service, clock, readOnly, version, access = 'owner', env = process.env } = options
  const { retryMs = RETRY_MS, keepMs = KEEP_MS } = options
  const me = { pid: process.pid, command: options.command, version }
  const here = thisPlace()
  const cost = createCostReader(clock)
  const inbox = createInbox(clock)
  const givenUp = new Set<string>()
  const stopping = new AbortController()
  const serving: Serving | undefined =
    stateFolder === undefined
      ? undefined
      : createServing({
          folder: stateFolder,
          me,
          here,
          env,
          clock,
          readOnly,
          access,
          judge: options.judge,
          // A service is to measure rather than a screen that somebody looks at.
          giveWay: options.command === 'dashboard' ? () => role.kind === 'own' && stepDown(GIVE_WAY_MS) : undefined,
          failed: (reason) => inbox.happened('log', 'warning', `nobody can attach: ${reason}`),
        })
  let role: Role = { kind: 'looking' }
  let settle: (role: Role) => void = () => {}
  const settled = new Promise<Role>((resolve) => {
    settle = resolve
  })
  let live: LiveSource | undefined
  let client: Client | undefined
  let can = NOTHING
  let timer: NodeJS.Timeout | undefined
  let keptMono = Number.NEGATIVE_INFINITY
  /** For whoever answers next. */
  const wishes: Wishes = { begun: false }

  function become(next: Role): void {
    role = next
    if (next.kind !== 'looking') settle(next)
    options.onRole?.(next)
  }

  /** Measures here from now on. */
  function measure(): LiveSource {
    if (live !== undefined) return live
    const source = options.live()
    live = source
    askMachine(wishes, source)
    source.start((batch) => {
      if (live === source) measured(batch)
    })
    return source
  }

  function measured(batch: LiveBatch): void {
    // After a stop of this process somebody else may measure. With each batch, too, for the timer would wake the thread once more a second.
    if (role.kind === 'own' && clock.monoMs() - keptMono > SOON * keepMs) keep()
    const { clients: _, ...own } = batch
    serving?.batch(batch)
    if (live !== undefined) inbox.take(own)
  }

  /** Measures for all, from when the lock is taken. */
  function own(after: Holder | undefined, news: Partial<Batch>): void {
    become({ kind: 'own' })
    keptMono = clock.monoMs()
    every(LATE * keepMs, keep)
    if (after !== undefined) inbox.happened('started', 'event', `took over from pid ${after.pid}`, news)
    else if (news.told !== undefined) inbox.tell(news)
    const source = measure()
    serving?.serve(source)
  }

  function alone(reason?: string, by?: Holder): void {
    become({ kind: 'alone', ...(reason !== undefined && { reason }), ...(by && { by: measurerOf(by) }) })
    if (reason !== undefined) inbox.happened('log', 'warning', `measures for itself alone: ${reason}`, { told: 'own' })
    measure()
    if (serving !== undefined) every(retryMs, retry)
  }

  function retry(): void {
    const taking = serving?.take(givenUp)
    if (taking?.kind === 'taken') own(taking.after, {})
  }

  function every(ms: number, work: () => void): void {
    clearInterval(timer)
    timer = setInterval(work, ms)
    timer.unref()
  }

  /** Looks whether the lock is ours still. */
  function keep(): void {
    keptMono = clock.monoMs()
    timer?.refresh()
    if (serving === undefined || role.kind !== 'own' || serving.held()) return
    void serving.leave().then(() => {
      if (stopping.signal.aborted || role.kind !== 'own') return
      const taking = serving.take(givenUp)
      if (taking.kind === 'taken') own(undefined, {})
      else if (taking.kind === 'failed') alone(taking.reason)
      else void stepDown()
    })
  }

  /** Another one measures from now on, or will in a moment. */
  async function stepDown(waitMs = 0): Promise<void> {
    const before = live
    live = undefined
    clearInterval(timer)
    become({ kind: 'looking' })
    await Promise.all([serving?.leave(), before?.stop(), pause(waitMs)])
    await seek(undefined)
  }

  /** Attaches to whoever measures, or measures. `lost`: who did until now. */
  async function seek(lost: Holder | undefined): Promise<void> {
    let since = { nonce: '', monoMs: clock.monoMs() }
    while (!stopping.signal.aborted) {
      const found = lookForService()
      if (found !== undefined) {
        if ((await attach(found, true)) === 'attached') return
        givenUp.add(found.nonce)
        continue
      }
      if (serving === undefined) return alone()
      const taking = serving.take(givenUp)
      if (taking.kind === 'taken') return own(taking.after ?? lost, lost === undefined ? {} : { told: 'own' })
      if (taking.kind === 'failed') return alone(taking.reason)
      if (taking.kind === 'held') {
        const { by } = taking
        if (by.nonce !== since.nonce) since = { nonce: by.nonce, monoMs: clock.monoMs() }
        const end = await attach(by)
        if (end === 'attached' || stopping.signal.aborted) return
        if (end.kind === 'refused')
          return alone(`pid ${by.pid} measures, and does not take this one: ${end.reason}`, by)
        if (end.kind === 'silent') givenUp.add(by.nonce)
        else if (clock.monoMs() - since.monoMs > PATIENCE_MS) {
          if (!taking.unsure) return alone(unanswered(by), by)
          givenUp.add(by.nonce)
        }
      }
      await pause(AGAIN_MS)
    }
  }

  /** A lock may name a process that has nothing to do with it. */
  function unanswered({ pid, socket }: Holder): string {
    const where = socket === undefined ? 'it says not where to reach it' : `nobody answers at ${socket}`
    return `${join(stateFolder ?? '', LOCK_NAME)} says that pid ${pid} measures, but ${where}`
  }

  function lookForService(): Service | undefined {
    return service && findService(service.folder, here, givenUp)
  }

  /** The service has come (again): it measures rather than this one. */
  function turnToService(): void {
    if ((role.kind === 'own' || role.kind === 'alone') && lookForService() !== undefined) void stepDown()
  }

  /** Resolves when the other one has taken us in, or with why it has not. */
  function attach(by: Holder, isService = false): Promise<'attached' | Ending> {
    const { socket } = by
    if (socket === undefined) return Promise.resolve({ kind: 'gone' })
    return new Promise((resolve) => {
      let taken = false
      const clientOptions: ClientOptions = {
        path: socket,
        me,
        bootId: here.bootId,
        clock,
        attached(measurer) {
          if (options.command === 'run' && measurer.command === 'dashboard') {
            one.takePlace()
            return
          }
          taken = true
          become({ kind: 'attached', by: measurer, ...(isService && { service: isService }) })
          clearInterval(timer)
          askOther(wishes, one)
          resolve('attached')
        },
        can(kinds) {
          can = readOnly ? NOTHING : new Set(kinds)
        },
        receive(batch) {
          if (taken && client === one) inbox.take({ ...batch, ...(batch.samples.length > 0 && cost.due()) })
        },
        ended(ending) {
          if (client === one) client = undefined
          can = NOTHING
          if (!taken) resolve(ending)
          else lose(by, ending, isService)
        },
      }
      // In another pid namespace a pid is another process.
      const acts = isService && by.pidNamespace === here.pidNamespace ? service?.actor() : undefined
      const one = acts === undefined ? createClient(clientOptions) : createServiceClient(clientOptions, acts)
      client = one
    })
  }

  function lose(by: Holder, ending: Ending, isService: boolean): void {
    if (ending.kind === 'silent' || (isService && ending.kind === 'refused')) givenUp.add(by.nonce)
    if (ending.kind === 'refused' && !isService) {
      alone(`pid ${by.pid} measures, and goes on without this one: ${ending.reason}`, by)
      return
    }
    become({ kind: 'looking' })
    if (isService) inbox.happened('started', 'event', lostText(by, ending), { told: 'own' })
    // The place of the service is not this one's to take.
    void seek(isService ? undefined : by)
  }

  function begin(): void {
    const taking = lookForService() === undefined ? serving?.take(givenUp) : ({ kind: 'busy' } as const)
    if (taking === undefined) alone()
    else if (taking.kind === 'taken') own(taking.after, {})
    else if (taking.kind === 'failed') alone(taking.reason)
    else {
      become({ kind: 'looking' })
      void seek(undefined)
    }
  }

  begin()
  if (stateFolder !== undefined && isForAnybody(stateFolder))
    inbox.happened('log', 'warning', `anybody may replace what is in ${stateFolder}: chmod o-w ${stateFolder}`)
  const turning = service === undefined ? undefined : setInterval(turnToService, retryMs).unref()
  return {
    get role() {
      return role
    },
    settled,
    get can() {
      return live?.can ?? can
    },
    first: () => live?.first() ?? { ...options.first(), cost: cost.now() },
    start: inbox.open,
    beginChecks() {
      wishes.begun = true
      live?.beginChecks()
    },
    configure(setup) {
      wishes.checks = setup
      live?.configure(setup)
    },
    publish(told) {
      if (role.kind === 'own') serving?.publish(told)
    },
    query(next) {
      wishes.query = next
      live?.query(next)
      client?.query(next)
    },
    watch(request) {
      wishes.watched = request
      live?.watch(request)
      client?.watch(request)
    },
    async command(command) {
      if (live !== undefined) return live.command(command)
      if (readOnly) return { ok: false, reason: 'read-only' }
      return client?.command(command) ?? LOOKING
    },
    inspect: async (target) => (live ?? client)?.inspect(target),
    async stop() {
      stopping.abort()
      clearInterval(timer)
      clearInterval(turning)
      client?.close()
      client = undefined
      const measuring = live
      await serving?.leave()
      await measuring?.stop()
    },
  }
}
