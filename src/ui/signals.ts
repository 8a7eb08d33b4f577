/** A signal as the dialog offers it. */
export interface SignalChoice {
  readonly name: NodeJS.Signals
  readonly number: number
  readonly help: string
}

/** What people send, mildest first. Numbers as on Linux x86 and ARM, signal(7). */
export const SIGNALS: readonly SignalChoice[] = [
  { name: 'SIGTERM', number: 15, help: 'asks it to end' },
  { name: 'SIGINT', number: 2, help: 'as Ctrl-C does' },
  { name: 'SIGHUP', number: 1, help: 'often: read the configuration again' },
  { name: 'SIGSTOP', number: 19, help: 'halts it, CONT goes on' },
  { name: 'SIGCONT', number: 18, help: 'goes on after STOP' },
  { name: 'SIGQUIT', number: 3, help: 'ends it with a core dump' },
  { name: 'SIGUSR1', number: 10, help: 'what the program makes of it' },
  { name: 'SIGUSR2', number: 12, help: 'what the program makes of it' },
  { name: 'SIGKILL', number: 9, help: 'ends it at once, nothing is saved' },
]
