import { expect, test } from 'vitest'
import type { Change } from '../../../../src/model/alert.ts'
import { alertChanges } from '../../../../src/ui/panels/alert/changes.ts'
import { alertOf, recordOf } from '../../../fixtures/alerts.ts'
import { frameOf, NOW } from '../../../fixtures/frame.ts'
import { canvas, UNICODE_LOOK, VIEW } from '../../lists.ts'

const change = (subject: string, text: string, weight: number): Change => ({
  wallMs: NOW,
  kind: 'process_started',
  subject,
  text,
  weight,
})

/** The rows of the panel in so many columns, without its frame and the times. */
function rows(columns: number, changes: readonly Change[]): string[] {
  const record = recordOf(alertOf(), { evidence: [{ atMs: NOW, moment: 'pending', suspects: [], changes }] })
  const view = { ...VIEW, alert: { id: record.alert.id, back: { focus: 'log' } } } as const
  const { grid, surface } = canvas(columns, 5)
  alertChanges.paint(surface, alertChanges.select(frameOf({ records: [record] }), view), UNICODE_LOOK, view)
  const content = [1, 2, 3].map((y) =>
    grid
      .rowText(y)
      .slice(2 + 10, -1)
      .trimEnd(),
  )
  return [grid.rowText(0), ...content]
}

test('how many are likely and possible stands above, and words after what happened are there whole or not at all', () => {
  const changes = [
    change('vacuum-logs', 'started, pid 9377, root', 0.9),
    change('logrotate', 'ended, pid 9301, root', 0.3),
    change('rm', 'started 12 times', 0.05),
  ]
  expect(rows(60, changes)).toEqual([
    '╭ 4 What changed ──────────────────── 1 likely  1 possible ╮',
    'vacuum-logs started  pid 9377, root',
    'logrotate ended  pid 9301, root',
    'rm started 12 times',
  ])
  expect(rows(46, changes)[1]).toBe('vacuum-logs started  pid 9377')
  expect(rows(36, changes)[1]).toBe('vacuum-logs started')
  expect(rows(30, changes)[1]).toBe('vacuum-logs sta…')
})

test('where nothing is likely, nothing is said to be', () => {
  expect(rows(60, [change('rm', 'started', 0.05)])[0]).toBe(`╭ 4 What changed ${'─'.repeat(42)}╮`)
})
