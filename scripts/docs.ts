import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { alertsPage } from './alerts-page.ts'
import { checksPage } from './checks-page.ts'
import { configPage } from './config-page.ts'
import { filterPage } from './filter-page.ts'
import { keysPage } from './keys-page.ts'
import { logPage } from './log-page.ts'
import { metricsPage } from './metrics-page.ts'

/** Writes the pages that are made from the program's own tables. */
const pages = {
  'metrics.md': metricsPage(),
  'keys.md': keysPage(),
  'filter.md': filterPage(),
  'config.md': configPage(),
  'checks.md': checksPage(),
  'alerts.md': alertsPage(),
  'log.md': logPage(),
}
for (const [name, text] of Object.entries(pages)) writeFileSync(join(process.cwd(), 'docs', name), text)
