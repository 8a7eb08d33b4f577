import { constants } from 'node:os'

/** A signal of this system as dialogs offer it. */
export interface Signal {
  /** `SIGTERM`, `SIGRTMIN+3`. */
  readonly name: string
  readonly number: number
  /** What it is for, in people's words; `ends it`: unless the program catches it. */
  readonly help: string
}

/** signal(7) and signal(3) of macOS, by name without SIG: what people send first, mildest first. */
const HELP: Readonly<Record<string, string>> = {
  TERM: 'asks it to end',
  INT: 'as Ctrl-C does',
  HUP: 'often: read the configuration again',
  STOP: 'halts it, CONT goes on',
  CONT: 'goes on after STOP',
  QUIT: 'ends it with a core dump',
  USR1: 'what the program makes of it',
  USR2: 'what the program makes of it',
  KILL: 'ends it at once, nothing is saved',
  ILL: 'ends it as an unknown instruction does',
  TRAP: 'ends it as a breakpoint does',
  ABRT: 'ends it with a core dump, as if it gave up',
  BUS: 'ends it as memory that is not there does',
  FPE: 'ends it as a division by zero does',
  SEGV: 'ends it as a wrong memory access does',
  PIPE: 'ends it as when nobody reads its output',
  ALRM: 'ends it as when its time is up',
  STKFLT: 'ends it; nothing else sends it',
  CHLD: 'tells it that a child has ended',
  TSTP: 'halts it as Ctrl-Z does',
  TTIN: 'halts it as reading in the background does',
  TTOU: 'halts it as writing in the background does',
  URG: 'tells it of urgent data from the network',
  XCPU: 'ends it as when its CPU time is used up',
  XFSZ: 'ends it as when a file grew too large',
  VTALRM: 'ends it as when its time of CPU is up',
  PROF: "ends it as a profiler's timer does",
  WINCH: 'tells it that the terminal has another size',
  IO: 'tells it that there is something to read',
  PWR: 'tells it that the power fails',
  SYS: 'ends it as a forbidden system call does',
  INFO: 'asks what it is doing, as Ctrl-T does',
  LOST: 'tells it that a lock is lost',
  BREAK: 'as Ctrl-Break does',
}

/** These are offered first, in the order above. */
const FIRST = 9

/** Real-time signals that are left to programs: the C library keeps 32 and 33 for its threads, signal(7). */
const REALTIME_MIN = 34
const REALTIME_MAX = 64

const ORDER = Object.keys(HELP)

/** A number may have several names (SIGABRT and SIGIOT): the one with a help text is its usual one. */
function ranked(name: string): number {
  const index = ORDER.indexOf(name.slice(3))
  return index < 0 ? Number.POSITIVE_INFINITY : index
}

/** Signals in the order in which they are offered: what people use first, then by number. `named` are the system's, by name. */
export function signalsOf(named: Readonly<Record<string, number>>, platform: NodeJS.Platform): readonly Signal[] {
  const usual = new Map<number, string>()
  for (const [name, number] of Object.entries(named)) {
    const other = usual.get(number)
    if (other === undefined || ranked(name) < ranked(other)) usual.set(number, name)
  }
  const signals = [...usual].map(([number, name]) => ({ name, number, help: HELP[name.slice(3)] ?? 'ends it' }))
  const place = ({ name, number }: Signal) => (ranked(name) < FIRST ? ranked(name) : FIRST + number)
  signals.sort((one, other) => place(one) - place(other))
  if (platform !== 'linux') return signals
  for (let number = REALTIME_MIN; number <= REALTIME_MAX; number++) {
    const above = number - REALTIME_MIN
    signals.push({ name: above === 0 ? 'SIGRTMIN' : `SIGRTMIN+${above}`, number, help: 'what the program makes of it' })
  }
  return signals
}

/** All that this system has. */
export const SIGNALS: readonly Signal[] = signalsOf(constants.signals, process.platform)

/**
 * The number of a signal of this system: by its name with or without SIG, in any case (`SIGTERM`, `hup`, `RTMIN+3`, `SIGRTMAX-1`), or by
 * its number. Undefined when there is none; 0, which only asks whether a process is there, is none.
 */
export function signalNumber(signal: string | number): number | undefined {
  if (typeof signal === 'number' || /^\d+$/.test(signal)) {
    return SIGNALS.find(({ number }) => number === Number(signal))?.number
  }
  const upper = signal.toUpperCase()
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`
  const below = /^SIGRTMAX(?:-(\d+))?$/.exec(name)
  if (below !== null) {
    const number = REALTIME_MAX - Number(below[1] ?? 0)
    return number < REALTIME_MIN ? undefined : signalNumber(number)
  }
  const named: Readonly<Record<string, number>> = constants.signals
  return SIGNALS.find((one) => one.name === name)?.number ?? (Object.hasOwn(named, name) ? named[name] : undefined)
}
