import type { Browser, LaunchOptions } from 'playwright'

export declare const chromiumArgs: readonly string[]
export declare function chromiumPath(): Promise<string>
export declare function chromiumLaunchOptions(): Promise<LaunchOptions>
export declare function launchChromium(): Promise<Browser>
