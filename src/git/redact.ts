/** What git said, without the name and password that an address in it may hold: `https://ann:secret@host/…`. */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/(\w+:\/\/)[^/@\s]*@/g, "$1");
}
