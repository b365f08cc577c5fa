// endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\node_modules\@openai\codex\bin\codex.js" %*
// "%dp0%\node_modules\@anthropic-ai\claude-code\bin\claude.exe"   %*

/** What a batch file that npm made starts, relative to it; null: it is another one. */
export function shimTarget(text: string): string | null {
  return /"%(?:~dp0|dp0%)\\([^"%]+)"\s+%\*\s*$/m.exec(text)?.[1] ?? null;
}
