// The refused rows, as the program writes them: comma or semicolon, quotes doubled (RFC 4180).
export function csvRows(text: string): string[][] {
  const separator = (/^[^\r\n]*/.exec(text)?.[0] ?? '').includes(';') ? ';' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (isQuoted && character === '"' && text[i + 1] === '"') {
      cell += '"';
      i += 1;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === separator) {
      row.push(cell);
      cell = '';
    } else if (!isQuoted && character === '\n') endRow();
    else if (isQuoted || character !== '\r') cell += character;
  }
  endRow();
  return rows;
}
