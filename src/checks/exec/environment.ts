import { delimiter } from 'node:path'
import { programFolders } from '../../lib/run-program.ts'

/** What a plug-in finds in its environment: where programs lie, whose home, plain English, and what was configured. Nothing else of ours. */
export function pluginEnvironment(configured: Readonly<Record<string, string>>): Record<string, string> {
  const { HOME } = process.env
  return { PATH: programFolders().join(delimiter), ...(HOME !== undefined && { HOME }), LANG: 'C', ...configured }
}
