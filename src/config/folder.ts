import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/**
 * The person's home; undefined where there is none: no HOME and no entry of this user, or a HOME that is no absolute path, which would mean
 * another folder in every working folder.
 */
export function homeFolder(): string | undefined {
  let home: string
  try {
    home = homedir()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error
    return undefined
  }
  return isAbsolute(home) ? home : undefined
}

/**
 * The person's configuration folder of healthtop: the one conf uses with projectName `healthtop` and projectSuffix ''. Spelled out here
 * so that reading what is in it does not load conf (it brings ajv). Undefined where there is none. Source: XDG Base Directory Specification
 * (relative paths are to be ignored), env-paths.
 */
export function configFolder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home = homeFolder(),
): string | undefined {
  if (platform === 'darwin') return home && join(home, 'Library', 'Preferences', 'healthtop')
  if (platform === 'win32') {
    const data = env.APPDATA || (home && join(home, 'AppData', 'Roaming'))
    return data && join(data, 'healthtop', 'Config')
  }
  const { XDG_CONFIG_HOME: said = '' } = env
  const folder = isAbsolute(said) ? said : home && join(home, '.config')
  return folder && join(folder, 'healthtop')
}
