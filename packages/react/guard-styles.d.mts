export declare function guardStyles(css: string): string
