/** Names of services by their usual port, for sockets whose holder is not known. Source: IANA service name registry. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [21, 'ftp'],
  [22, 'ssh'],
  [23, 'telnet'],
  [25, 'smtp'],
  [53, 'dns'],
  [67, 'dhcp'],
  [68, 'dhcp client'],
  [80, 'http'],
  [110, 'pop3'],
  [111, 'rpcbind'],
  [123, 'ntp'],
  [143, 'imap'],
  [323, 'chrony'],
  [389, 'ldap'],
  [443, 'https'],
  [465, 'smtps'],
  [514, 'syslog'],
  [587, 'submission'],
  [631, 'ipp'],
  [993, 'imaps'],
  [995, 'pop3s'],
  [2049, 'nfs'],
  [3306, 'mysql'],
  [3389, 'rdp'],
  [5353, 'mdns'],
  [5355, 'llmnr'],
  [5432, 'postgresql'],
  [5672, 'amqp'],
  [6379, 'redis'],
  [8080, 'http'],
  [8443, 'https'],
  [9090, 'prometheus'],
  [9100, 'node exporter'],
  [9200, 'elasticsearch'],
  [11211, 'memcached'],
  [27017, 'mongodb'],
])

/** What usually listens on a port; undefined where nothing in particular does. */
export function usualService(port: number): string | undefined {
  return NAMES.get(port)
}
