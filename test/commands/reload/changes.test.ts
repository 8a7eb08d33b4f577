import { expect, test } from 'vitest'
import { changesIn, type InUse, inUseAfter } from '../../../src/commands/reload/changes.ts'
import type { Reloaded } from '../../../src/commands/reload/messages.ts'
import type { AlertDefinition } from '../../../src/model/alert-definition.ts'
import { CHECK_DEFAULTS, type CheckDefinition } from '../../../src/model/check.ts'
import { LOG_DEFAULTS } from '../../../src/model/log-settings.ts'

const check = (name: string, parts: Partial<CheckDefinition> = {}): CheckDefinition => ({
  ...CHECK_DEFAULTS,
  name,
  type: 'tcp',
  target: 'localhost:1',
  origin: 'configured',
  settings: {},
  depends: [],
  labels: {},
  ...parts,
})
const alert = (name: string, parts: Partial<AlertDefinition> = {}): AlertDefinition => ({
  name,
  when: { kind: 'event', event: 'oom_kill' },
  forMs: 0,
  keepMs: 0,
  severity: 'warning',
  labels: {},
  origin: 'healthtop.yaml:3',
  ...parts,
})
const inUse: InUse = {
  checks: [check('stays'), check('turns'), check('leaves')],
  alerts: [alert('rule')],
  disabledAlerts: ['swap-thrash'],
  intervalMs: 1000,
  log: LOG_DEFAULTS,
}
const same: Reloaded = {
  definitions: inUse.checks,
  alerts: inUse.alerts,
  disabled: inUse.disabledAlerts,
  secrets: [],
  files: [],
}

test('nothing is different, though it stands elsewhere in the file', () => {
  expect(changesIn(inUse, same)).toBe('nothing is different')
  const moved = {
    ...same,
    alerts: [alert('rule', { origin: 'healthtop.yaml:9' })],
    intervalMs: 1000,
    log: LOG_DEFAULTS,
  }
  expect(changesIn(inUse, moved)).toBe('nothing is different')
})

test('what was added, removed and changed is told by name', () => {
  const loaded = {
    ...same,
    definitions: [check('stays'), check('turns', { timeoutMs: 1 }), check('comes')],
    alerts: [alert('rule', { severity: 'critical' }), alert('new')],
    disabled: ['disk-full'],
  }
  expect(changesIn(inUse, loaded)).toBe(
    'checks: added comes, removed leaves, changed turns; alerts: added new, changed rule, left out disk-full, no more left out swap-thrash',
  )
  expect(changesIn(inUseAfter(inUse, loaded), loaded)).toBe('nothing is different')
})

test('of many only the first are named', () => {
  const definitions = Array.from({ length: 12 }, (_, at) => check(`c${at}`))
  expect(changesIn({ ...inUse, checks: [] }, { ...same, definitions })).toBe('checks: added c0 c1 c2 c3 c4 and 7 more')
})

test('what cannot change while it runs holds from the next start on', () => {
  expect(changesIn(inUse, { ...same, intervalMs: 5000, log: 'off' })).toBe(
    'interval: 5s from the next start on; log: from the next start on',
  )
})
