/** What is to be pinged, and how long there is for it. */
export interface PingWish {
  readonly host: string
  readonly family?: 4 | 6
  readonly count: number
  readonly leftMs: number
}

export interface PingCommand {
  readonly program: string
  readonly args: readonly string[]
}

/** The shortest pause that everybody may ask for: iputils leaves shorter ones to root. */
const PAUSE_MS = 200
/** For the program to start and to tell. */
const REST_MS = 150
const LONGEST_WAIT_MS = 10_000

/**
 * How ping is called, best first; the next is for a ping that does not know the arguments of the one before. Old ones and BusyBox's take
 * whole seconds only, or no interval. Pings that would not fit in the time are left out. Sources: ping(8) of iputils, `busybox ping`, ping(8)
 * and ping6(8) of macOS, whose -W is in milliseconds.
 */
export function pingCommands(wish: PingWish, platform: NodeJS.Platform): readonly PingCommand[] {
  const fitting = Math.floor((wish.leftMs - REST_MS) / PAUSE_MS)
  const count = Math.max(1, Math.min(wish.count, fitting))
  const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(50, wish.leftMs - REST_MS - (count - 1) * PAUSE_MS))
  const often = ['-n', '-c', String(count), '-i', String(PAUSE_MS / 1000)]
  const target = ['--', wish.host]
  const six = wish.family === 6 || (wish.family === undefined && wish.host.includes(':'))
  if (platform === 'darwin') {
    return six
      ? [{ program: 'ping6', args: [...often, ...target] }]
      : [{ program: 'ping', args: [...often, '-W', String(Math.round(waitMs)), ...target] }]
  }
  const family = wish.family === undefined ? [] : [`-${wish.family}`]
  const seconds = waitMs >= 1000 ? Math.floor(waitMs / 1000) : (waitMs / 1000).toFixed(2)
  return [
    { program: 'ping', args: [...often, '-W', String(seconds), ...family, ...target] },
    { program: 'ping', args: ['-c', '1', '-W', '1', ...family, ...target] },
  ]
}

/** Whether a ping complains about its arguments rather than about the host. Source: getopt(3), xatonum of BusyBox, ping of iputils. */
export function wasMisunderstood(stderr: string): boolean {
  return /(invalid|illegal|unrecognized) (option|number|argument|value|timing)|bad (linger|timing|wait)|^usage:/im.test(
    stderr,
  )
}
