import { ARRANGEMENTS, PROCESS_FIELDS, SORT_KEYS } from '../../model/processes.ts'
import { WATCH_SECTIONS } from '../../model/watch.ts'
import { type FromClient, readLine } from './protocol.ts'
import { isCount, isEither, isFlag, isListOf, isOneOf, isRecord, isText, isWhole, type Shape } from './shape.ts'

/** Longer than anybody types or than a kernel's limits let something be. */
const TEXT = 10_000
/** Row keys of a tree of which all is folded, on the largest machines. */
const MOST_KEYS = 50_000
const MOST_TARGETS = 10_000

const processId = isRecord({ pid: isCount, startTicks: isCount })
const targets = isListOf(processId, MOST_TARGETS)
const rowKeys = isListOf(isText(200), MOST_KEYS)
const alert = isText(TEXT)

const query = isRecord(
  {
    id: isCount,
    sort: isOneOf(SORT_KEYS),
    reverse: isFlag,
    filter: isText(TEXT),
    kernelThreads: isFlag,
    columns: isListOf(isOneOf(PROCESS_FIELDS), PROCESS_FIELDS.length),
    arrange: isOneOf(ARRANGEMENTS),
    toggled: rowKeys,
    threadsOf: rowKeys,
    offset: isCount,
    rows: isCount,
  },
  {
    user: isText(TEXT),
    pid: isCount,
    follow: processId,
    hold: isFlag,
    find: isRecord({ text: isText(TEXT), from: isWhole, step: isOneOf([1, -1]) }),
  },
)

const target = isEither(
  isRecord({ kind: isOneOf(['process']), id: processId, name: isText(TEXT) }),
  isRecord({ kind: isOneOf(['pid']), pid: isCount }),
  isRecord({ kind: isOneOf(['name']), name: isText(TEXT) }),
  isRecord({ kind: isOneOf(['pattern']), source: isText(TEXT) }),
)

const request = isRecord(
  { target, sections: isListOf(isOneOf(WATCH_SECTIONS), WATCH_SECTIONS.length) },
  { instance: processId },
)

const command = isEither(
  isRecord({ kind: isOneOf(['signal']), targets, signal: isEither(isText(20), isCount) }),
  isRecord({ kind: isOneOf(['nice']), targets, nice: isWhole }),
  isRecord({
    kind: isOneOf(['io_class']),
    targets,
    ioClass: isOneOf(['none', 'realtime', 'best-effort', 'idle']),
    level: isCount,
  }),
  isRecord({ kind: isOneOf(['affinity']), targets, cores: isListOf(isCount, MOST_TARGETS) }),
  isRecord({ kind: isOneOf(['check_now']), names: isListOf(isText(TEXT), MOST_TARGETS) }),
  isRecord({ kind: isOneOf(['acknowledge']), alert, note: isText(TEXT) }),
  isRecord({ kind: isOneOf(['unacknowledge', 'unsilence']), alert }),
  isRecord({ kind: isOneOf(['silence']), alert }, { untilMs: isCount }),
)

/** What is beside the kind of each message. */
const MESSAGES: Readonly<Record<FromClient['kind'], Shape>> = {
  hello: isRecord({ pid: isCount, version: isText(100) }),
  query: isRecord({ query }),
  watch: isRecord({}, { request }),
  command: isRecord({ id: isCount, command }),
  inspect: isRecord({ id: isCount, target: processId }),
  yield: isRecord({}),
}

export type ReadRequest =
  | { readonly ok: true; readonly request: FromClient }
  | { readonly ok: false; readonly reason: string }

/** Reads a client's line: all of it is as it should be, or it is none. What it asks for goes to threads that would end by nonsense. */
export function readRequest(line: string): ReadRequest {
  const read = readLine(line)
  if (!read.ok) return read
  const { kind, ...rest } = read.message
  if (!Object.hasOwn(MESSAGES, kind)) return { ok: false, reason: 'a message of a kind that nobody knows' }
  if (!MESSAGES[kind as FromClient['kind']](rest))
    return { ok: false, reason: `a message "${kind}" is not as it should be` }
  return { ok: true, request: read.message as unknown as FromClient }
}
