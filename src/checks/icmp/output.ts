import { safeText } from '../../lib/text.ts'

/** What ping measured. */
export interface PingReport {
  readonly sent: number
  readonly received: number
  /** Round trips in seconds; absent when nothing came back. */
  readonly rtt?: { readonly min: number; readonly mean: number; readonly max: number }
  /** The address that was asked. Safe text. */
  readonly from?: string
  /** Who said that it goes no further, and how: `192.0.2.254: Destination Host Unreachable`. Safe text. */
  readonly refusal?: string
}

const COUNTS = /^(\d+) packets transmitted, (\d+) (?:packets )?received/m
const RTT = /^(?:rtt|round-trip) min\/avg\/max(?:\/[\w-]+)? = ([\d.]+)\/([\d.]+)\/([\d.]+)/m
/** `PING localhost (127.0.0.1) 56(84)`, `PING localhost(localhost (::1)) 56 data`, `PING ::1 (::1): 56`, `PING6(56=40+8+8 bytes) ::1 --> ::1`. */
const ADDRESS = /^PING6?\b.*?(?:\(([0-9a-f.:]*[.:][0-9a-f.:]*)(?:%\w+)?\)|--> ([0-9a-f:]+))/im
const REFUSAL = /^From (\S+?):? icmp_seq[= ]\d+ (.+)$/m
/** `92 bytes from 192.0.2.254: Destination Host Unreachable`, of macOS and the BSDs. */
const REFUSAL_BSD = /^\d+ bytes from (\S+?): (Destination .+|Time to live .+)$/m

/**
 * Reads what ping wrote, of iputils, BusyBox, macOS and the BSDs, in the C locale; undefined when it got no further than its first line.
 * Source: ping(8).
 */
export function parsePing(text: string): PingReport | undefined {
  const counts = COUNTS.exec(text)
  if (counts === null) return undefined
  const rtt = RTT.exec(text)
  const address = ADDRESS.exec(text)
  const refusal = REFUSAL.exec(text) ?? REFUSAL_BSD.exec(text)
  const from = address?.[1] ?? address?.[2]
  const sent = Number(counts[1])
  return {
    sent,
    // Answers that came twice count once.
    received: Math.min(sent, Number(counts[2])),
    ...(rtt && { rtt: { min: seconds(rtt[1]), mean: seconds(rtt[2]), max: seconds(rtt[3]) } }),
    ...(from !== undefined && { from: safeText(from, 64) }),
    ...(refusal && { refusal: safeText(`${refusal[1]}: ${refusal[2]}`, 160) }),
  }
}

function seconds(milliseconds: string | undefined): number {
  return Number(milliseconds) / 1000
}
