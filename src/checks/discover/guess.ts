import type { Place } from './places.ts'

/** What a place may speak, as a person would write the check. */
export interface Candidate {
  readonly type: string
  /** Keys of the type, as in healthtop.yaml. */
  readonly written: Readonly<Record<string, unknown>>
  /** Reasons of a failure that only somebody who speaks the protocol can give: it is the right type all the same. */
  readonly speaks?: ReadonlySet<string>
  /** It needs no asking: a connection can be made to whatever listens. */
  readonly certain?: boolean
}

/** What greets whoever connects. Sources: RFC 4253 4.2, RFC 5321 3.1, RFC 959 5.4, RFC 1939 4, RFC 9051 7.1.1-7.1.4. */
const BANNERS: readonly { readonly ports: readonly number[]; readonly programs: RegExp; readonly expect: string }[] = [
  { ports: [22, 2222], programs: /^(sshd|dropbear)/, expect: '/^SSH-/' },
  { ports: [25, 587], programs: /^(master|exim4?|sendmail|smtpd|opensmtpd|postfix)$/, expect: '/^220[ -]/' },
  { ports: [21], programs: /^(vsftpd|proftpd|pure-ftpd)/, expect: '/^220[ -]/' },
  { ports: [110], programs: /^pop3/, expect: '/^\\+OK/' },
  { ports: [143], programs: /^(dovecot|imap)/, expect: '/^\\* (OK|PREAUTH)/' },
]

/** What answers a harmless line. Sources: Redis protocol specification (PING inline), memcached protocol.txt (version). */
const LINES: readonly {
  readonly ports: readonly number[]
  readonly programs: RegExp
  readonly send: string
  readonly expect: string
}[] = [
  { ports: [6379], programs: /^(redis|valkey|keydb)/, send: 'PING\r\n', expect: '/^(\\+PONG|-NOAUTH|-DENIED|-ERR)/' },
  { ports: [11211], programs: /^memcached/, send: 'version\r\n', expect: '/^VERSION /' },
]

/** A MySQL server blocks a host that connects and leaves a hundred times without a handshake (max_connect_errors): it is looked at, not asked. */
const MYSQL = { ports: [3306], programs: /^(mysqld|mariadbd)/ }

const WEB_PORTS = new Set([
  80, 2019, 3000, 5000, 5601, 8000, 8008, 8080, 8081, 8086, 8888, 9000, 9090, 9091, 9093, 9100, 9115, 9200,
])
const SECURE_WEB_PORTS = new Set([443, 6443, 8006, 8443, 9443, 10250])
/** Web servers, and languages in which web servers are written: asked on any port. */
const WEB_PROGRAMS =
  /^(nginx|apache2|httpd|caddy|lighttpd|haproxy|traefik|envoy|h2o|node|deno|bun|python[\d.]*|ruby|puma|unicorn|gunicorn|uvicorn|java|dotnet|php[\d.]*|prometheus|grafana|alertmanager|\w+[-_]export\w*|vault|consul|minio|influxd|kibana|jenkins|gitea|cadvisor)/

/** Where some programs say how they are; `/` of all others. Sources: their own documentation of health endpoints. */
const HEALTH_PATHS: Readonly<Record<string, string>> = {
  prometheus: '/-/healthy',
  alertmanager: '/-/healthy',
  grafana: '/api/health',
}

/** An answer that is not as it should be is an answer of a web server. */
const HTTP_REASONS: ReadonlySet<string> = new Set(['status', 'certificate', 'slow', 'redirect'])

function is(
  place: Place,
  { ports, programs }: { readonly ports: readonly number[]; readonly programs: RegExp },
): boolean {
  // The program says more than the port.
  return place.process === undefined
    ? ports.includes(place.port)
    : programs.test(place.process) || ports.includes(place.port)
}

/** `127.0.0.1:80`, `[::1]:80`. */
export function endpoint({ host, port }: Place): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

function web(place: Place, scheme: 'http' | 'https'): Candidate {
  const path = HEALTH_PATHS[place.process ?? ''] ?? '/'
  return {
    type: 'http',
    written: {
      url: `${scheme}://${endpoint(place)}${path}`,
      // A redirect may lead away from this machine, and is an answer.
      redirects: 0,
      // Nobody said under which name its certificate is for.
      ...(scheme === 'https' && { insecure: true }),
      // Whoever must log in or finds nothing at / was answered.
      ...(path === '/' && { expect: { status: ['2xx', '3xx', '4xx'] } }),
    },
    speaks: HTTP_REASONS,
  }
}

/**
 * What a place may be, the likeliest first: to be asked one after the other. TCP alone stands last. Over UDP only DNS can be asked
 * without knowing more; anything else has no candidates, nor has a MySQL server whose program is not known.
 */
export function candidatesOf(place: Place): readonly Candidate[] {
  const { protocol, host, port, process } = place
  if (protocol === 'udp') {
    if (port !== 53) return []
    // Every resolver answers this without asking any other (RFC 6761, 6.3).
    const written = { query: 'localhost', resolver: endpoint(place) }
    return [{ type: 'dns', written, speaks: new Set(['nxdomain', 'nodata', 'denied', 'servfail', 'rcode']) }]
  }
  const tcp: Candidate = { type: 'tcp', written: { host, port }, certain: true }
  const banner = BANNERS.find((one) => is(place, one))
  if (banner !== undefined) return [{ type: 'tcp', written: { host, port, expect: banner.expect } }, tcp]
  const line = LINES.find((one) => is(place, one))
  if (line !== undefined) return [{ type: 'tcp', written: { host, port, send: line.send, expect: line.expect } }, tcp]
  // Of one whose program may not be known there is nothing that could be looked at.
  if (is(place, MYSQL))
    return process === undefined ? [] : [{ type: 'process', written: { match: process }, certain: true }]
  // DNS over TCP is the same server as over UDP, which is asked.
  if (port === 53) return [tcp]
  if (SECURE_WEB_PORTS.has(port)) return [web(place, 'https'), web(place, 'http'), tcp]
  if (WEB_PORTS.has(port)) return [web(place, 'http'), web(place, 'https'), tcp]
  if (process !== undefined && WEB_PROGRAMS.test(process)) return [web(place, 'http'), web(place, 'https'), tcp]
  return [tcp]
}
