/**
 * Drawn pictures for golds and quiz, as data URIs: they need no other host, and nobody who learns
 * the work has to meet real harm for it.
 */
function picture(background: string, shapes: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400" viewBox="0 0 320 200"><rect width="320" height="200" fill="${background}"/>${shapes}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

function text(x: number, y: number, size: number, words: string, fill = '#222'): string {
  return `<text x="${x}" y="${y}" font-family="sans-serif" font-size="${size}" fill="${fill}">${words}</text>`;
}

/** A standing figure: head, body, arms, legs. */
function person(x: number, clothes: string, skin = '#d9a27a'): string {
  return `<circle cx="${x}" cy="80" r="12" fill="${skin}"/><rect x="${x - 12}" y="94" width="24" height="46" rx="6" fill="${clothes}"/><path d="M${x - 12} 98l-12 32M${x + 12} 98l12 32" stroke="${skin}" stroke-width="6"/><path d="M${x - 6} 140v36M${x + 6} 140v36" stroke="#334" stroke-width="8"/>`;
}

const BLADE =
  '<path d="M140 112l60-8 4 8-62 10z" fill="#b9c2cc" stroke="#556"/><rect x="118" y="112" width="26" height="9" rx="3" fill="#5b3a21"/>';
const PILLS =
  '<g stroke="#555"><rect x="70" y="70" width="40" height="18" rx="9" fill="#e33"/><rect x="120" y="80" width="40" height="18" rx="9" fill="#39c"/><rect x="90" y="100" width="40" height="18" rx="9" fill="#fc3"/></g>';

export const pictures = {
  mountains: picture(
    '#bfe3ff',
    '<circle cx="260" cy="45" r="22" fill="#ffd54a"/><path d="M0 200L90 70l60 80 50-60 120 110z" fill="#5d7f5a"/><path d="M90 70l-18 26 18-6 16 8z" fill="#fff"/>',
  ),
  dinner: picture(
    '#f4e6d0',
    `<ellipse cx="210" cy="120" rx="80" ry="46" fill="#fff" stroke="#999"/><circle cx="205" cy="112" r="16" fill="#c33"/><circle cx="232" cy="126" r="13" fill="#6a3"/><path d="M70 60l12 0 0 70-12 6z" fill="#b9c2cc"/><rect x="70" y="132" width="12" height="36" fill="#5b3a21"/>${text(60, 30, 16, 'Ratatouille night')}`,
  ),
  statue: picture(
    '#dfe6ee',
    '<rect x="120" y="160" width="80" height="30" fill="#9aa3ad"/><circle cx="160" cy="50" r="14" fill="#e9ecef"/><path d="M144 66q16-8 32 0l4 46-8 48h-24l-8-48z" fill="#e9ecef" stroke="#aab"/><path d="M146 70l-18 30M174 70l20-18" stroke="#e9ecef" stroke-width="8"/>',
  ),
  beach: picture(
    '#ffe9b0',
    `<rect width="320" height="90" fill="#8fd3ff"/>${person(110, '#e0559a')}${person(200, '#2b6cb0')}<path d="M250 60q30-30 60 0z" fill="#e33"/><path d="M280 60v110" stroke="#865" stroke-width="4"/>`,
  ),
  medicine: picture(
    '#eef6f3',
    `<rect x="80" y="30" width="160" height="140" fill="#fff" stroke="#789"/><path d="M160 50v30M145 65h30" stroke="#d33" stroke-width="10"/><rect x="100" y="110" width="30" height="44" fill="#e9a23b"/><rect x="145" y="120" width="30" height="34" fill="#6aa7d8"/><rect x="190" y="114" width="30" height="40" fill="#8bc48a"/>`,
  ),
  stabbing: picture(
    '#cfd4da',
    `${person(100, '#444')}${person(230, '#7a9')}${BLADE}<path d="M214 106q14 6 8 30l10 30" stroke="#b00" stroke-width="7" fill="none"/><circle cx="240" cy="182" r="14" fill="#b00"/>`,
  ),
  gunAtHead: picture(
    '#d8d2c8',
    `${person(90, '#333')}${person(220, '#96c')}<path d="M118 78h62v10h-40l-4 14h-12z" fill="#222"/>${text(200, 60, 14, 'please no!')}`,
  ),
  scrapedKnee: picture(
    '#e3f1da',
    `<path d="M120 20v70l-10 90h40l4-90V20z" fill="#d9a27a"/><ellipse cx="134" cy="92" rx="13" ry="9" fill="#c44"/><path d="M134 100v14" stroke="#c44" stroke-width="3"/><rect x="190" y="70" width="60" height="24" rx="8" fill="#f2c9a0" stroke="#b98"/>${text(176, 130, 13, 'First bike ride!')}`,
  ),
  nudeDrawing: picture(
    '#f7efe6',
    '<circle cx="160" cy="44" r="16" fill="#d9a27a"/><path d="M136 66q24-10 48 0l6 44-10 70h-12l-8-54-8 54h-12l-10-70z" fill="#d9a27a" stroke="#a97"/><circle cx="148" cy="88" r="3" fill="#a55"/><circle cx="172" cy="88" r="3" fill="#a55"/><path d="M154 124q6 8 12 0z" fill="#543"/>',
  ),
  adultOffer: picture(
    '#2a0a1a',
    `<path d="M110 150q50-120 100 0z" fill="#d46"/>${text(60, 40, 20, 'XXX live 18+', '#ff5ca8')}${text(84, 182, 15, 'private shows, chat now', '#fff')}`,
  ),
  pillsForSale: picture(
    '#fafafa',
    `${PILLS}${text(180, 92, 18, '10 € each')}${text(56, 150, 15, 'no prescription · ships tonight')}`,
  ),
  rifleForSale: picture(
    '#e8e2d6',
    `<path d="M60 96h150l40-8v10l-40 8h-60l-8 26h-16l6-26H90l-30 24z" fill="#333"/>${text(70, 160, 16, 'For sale, no papers, 900 €')}`,
  ),
  hateBanner: picture(
    '#fff',
    `<rect x="40" y="50" width="240" height="80" fill="#111"/>${text(58, 84, 17, '[GROUP] ARE NOT HUMAN', '#fff')}${text(58, 112, 17, 'DRIVE THEM OUT', '#fff')}${person(60, '#222')}${person(265, '#222')}`,
  ),
  bankCard: picture(
    '#dde',
    `<rect x="60" y="45" width="200" height="115" rx="12" fill="#1b4f8a"/>${text(78, 100, 17, '4929 5550 1234 8876', '#fff')}${text(78, 126, 12, 'JANE ROE   VALID 09/29   CVC 412', '#fff')}<rect x="78" y="62" width="30" height="20" fill="#e6c65c"/>`,
  ),
  chessClub: picture(
    '#fff',
    `<g fill="#333">${[0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((col) => ((row + col) % 2 ? '' : `<rect x="${30 + col * 26}" y="${40 + row * 26}" width="26" height="26"/>`)).join('')).join('')}</g>${text(150, 80, 20, 'Chess club')}${text(150, 110, 15, 'Tuesdays, 7 pm, library')}`,
  ),
} as const;
