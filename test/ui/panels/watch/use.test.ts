import { describe, expect, test } from 'vitest'
import { seriesKey } from '../../../../src/model/series.ts'
import { watchUse } from '../../../../src/ui/panels/watch/use.ts'
import { heading, limitOf } from '../../../fixtures/limits.ts'
import { WATCHED, watchedFrame } from '../../../fixtures/watched.ts'
import { ASCII_LOOK, OPEN_LOOK, panelText, UNICODE_LOOK } from '../../lists.ts'

const GIB = 1024 ** 3
const watch = { target: WATCHED.target } as never
const series = (name: string) => seriesKey(name, { process: 'node' })
const leak = limitOf({
  series: series('process_memory_bytes'),
  threshold: 2 * GIB,
  family: 'process',
  subject: 'node',
  limit: '2 GiB limit',
  time: heading(300, 240, 420),
})
const files = limitOf({ ...leak, series: series('process_files'), threshold: 4096, time: heading(17 * 1440) })

const rowsOf = (columns: number, look = UNICODE_LOOK, forecasts = [leak, files]) =>
  panelText(watchUse, watchedFrame(WATCHED, { forecasts }), [columns, 8], look, { watch }).split('\n')

describe('what heads for its limit', () => {
  test.each([
    [40, UNICODE_LOOK],
    [60, OPEN_LOOK],
    [60, ASCII_LOOK],
    [120, UNICODE_LOOK],
  ])('at %i columns', (columns, look) => {
    expect(rowsOf(columns, look).join('\n')).toMatchSnapshot()
  })
  test('a limit that is not the one shown says nothing', () => {
    const other = limitOf({ ...leak, threshold: 31 * GIB })
    expect(rowsOf(120, UNICODE_LOOK, [other]).join()).not.toContain(' in 5 h')
  })
})
