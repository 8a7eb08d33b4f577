import { count } from '../../lib/units.ts'
import type { Rule } from '../rule.ts'
import { builtin, event, metric } from './build.ts'
import { MINUTE, named, SECOND } from './words.ts'

/** Connections and packets that are lost, and interfaces that go down. */
export const networkRules: readonly Rule[] = [
  // A program that does not fetch its connections turns people away. Each is lost for good, so a burst of seconds counts.
  builtin({
    name: 'listen-queue-overflows',
    when: metric('tcp_listen_overflows_per_second', { above: 1, clear: 0.5 }),
    forMs: 10 * SECOND,
    keepMs: MINUTE,
    severity: 'warning',
    subject: named('listen queue'),
    text: (value) => `overflows: ${count(value)} connections a second turned away`,
  }),
  // A cable, a port or a driver; wireless links lose one now and then, and drops are no errors.
  builtin({
    name: 'network-errors',
    when: metric('network_errors_per_second', { above: 1, clear: 0.5 }),
    forMs: 2 * MINUTE,
    severity: 'warning',
    subject: (labels) => labels.interface ?? 'network',
    text: (value) => `${count(value)} packets a second damaged or not sent`,
  }),
  // A cable, a switch, or a person. Those of containers and tunnels come and go. Ten minutes tell of one that nobody needs at night; who
  // needs it has a check.
  builtin({
    name: 'interface-down',
    when: event('interface_down'),
    until: ['interface_up', 'interface_removed'],
    keepMs: 10 * MINUTE,
    severity: 'warning',
    except: ({ subject }, { interfaces }) => interfaces?.find(({ name }) => name === subject)?.virtual === true,
  }),
]
