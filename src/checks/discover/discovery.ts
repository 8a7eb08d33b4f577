import { safeText } from '../../lib/text.ts'
import { CHECK_DEFAULTS, type CheckDefinition, type CheckResult } from '../../model/check.ts'
import type { Listener } from '../../model/host.ts'
import { checkType } from '../registry.ts'
import { type Candidate, candidatesOf } from './guess.ts'
import { nameThem } from './names.ts'
import { type Place, placeKey, placesOf } from './places.ts'

/** A discovered service is asked half as often as a configured one: nobody said that it matters. */
const INTERVAL_MS = 2 * CHECK_DEFAULTS.intervalMs
const TIMEOUT_MS = 2000
/** This machine's own servers say what they are at once, or not at all. */
const VERIFY_MS = 1000
/** What has stopped listening for this long is not missed any more: people start and end servers. */
const FORGET_MS = 10 * 60_000
/** For this long at least, also where others want its place: it has to be seen that it is down. */
const KEEP_MS = 2 * 60_000
/**
 * From here on ports are given out by the system (the usual ip_local_port_range; RFC 6335, 6): what comes to listen there and leaves within
 * a minute is a moment's helper of some program, which nobody misses.
 */
const FIRST_DYNAMIC_PORT = 32_768
const LASTING_MS = 60_000
/** More than this on one machine are not services that somebody keeps an eye on. */
const MOST = 200
/** What was found is told after this while others are still asked: one that says nothing takes as long as its timeouts. */
const SOON_MS = 250
/** Places that are asked at once what they speak. */
const AT_ONCE = 4

export interface DiscoveryOptions {
  /** Runs a check once; never rejects. */
  readonly run: (definition: CheckDefinition) => Promise<CheckResult>
  /** Sockets of this process are its own. */
  readonly ownPid: number
  /** All that are known from now on, in the order in which they were found. */
  readonly onDefinitions: (definitions: readonly CheckDefinition[]) => void
  /** Names of checks whose services have stopped listening, or listen again: to be asked now rather than at their turn. */
  readonly onTurned?: (names: readonly string[]) => void
}

/** A service that was found: where, as what, and how a person would write it. */
export interface Found {
  readonly place: Place
  readonly definition: CheckDefinition
  readonly candidate: Candidate
  /** It listened already when it was looked for the first time. */
  readonly early: boolean
  /** Monotonic time at which it was found, and at which it last listened. */
  readonly sinceMono: number
  seenMono: number
  /** Whether it did when that was looked at last. */
  listens: boolean
}

/** Checks made of what listens on this machine: guessed from port and program, and verified by talking the protocol. */
export class Discovery {
  readonly #options: DiscoveryOptions
  readonly #found = new Map<string, Found>()
  readonly #asking = new Set<string>()
  #covered: readonly CheckDefinition[] = []
  #soon: NodeJS.Timeout | undefined
  #looked = false
  #stopped = false

  constructor(options: DiscoveryOptions) {
    this.#options = options
  }

  /** Names and addresses that are checked already: these are not found again. */
  cover(configured: readonly CheckDefinition[]): void {
    this.#covered = configured
    let changed = false
    for (const [key, { place, definition }] of this.#found) {
      if (!isCovered(place, configured) && !configured.some(({ name }) => name === definition.name)) continue
      this.#found.delete(key)
      changed = true
    }
    if (changed) this.#tell()
  }

  /** Takes what listens now. Resolves when every new place was asked. */
  async take(listeners: readonly Listener[], monoMs: number): Promise<void> {
    const places = placesOf(listeners, this.#options.ownPid).filter((place) => !isCovered(place, this.#covered))
    const there = new Set(places.map(placeKey))
    const turned: string[] = []
    for (const [key, found] of this.#found) {
      const listens = there.has(key)
      if (listens !== found.listens) turned.push(found.definition.name)
      found.listens = listens
      if (listens) found.seenMono = monoMs
    }
    const fresh = places.filter((place) => !this.#found.has(placeKey(place)) && !this.#asking.has(placeKey(place)))
    if (this.#makeRoom(fresh, monoMs)) this.#tell()
    if (turned.length > 0) this.#options.onTurned?.(turned)
    const early = !this.#looked
    this.#looked = true
    await this.#ask(fresh.slice(0, Math.max(0, MOST - this.#found.size - this.#asking.size)), {
      early,
      sinceMono: monoMs,
    })
  }

  /**
   * Forgets what has stopped listening for long enough; where there are too many, also what ended some minutes ago, the longest gone
   * first, and then what nobody would miss, for the sake of somebody's services. Whether there was any.
   */
  #makeRoom(fresh: readonly Place[], monoMs: number): boolean {
    const before = this.#found.size
    const over = (coming: number) => this.#found.size + this.#asking.size + coming - MOST
    const oldest = [...this.#found].sort(([, a], [, b]) => a.seenMono - b.seenMono)
    for (const [key, found] of oldest) {
      const goneMs = monoMs - found.seenMono
      const missedMs = isPassing(found) ? 0 : over(fresh.length) > 0 ? KEEP_MS : FORGET_MS
      if (goneMs > 0 && goneMs >= missedMs) this.#found.delete(key)
    }
    const services = fresh.filter((place) => !isDynamic(place)).length
    for (const [key, { place }] of oldest.reverse()) if (over(services) > 0 && isDynamic(place)) this.#found.delete(key)
    return this.#found.size < before
  }

  /** What was found, with how a person would write it. */
  get found(): readonly Found[] {
    return [...this.#found.values()]
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#soon)
  }

  async #ask(places: readonly Place[], when: Pick<Found, 'early' | 'sinceMono'>): Promise<void> {
    const named = new Map([...this.#found].map(([key, { definition }]) => [key, definition.name]))
    const names = nameThem(places, named, new Set(this.#covered.map(({ name }) => name)))
    const waiting = [...places]
    for (const place of places) this.#asking.add(placeKey(place))
    const worker = async () => {
      for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
        const key = placeKey(place)
        const found = await this.#verify(place, names.get(key) as string)
        this.#asking.delete(key)
        if (found === undefined || this.#stopped || isCovered(place, this.#covered)) continue
        this.#found.set(key, { place, ...found, ...when, seenMono: when.sinceMono, listens: true })
        this.#soon ??= setTimeout(() => this.#tell(), SOON_MS)
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, places.length) }, worker))
    if (places.length > 0) this.#tell()
  }

  /** The first thing that it can be that it answers as; the last candidate stands unasked. */
  async #verify(place: Place, name: string): Promise<Pick<Found, 'definition' | 'candidate'> | undefined> {
    const candidates = candidatesOf(place)
    for (const [index, candidate] of candidates.entries()) {
      const definition = await definitionOf(name, candidate)
      if (definition === undefined) continue
      if (index === candidates.length - 1 && candidate.certain) return { definition, candidate }
      const { outcome } = await this.#options.run({ ...definition, retries: 0, timeoutMs: VERIFY_MS })
      if (this.#stopped) return undefined
      if (outcome.state === 'up' || outcome.state === 'degraded' || candidate.speaks?.has(outcome.reason ?? ''))
        return { definition, candidate }
    }
    return undefined
  }

  #tell(): void {
    clearTimeout(this.#soon)
    this.#soon = undefined
    if (!this.#stopped) this.#options.onDefinitions([...this.#found.values()].map(({ definition }) => definition))
  }
}

/**
 * The check that a candidate makes; undefined where the type's schema refuses it, since anybody may call a program as they like. The schema
 * library is loaded here, by whoever finds something.
 */
async function definitionOf(
  name: string,
  { type: typeName, written }: Candidate,
): Promise<CheckDefinition | undefined> {
  const type = checkType(typeName)
  if (type === undefined) throw new Error(`there is no check type ${typeName}`)
  const { FIELDS } = await import('../../lib/fields.ts')
  const { data: settings } = type.schema(FIELDS).safeParse(written)
  if (settings === undefined) return undefined
  return {
    ...CHECK_DEFAULTS,
    name,
    type: typeName,
    target: safeText(type.target(settings), 500),
    origin: 'discovered',
    settings,
    intervalMs: INTERVAL_MS,
    timeoutMs: TIMEOUT_MS,
    // On this machine a refusal is no accident of the network, and half a minute is long enough to wait.
    failures: 1,
    depends: [],
    labels: {},
  }
}

function isDynamic({ port }: Place): boolean {
  return port >= FIRST_DYNAMIC_PORT
}

function isPassing({ place, early, sinceMono, seenMono }: Found): boolean {
  return isDynamic(place) && !early && seenMono - sinceMono < LASTING_MS
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|0\.0\.0\.0)$/

/** Whether a configured check asks this place: by its target, `https://localhost:8443/healthz`, `127.0.0.1:25`. */
function isCovered({ host, port }: Place, configured: readonly CheckDefinition[]): boolean {
  return configured.some(({ target }) => {
    const at = addressOf(target)
    if (at === undefined || at.port !== port) return false
    return at.host === host || (LOOPBACK.test(at.host) && LOOPBACK.test(host))
  })
}

function addressOf(target: string): { readonly host: string; readonly port: number } | undefined {
  try {
    const { protocol, hostname, port } = new URL(target.includes('://') ? target : `tcp://${target}`)
    const usual = protocol === 'https:' ? 443 : protocol === 'http:' ? 80 : 0
    return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) }
  } catch {
    // Not every target has an address: a process, a file.
    return undefined
  }
}
