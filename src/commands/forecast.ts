import { type ForecastReport, forecastJson } from '../export/forecast-json.ts'
import { forecastPlot } from '../export/forecast-plot.ts'
import { forecastOverview, forecastTable, sourceLine } from '../export/forecast-table.ts'
import { colourDepth, knownCharset } from '../ui/screen/detect.ts'
import { fileReport } from './forecast/file.ts'
import type { ForecastLook, ForecastOptions } from './forecast/options.ts'
import { answerLines } from './forecast/stdin.ts'
import type { Build, Options } from './options.ts'

const PIPE_COLUMNS = 80
const PLOT_ROWS = 16
const LEAST_PLOT_ROWS = 5
/** Lines of a plot besides its rows: its heading, units, times, legend, where it comes from, and the prompt. */
const PLOT_FRAME = 10

/**
 * Prints a forecast and resolves with the exit code: 0; 3 when lines could not be read; that of a signal that ended it. Throws UsageError.
 */
export async function forecast(options: Options, wanted: ForecastOptions, build: Build): Promise<number> {
  if (wanted.kind === 'lines') return answerLines(process.stdin, process.stdout, process.stderr)
  if (wanted.kind === 'file') return print(options, wanted, await fileReport(wanted.path, wanted))
  // What measures a host is heavy, and a file needs none of it.
  const { hostReport } = await import('./forecast/host-report.ts')
  const report = await hostReport(options, wanted, build)
  return 'code' in report ? report.code : print(options, wanted, report)
}

async function print(options: Options, look: ForecastLook, report: ForecastReport): Promise<number> {
  const text = textOf(options, look, report)
  await new Promise((resolve) => process.stdout.write(text, resolve))
  return 0
}

function textOf({ ascii: told, color }: Options, { format }: ForecastLook, report: ForecastReport): string {
  if (format === 'json') return `${JSON.stringify(forecastJson(report))}\n`
  const { stdout, env } = process
  const ascii = knownCharset(env, { ascii: told }) === 'ascii'
  const columns = stdout.columns ?? PIPE_COLUMNS
  const source = sourceLine(report.source)
  const from = source === undefined ? '' : `\n${source}\n`
  if (format === 'plot') {
    const rows = Math.max(LEAST_PLOT_ROWS, Math.min(PLOT_ROWS, (stdout.rows ?? Number.POSITIVE_INFINITY) - PLOT_FRAME))
    const colour = stdout.isTTY === true && colourDepth(env, { noColor: !color }) !== 'mono'
    const plots = report.series.map((outlook) => forecastPlot(outlook, { columns, rows, ascii, colour }))
    return plots.join('\n') + from
  }
  const table = report.whole
    ? forecastOverview(report, { columns, ascii })
    : forecastTable(report.series, { columns, ascii })
  return table + from
}
