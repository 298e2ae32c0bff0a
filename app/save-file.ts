/** Lets the browser save text as a file, where it saves its downloads. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The click has begun the download; it holds the bytes by itself.
  setTimeout(() => URL.revokeObjectURL(address));
}
